import {
  type BaseMessageOptions,
  type CommandInteraction,
  DiscordAPIError,
  type InteractionReplyOptions,
  type MessageComponentInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  RESTJSONErrorCodes,
} from 'discord.js'
import { fitMessage } from '../view/limits.ts'
import type { Audience, Message, Reply } from '../view/reply.ts'
import { followUpOnce } from './follow-up.ts'
import { progressOf } from './progress.ts'
import { retryTransient } from './retry.ts'

export type Answerable = CommandInteraction | MessageComponentInteraction | ModalSubmitInteraction

/**
 * How a reply reaches people: a new message for an audience, a change of the message a component sits on, or nothing
 * to be seen (`silent`) unless it has content, which is then ephemeral.
 */
export type ResponseMode = Audience | 'update' | 'silent'

/** How long work may take before the interaction is acknowledged without it. Discord allows 3000 ms, network included. */
const deferAfter = 1200

/** Applied to every message of the bot: it fits Discord's limits, and nothing in it pings. */
export function outgoing(message: Message): BaseMessageOptions {
  const fitted = fitMessage(message)
  return {
    ...(fitted.content === undefined ? {} : { content: fitted.content }),
    embeds: fitted.embeds === undefined ? [] : [...fitted.embeds],
    components: fitted.components === undefined ? [] : [...fitted.components],
    files: (fitted.files ?? []).map(({ name, data, description }) => ({
      name,
      attachment: Buffer.from(data),
      ...(description === undefined ? {} : { description }),
    })),
    allowedMentions: { parse: [], repliedUser: false },
  }
}

const withPoll = ({ poll, ...message }: Reply) => ({
  ...outgoing(message),
  ...(poll === undefined
    ? {}
    : {
        poll: {
          question: { text: poll.question },
          answers: poll.answers.map(text => ({ text })),
          duration: poll.hours,
          allowMultiselect: true,
        },
      }),
})

const asReply = (reply: Reply, mode: ResponseMode): InteractionReplyOptions => ({
  ...withPoll(reply),
  ...(mode === 'ephemeral' || reply.audience === 'ephemeral' ? { flags: MessageFlags.Ephemeral } : {}),
})

interface Haste {
  /** Resolves when the work will surely take longer than an acknowledgement may. */
  readonly isLong?: Promise<void>
  /** Discord may have given the interaction up already. */
  readonly isLate?: boolean
}

/**
 * Answers an interaction with the result of `run`. Quick work answers at once, and then the reply itself may choose
 * to be ephemeral; slow work is acknowledged first, in the given mode, and edited in when it is done. Silent work, and
 * what is late, begins when it is acknowledged, and not at all when Discord refuses that.
 * @returns the result
 */
export async function respond(
  interaction: Answerable,
  mode: ResponseMode,
  run: () => Promise<Reply>,
  { isLong = new Promise(() => {}), isLate = false }: Haste = {},
): Promise<Reply> {
  // Nothing visible follows silent work: a burst of clicks must not wait for the database before it is acknowledged. If
  // two processes receive one click, or one was suspended meanwhile, only the one that acknowledges it may carry it out.
  if (mode === 'silent' || isLate) {
    await acknowledge(interaction, mode)
    const reply = await run()
    await answerDeferred(interaction, mode, reply)
    return reply
  }
  const work = run()
  // A timer, not an abortable sleep: the error that ends one costs more than all else here.
  const { promise: late, resolve } = Promise.withResolvers<'late'>()
  const timer = setTimeout(resolve, deferAfter, 'late')
  const winner = await Promise.race([work, late, isLong.then(() => 'late' as const)]).finally(() =>
    clearTimeout(timer),
  )
  if (winner !== 'late') {
    await answerNow(interaction, mode, winner)
    return winner
  }
  await acknowledge(interaction, mode)
  const reply = await work
  await answerDeferred(interaction, mode, reply)
  return reply
}

async function answerNow(interaction: Answerable, mode: ResponseMode, reply: Reply): Promise<void> {
  const { modal } = reply
  if (modal !== undefined && 'showModal' in interaction) return once(() => interaction.showModal(modal))
  if (mode === 'update' && reply.audience !== 'ephemeral' && belongsToMessage(interaction))
    return once(() => interaction.update(outgoing(reply)))
  await once(() => interaction.reply(asReply(reply, mode === 'public' ? 'public' : 'ephemeral')))
}

/** A component, or a form that a component opened: both can change that component's message. */
const belongsToMessage = (interaction: Answerable) =>
  interaction.isMessageComponent() || (interaction.isModalSubmit() && interaction.isFromMessage())

const isEmptyReply = ({ content, embeds, components, files, poll }: Reply): boolean =>
  poll === undefined &&
  [content, embeds, components, files].every(part => part === undefined || part.length === 0)

async function acknowledge(interaction: Answerable, mode: ResponseMode): Promise<void> {
  if ((mode === 'update' || mode === 'silent') && belongsToMessage(interaction))
    await once(() => interaction.deferUpdate())
  else await once(() => interaction.deferReply(mode === 'public' ? {} : { flags: MessageFlags.Ephemeral }))
  // discord.js knows nothing of an acknowledgement whose answer was lost, and would refuse to edit it.
  interaction.deferred = true
}

async function answerDeferred(interaction: Answerable, mode: ResponseMode, reply: Reply): Promise<void> {
  await progressOf(interaction).close()
  if (mode === 'silent' && isEmptyReply(reply)) return
  // A form can only be the first answer.
  if (reply.modal !== undefined)
    return once(() => interaction.editReply('That took too long. Please try again.'))
  const becomesPrivate = mode === 'silent' || (reply.audience === 'ephemeral' && mode !== 'ephemeral')
  if (!becomesPrivate) return once(() => interaction.editReply(withPoll(reply)))
  // A public acknowledgement cannot become ephemeral, and while it is empty a follow-up would take its place.
  // It goes when the answer has surely arrived: an answer that may be lost is neither sent twice nor silent.
  if (mode === 'public') await once(() => interaction.editReply(forOneAlone))
  const arrived = await followUpOnce(() => interaction.followUp(asReply(reply, 'ephemeral')))
  if (mode === 'public' && arrived) await once(() => interaction.deleteReply())
}

const forOneAlone = 'The answer is for you alone. If you see none, please try again.'

/**
 * Sends over a flaky network. discord.js does not retry a closed socket; a retry whose first try had arrived is
 * refused by Discord as already acknowledged, which counts as success.
 */
export async function once(send: () => Promise<unknown>): Promise<void> {
  let tries = 0
  const attempt = async () => {
    tries += 1
    try {
      await send()
    } catch (error) {
      if (tries === 1 || !isAlreadyAcknowledged(error)) throw error
    }
  }
  await retryTransient(attempt, { retries: 2, minTimeout: 100 })
}

const isAlreadyAcknowledged = (error: unknown): boolean =>
  error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged
