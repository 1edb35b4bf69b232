import { InteractionResponseType as Answer, InteractionType, MessageFlags } from 'discord-api-types/v10'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { reply, settle, unanswered } from '../operations/interactions.ts'
import { editMessage } from '../operations/messages.ts'
import type { Interaction, Message } from '../state/types.ts'
import type { World } from '../state/world.ts'
import { validateChoices } from '../validation/choices.ts'
import { check, readAs, validationError } from '../validation/form.ts'
import { validateMessage } from '../validation/message.ts'
import { validateModal } from '../validation/modal.ts'
import { refusal } from '../validation/refusal.ts'
import { messageView } from '../view/message.ts'
import { type Body, readBody } from './body.ts'
import type { Env } from './pipeline.ts'

const Callback = z.looseObject({ type: z.number(), data: z.unknown().optional() })

/** Answers that each kind of interaction takes; a modal's submission also updates when it came from a message. */
const fitting: Partial<Record<InteractionType, readonly Answer[]>> = {
  [InteractionType.ApplicationCommand]: [
    Answer.ChannelMessageWithSource,
    Answer.DeferredChannelMessageWithSource,
    Answer.Modal,
  ],
  [InteractionType.MessageComponent]: [
    Answer.ChannelMessageWithSource,
    Answer.DeferredChannelMessageWithSource,
    Answer.DeferredMessageUpdate,
    Answer.UpdateMessage,
    Answer.Modal,
  ],
  [InteractionType.ModalSubmit]: [
    Answer.ChannelMessageWithSource,
    Answer.DeferredChannelMessageWithSource,
    Answer.DeferredMessageUpdate,
    Answer.UpdateMessage,
  ],
  [InteractionType.ApplicationCommandAutocomplete]: [Answer.ApplicationCommandAutocompleteResult],
}

export function interactionRoutes(world: World): Hono<Env> {
  const app = new Hono<Env>()
  app.post('/interactions/:interaction/:token/callback', async c => {
    const { interaction: id, token } = c.req.param()
    const interaction = unanswered(world, id, token)
    const body = await readBody(c)
    c.set('body', body.json)
    // Another answer may have come in while the body was being read.
    unanswered(world, id, token)
    const message = answer(world, interaction, body)
    return respond(c, world, interaction, message)
  })
  return app
}

/** Carries out an answer that came in the response to an interaction sent over HTTP. @throws Refusal */
export function answerInline(world: World, { id, token }: Interaction, json: unknown): void {
  answer(world, unanswered(world, id, token), { json, uploads: [] })
}

/** @returns the message that the answer made or changed */
function answer(world: World, interaction: Interaction, { json, uploads }: Body): Message | undefined {
  const { type, data } = readAs(Callback, json)
  if (!fits(interaction, type))
    check([
      validationError(
        ['type'],
        'INTERACTION_CALLBACK_TYPE_INVALID',
        'Invalid callback type for this interaction',
      ),
    ])
  switch (type) {
    case Answer.ChannelMessageWithSource: {
      const body = validateMessage(data, 'reply', uploads.length, ['data'])
      return reply(world, interaction, { body, uploads, ephemeral: isEphemeral(body.flags) })
    }
    case Answer.DeferredChannelMessageWithSource: {
      const { flags } = validateMessage(
        { flags: (data as { flags?: unknown } | undefined)?.flags },
        'update',
        0,
        ['data'],
      )
      return reply(world, interaction, {
        body: {},
        uploads: [],
        ephemeral: isEphemeral(flags),
        loading: true,
      })
    }
    case Answer.DeferredMessageUpdate:
      interaction.original = interaction.source
      settle(world, interaction, 'deferred-update')
      return interaction.source
    case Answer.UpdateMessage:
      return update(world, interaction, data, uploads)
    case Answer.Modal:
      interaction.answer = validateModal(data)
      settle(world, interaction, 'modal')
      return undefined
    default:
      interaction.answer = validateChoices(data, focusedType(interaction.data))
      settle(world, interaction, 'suggested')
      return undefined
  }
}

function update(world: World, interaction: Interaction, data: unknown, uploads: Body['uploads']): Message {
  const { source } = interaction
  if (source === undefined) throw refusal(10008)
  const body = validateMessage(data, 'update', uploads.length, ['data'])
  editMessage(world, source, body, uploads)
  interaction.original = source
  settle(world, interaction, 'updated')
  return source
}

function fits(interaction: Interaction, type: number): boolean {
  if (!fitting[interaction.type]?.includes(type)) return false
  const updates = type === Answer.DeferredMessageUpdate || type === Answer.UpdateMessage
  return !updates || interaction.source !== undefined
}

export const isEphemeral = (flags: number | null | undefined): boolean =>
  ((flags ?? 0) & MessageFlags.Ephemeral) !== 0

interface TypedOption {
  readonly type: number
  readonly focused?: boolean
  readonly options?: readonly TypedOption[]
}

function focusedType(data: unknown): number {
  const all = (options: readonly TypedOption[]): readonly TypedOption[] =>
    options.flatMap(option => [option, ...all(option.options ?? [])])
  return all((data as { options?: TypedOption[] }).options ?? []).find(option => option.focused)?.type ?? 3
}

function respond(c: Context<Env>, world: World, interaction: Interaction, message: Message | undefined) {
  if (c.req.query('with_response') !== 'true') return c.body(null, 204)
  const type = (c.get('body') as { type: number }).type
  const flags = message?.data.flags ?? 0
  return c.json({
    interaction: {
      id: interaction.id,
      type: interaction.type,
      ...(message === undefined
        ? {}
        : {
            response_message_id: message.id,
            response_message_loading: (flags & MessageFlags.Loading) !== 0,
            response_message_ephemeral: isEphemeral(flags),
          }),
    },
    resource: {
      type,
      ...(message === undefined ? {} : { message: messageView(world, message, { viewer: world.bot.id }) }),
    },
  })
}
