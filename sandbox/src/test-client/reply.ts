import type { APIEmbed, APIModalInteractionResponseCallbackData } from 'discord-api-types/v10'
import { MessageFlags } from 'discord-api-types/v10'
import type { InteractionView, MessageView } from '../person-api.ts'
import type { Interaction, Message, Person } from '../state/types.ts'
import type { World } from '../state/world.ts'
import { press, select, submitModal } from '../user-api/components.ts'
import { interactionFor } from '../user-api/interact.ts'
import { viewFor } from '../user-api/scope.ts'
import type { Component } from '../validation/body.ts'
import { walk } from '../validation/components.ts'
import { answered, until } from './wait.ts'

/** What the bot answered, as the person who asked sees it now: it follows later edits. */
export interface Reply {
  readonly interaction: Interaction
  readonly state: InteractionView['state']
  /** @throws when there is none: after a modal, or once it is deleted */
  readonly message: MessageView
  readonly content: string
  readonly embeds: readonly APIEmbed[]
  readonly ephemeral: boolean
  readonly followUps: readonly MessageView[]
  /** Labels of the enabled buttons. */
  readonly buttons: readonly string[]
  readonly modal: APIModalInteractionResponseCallbackData
  /** @param button its label or custom id */
  press(button: string): Promise<Reply>
  /** @param menu its custom id or placeholder; the first menu when left out */
  choose(values: string | readonly string[], menu?: string): Promise<Reply>
  /** Fills in the modal that was the answer. */
  submit(fields: Readonly<Record<string, string | readonly string[]>>): Promise<Reply>
  /** Resolves with the next message beside the first. */
  followUp(index?: number): Promise<MessageView>
}

/**
 * Waits for the bot's whole answer: "thinking…" and a silent deferral do not count.
 * @throws when it does not acknowledge in time, or nothing follows
 */
export async function replyTo(world: World, person: Person, interaction: Interaction): Promise<Reply> {
  await answered(world, interaction)
  await until(world, () => finished(interaction) || undefined, `the answer to ${interaction.id}`)
  if (interaction.state === 'failed') throw new Error('The application did not respond')
  return replyOf(world, person, interaction)
}

function finished(interaction: Interaction): boolean {
  const { state, original, followUps } = interaction
  if (state === 'waiting') return false
  if (state === 'deferred') return original === undefined && followUps.length > 0
  return state !== 'deferred-update' || followUps.length > 0
}

function replyOf(world: World, person: Person, interaction: Interaction): Reply {
  const current = (): Message => {
    const found = interaction.original ?? interaction.followUps.at(-1)
    if (found === undefined) throw new Error(`the bot's answer (${interaction.state}) is no message`)
    return found
  }
  const next = (follow: Interaction) => replyTo(world, person, follow)
  return {
    interaction,
    get state() {
      return interactionFor(world, person, interaction).state
    },
    get message() {
      return viewFor(world, person, current())
    },
    get content() {
      return current().data.content
    },
    get embeds() {
      return current().data.embeds
    },
    get ephemeral() {
      return ((current().data.flags ?? 0) & MessageFlags.Ephemeral) !== 0
    },
    get followUps() {
      return interaction.followUps.map(message => viewFor(world, person, message))
    },
    get buttons() {
      return buttonsOf(current())
    },
    get modal() {
      if (interaction.state !== 'modal')
        throw new Error(`the bot's answer (${interaction.state}) is no modal`)
      return interaction.answer as APIModalInteractionResponseCallbackData
    },
    press: async button => next(pressOn(world, person, current(), button)),
    choose: async (values, menu) => next(chooseOn(world, person, current(), [values].flat(), menu)),
    submit: async fields => next(submitModal(world, person, interaction.id, fields)),
    followUp: (index = 0) =>
      until(world, () => interaction.followUps[index], `follow-up ${index} to ${interaction.id}`).then(
        message => viewFor(world, person, message),
      ),
  }
}

const partsOf = (message: Message): Component[] =>
  [...walk(message.data.components as Component[], [])].map(({ component }) => component)

const buttonsOf = (message: Message): string[] =>
  partsOf(message).flatMap(({ type, label, disabled }) => (type === 2 && !disabled && label ? [label] : []))

/** @param button its label or custom id */
export function pressOn(world: World, person: Person, message: Message, button: string): Interaction {
  const found = partsOf(message).find(
    ({ type, label, custom_id }) => type === 2 && [label, custom_id].includes(button),
  )
  const known = partsOf(message).map(({ label, custom_id }) => label ?? custom_id)
  if (found?.custom_id == null) throw new Error(`no button “${button}” among ${known.join(', ')}`)
  return press(world, person, message.channelId, message.id, found.custom_id)
}

/** @param menu its custom id or placeholder; the first menu when left out */
export function chooseOn(
  world: World,
  person: Person,
  message: Message,
  values: readonly string[],
  menu: string | undefined,
): Interaction {
  const menus = partsOf(message).filter(({ type }) => type === 3 || (type >= 5 && type <= 8))
  const found = menus.find(
    part =>
      menu === undefined ||
      part.custom_id === menu ||
      (part as { placeholder?: string }).placeholder === menu,
  )
  if (found?.custom_id == null) throw new Error(`no menu ${menu ?? ''} on the message`)
  return select(world, person, message.channelId, message.id, found.custom_id, values)
}
