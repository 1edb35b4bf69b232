import { randomBytes } from 'node:crypto'
import {
  type AutocompleteInteraction,
  type BaseInteraction,
  type ChatInputCommandInteraction,
  DiscordAPIError,
  type Interaction,
  type MessageComponentInteraction,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  RESTJSONErrorCodes,
} from 'discord.js'
import type { Action, AnyCommand, CommandContext } from '../bot/command.ts'
import { type BotContext, scoped } from '../bot/context.ts'
import { wantedByCommand, wantedByComponent } from '../bot/wanted.ts'
import { Failure } from '../errors.ts'
import { lengths } from '../lengths.ts'
import type { Log } from '../log.ts'
import { decodeId } from '../view/ids.ts'
import { limits } from '../view/limits.ts'
import { label } from '../view/pieces.ts'
import type { Reply } from '../view/reply.ts'
import { componentInteractionOf, contextOf } from './interaction-context.ts'
import type { InteractionTimer, Timing } from './interaction-timer.ts'
import { openNoticeSender } from './notices.ts'
import { flatOptions, inputOf } from './options.ts'
import { completeMessage } from './payloads.ts'
import { once, type ResponseMode, respond } from './responder.ts'
import { openPace, type Turn, turnIn } from './turns.ts'
import { openWorkQueue, type WorkQueue } from './work-queue.ts'

type CommandCall = ChatInputCommandInteraction | MessageContextMenuCommandInteraction
type ComponentCall = MessageComponentInteraction | ModalSubmitInteraction

const outdated: Reply = {
  audience: 'ephemeral',
  content:
    'This button or menu is from another version of me. Run the command again and I’ll make fresh ones.',
}

/** How long Discord waits for the first answer, ms. */
const patience = 3_000

/** What one interaction is carried out with; all but the first three is shared by those of a client. */
interface Parts {
  readonly bot: BotContext
  readonly timing: Timing
  /** Discord has probably given it up, as after an outage: it is carried out only if it can still be acknowledged. */
  readonly isLate: boolean
  readonly commands: ReadonlyMap<string, AnyCommand>
  readonly queue: WorkQueue
  /** Autocomplete waits for itself alone: nobody goes on typing while a hundred questions are answered. */
  readonly suggestions: WorkQueue
  readonly pace: () => Promise<void>
  readonly sendNotices: ReturnType<typeof openNoticeSender>
}

interface DispatchOptions {
  readonly timer: InteractionTimer
  readonly queue: WorkQueue
  /** Discord's time, epoch ms. */
  readonly now: () => number
}

/** Takes every interaction to the command it belongs to. Never throws: failures are shown to the member and logged. */
export function dispatcher(
  app: BotContext,
  commands: readonly AnyCommand[],
  { timer, queue, now }: DispatchOptions,
): (interaction: Interaction) => Promise<void> {
  const shared: Omit<Parts, 'bot' | 'timing' | 'isLate'> = {
    commands: new Map(commands.map(command => [command.spec.name, command])),
    queue,
    suggestions: openWorkQueue(),
    pace: openPace(),
    sendNotices: openNoticeSender(),
  }
  return async interaction => {
    const timing = timer.begin(commandOf(interaction, shared.commands), interaction.id)
    // One id in every line that is about this interaction, from its arrival to its reply.
    const log = app.log.child({ interaction: interaction.id })
    const isLate = now() - interaction.createdTimestamp > patience
    const bot = { ...scoped(app, interaction.guildId ?? undefined), log }
    const parts: Parts = { ...shared, bot, timing, isLate }
    try {
      completeMessage(interaction)
      if (interaction.isAutocomplete()) await suggest(interaction, parts)
      else if (interaction.isChatInputCommand() || interaction.isMessageContextMenuCommand())
        await runCommand(interaction, parts)
      else if (interaction.isMessageComponent() || interaction.isModalSubmit())
        await runAction(interaction, parts)
    } catch (error) {
      timing.note('undelivered')
      logUndelivered(error, log)
    } finally {
      timing.end(log)
    }
  }
}

/** Names of our own alone: a label of a metric has a bounded number of values. */
function commandOf(interaction: Interaction, byName: ReadonlyMap<string, AnyCommand>): string {
  if (interaction.isAutocomplete()) return 'autocomplete'
  if (interaction.isCommand())
    return byName.has(interaction.commandName) ? interaction.commandName : 'unknown'
  if (!interaction.isMessageComponent() && !interaction.isModalSubmit()) return 'unknown'
  const id = decodeId(interaction.customId)
  return id !== 'older' && byName.has(id.command) ? id.command : 'unknown'
}

/** The reply itself could not be delivered, so only the log can say so. */
function logUndelivered(error: unknown, log: Log): void {
  const code = error instanceof DiscordAPIError ? error.code : undefined
  // Two processes of the bot receive each interaction while one replaces the other: the first one answers it.
  if (code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged)
    log.info('an interaction was acknowledged by another process')
  else {
    const level = code === RESTJSONErrorCodes.UnknownInteraction ? 'warn' : 'error'
    log[level]({ err: error }, 'an interaction went unanswered')
  }
}

const turnOf = ({ user, guildId }: BaseInteraction, queue: WorkQueue): Turn =>
  turnIn(queue, { userId: user.id, guildId: guildId ?? undefined })

async function say(interaction: CommandCall | ComponentCall, reply: Reply): Promise<void> {
  await respond(interaction, 'ephemeral', async () => reply)
}

const mayUse = ({ needs = 0n }: AnyCommand, { permissions }: CommandContext): boolean =>
  (permissions & needs) === needs

async function runCommand(interaction: CommandCall, parts: Parts): Promise<void> {
  const { bot, commands, queue, pace, sendNotices, timing, isLate } = parts
  const command = commands.get(interaction.commandName)
  if (command === undefined) return say(interaction, outdated)
  const turn = turnOf(interaction, queue)
  const context = contextOf(interaction, turn)
  const input = command.input.safeParse(inputOf(interaction))
  if (!input.success) {
    const reasons = input.error.issues.map(issue => `${issue.path.join('.') || 'input'}: ${issue.message}`)
    return say(interaction, { content: reasons.join('\n') })
  }
  if (!mayUse(command, context)) return say(interaction, { content: 'You may not use this command here.' })
  const run = () => command.run(input.data, context, bot)
  const wanted = wantedByCommand(command.searches?.(input.data) ?? '', inputOf(interaction))
  const perform = async () => {
    const reading = bot.library.search.prepare(wanted)
    if (reading !== undefined) await reading
    if (command.isExpensive) return completed(() => turn.inTurn(run))
    if (command.takesTurn !== true) await pace()
    return completed(run)
  }
  const work = () => guarded(perform, bot, timing)
  const reply = await respond(interaction, command.audience(input.data), work, {
    isLong: turn.isLong,
    isLate,
  })
  // Nothing can follow a form.
  if (reply.modal === undefined) await sendNotices(interaction, context, bot)
}

async function runAction(interaction: ComponentCall, parts: Parts): Promise<void> {
  const { bot, commands, queue, pace, timing, isLate } = parts
  const id = decodeId(interaction.customId)
  const actions = id === 'older' ? undefined : commands.get(id.command)?.actions
  const action =
    id !== 'older' && actions !== undefined && Object.hasOwn(actions, id.action)
      ? actions[id.action]
      : undefined
  if (id === 'older' || action === undefined) return say(interaction, outdated)
  const turn = turnOf(interaction, queue)
  const component = componentInteractionOf(interaction, id.args, turn)
  const run = async () => action.run(component, bot)
  const perform = async () => {
    await bot.library.search.prepare(wantedByComponent(component))
    if (action.isExpensive) return turn.inTurn(run)
    if (action.takesTurn !== true) await pace()
    return run()
  }
  const work = () => guarded(perform, bot, timing)
  const mode = responseModeOf(action.answers, id.owner, interaction)
  await respond(interaction, mode, work, { isLong: turn.isLong, isLate })
}

/** A member cannot change someone else's message: they get the result as a message of their own. */
function responseModeOf(
  answers: Action['answers'],
  owner: string | undefined,
  interaction: ComponentCall,
): ResponseMode {
  if (answers === 'form') return 'ephemeral'
  if (answers === 'update-ephemeral')
    return interaction.message?.flags.has(MessageFlags.Ephemeral) === true ? 'update' : 'ephemeral'
  if (answers !== 'update') return answers
  if (!isOnMessage(interaction)) return 'ephemeral'
  return owner === undefined || owner === interaction.user.id ? 'update' : 'ephemeral'
}

/** Whether the message really has the component that was used: a forged id changes no message. */
function isOnMessage(interaction: ComponentCall): boolean {
  if (!interaction.isMessageComponent()) return true
  return interaction.message.components.some(
    row =>
      'components' in row &&
      row.components.some(part => 'customId' in part && part.customId === interaction.customId),
  )
}

/** The reply that a command's own reply announces, if it does. */
export async function completed(run: () => Promise<Reply>): Promise<Reply> {
  const { completion, ...reply } = await run()
  return completion === undefined ? reply : completion()
}

/** A failure meant for people becomes its text; a bug becomes an incident id, and the log gets the rest. */
export async function guarded(run: () => Promise<Reply>, bot: BotContext, timing: Timing): Promise<Reply> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof Failure) {
      // The text may quote what somebody typed, which must not be logged.
      timing.note('refused')
      bot.log.info({ kind: error.kind, err: error.cause }, 'a command could not do what was asked')
      return { audience: 'ephemeral', content: error.message }
    }
    timing.note('failed')
    const incident = randomBytes(4).toString('hex')
    bot.log.error({ err: error, incident }, 'a command failed')
    return { audience: 'ephemeral', content: `Something went wrong on my side. Incident \`${incident}\`.` }
  }
}

/** Whoever types has gone on by then; Discord takes no choices after three seconds. */
const suggestWithin = 1_500

async function suggest(interaction: AutocompleteInteraction, parts: Parts): Promise<void> {
  const { bot, commands, suggestions } = parts
  const named = commands.get(interaction.commandName)
  const { name, value } = interaction.options.getFocused(true)
  const options = flatOptions(interaction.options.data)
  const typed = { focused: name, text: String(value).slice(0, lengths.completed), options }
  const turn = turnOf(interaction, suggestions)
  const context = contextOf(interaction, turn)
  const command = named !== undefined && mayUse(named, context) ? named : undefined
  const { promise: late, resolve } = Promise.withResolvers<undefined>()
  let isAnswered = false
  const timer = setTimeout(resolve, suggestWithin, undefined)
  // What nobody waits for any more is not computed.
  const work = async () => (isAnswered ? undefined : command?.suggest?.(typed, context, bot))
  const choices = await suggestionsOf(() => Promise.race([turn.inTurn(work), late]), bot)
  isAnswered = true
  clearTimeout(timer)
  const shown = (choices ?? [])
    .filter(choice => choice.value.length > 0 && choice.value.length <= limits.choiceText)
    .slice(0, limits.choices)
    .map(choice => ({ name: label(choice.name), value: choice.value }))
  await once(() => interaction.respond(shown))
}

/** Choices cannot show a failure's text: there are none then, and the command itself will report it. */
async function suggestionsOf<T>(
  suggest: () => Promise<T> | undefined,
  bot: BotContext,
): Promise<T | undefined> {
  try {
    return await suggest()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    bot.log.info({ kind: error.kind, err: error.cause }, 'nothing could be suggested')
    return undefined
  }
}
