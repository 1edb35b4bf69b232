import { type Client, type Message, MessageType, PermissionFlagsBits } from 'discord.js'
import type { AnyCommand, CommandContext, IncomingMessage } from '../bot/command.ts'
import { type BotContext, scoped } from '../bot/context.ts'
import { wantedByMessage } from '../bot/wanted.ts'
import { lengths } from '../lengths.ts'
import type { Reply } from '../view/reply.ts'
import { completed, guarded } from './dispatch.ts'
import { messageSnapshot } from './interaction-context.ts'
import type { InteractionTimer, Timing } from './interaction-timer.ts'
import { readPermissions } from './poster.ts'
import { once, outgoing } from './responder.ts'
import { turnIn } from './turns.ts'
import { openWorkQueue, type WorkQueue } from './work-queue.ts'

/** Answers direct messages, mentions and replies to the bot. Never throws. */
export function messageListener(
  app: BotContext,
  commands: readonly AnyCommand[],
  timer: InteractionTimer,
  queue: WorkQueue = openWorkQueue(),
): (message: Message) => Promise<void> {
  const command = commands.find(candidate => candidate.onMessage !== undefined)
  return async message => {
    if (command === undefined || !isForBot(message)) return
    const timing = timer.begin('message')
    const log = app.log.child({ message: message.id })
    const bot = { ...scoped(app, message.guildId ?? undefined), log }
    try {
      await reply(message, command, bot, { queue, timing })
    } catch (error) {
      timing.note('undelivered')
      log.error({ err: error }, 'a message went unanswered')
    } finally {
      timing.end(log)
    }
  }
}

function isForBot(message: Message): boolean {
  const { client, author, channel, type, system } = message
  // Of a channel that the client does not know, whatever its types say.
  if (channel === null) return false
  if (author.bot || system || (type !== MessageType.Default && type !== MessageType.Reply)) return false
  if (!message.inGuild()) return true
  // A reply pings its author by default; `users` contains that mention too. Mentions of everyone or of a role are not for the bot.
  return message.mentions.users.has(client.user.id)
}

async function reply(
  message: Message,
  command: AnyCommand,
  app: BotContext,
  { queue, timing }: { queue: WorkQueue; timing: Timing },
): Promise<void> {
  const incoming: IncomingMessage = {
    text: withoutMention(message.content, message.client),
    replyTo: await repliedTo(message),
    earlier: latestOwn(message),
  }
  const requester = { userId: message.author.id, guildId: message.guildId ?? undefined }
  const { inTurn } = turnIn(queue, requester)
  const context = contextOf(message, inTurn)
  const answerMessage = async () => (await command.onMessage?.(incoming, context, app)) ?? {}
  const answer = await guarded(
    async () => {
      await app.library.search.prepare(wantedByMessage(incoming))
      return completed(() => announced(message, app, inTurn(answerMessage)))
    },
    app,
    timing,
  )
  const { channel } = message
  const body = {
    ...outgoing(isUnshowable(answer, message) ? unshowable : answer),
    // A message received twice (a resumed connection replays events) is answered once, and so is a retry.
    nonce: message.id,
    enforceNonce: true,
  }
  // Discord takes no reference to a message that the bot may not read.
  const isUnread = isDenied(readPermissions, message) && 'send' in channel
  await once(() => (isUnread ? channel.send(body) : message.reply({ ...body, failIfNotExists: false })))
}

/** Answers to interactions need no permission; to messages they do. */
const isUnshowable = ({ embeds = [] }: Reply, message: Message): boolean =>
  embeds.length > 0 && isDenied(PermissionFlagsBits.EmbedLinks, message)

/** Of a thread that the client hears of for the first time it does not know what may be done there. */
const isDenied = (needed: bigint, { channel, client }: Message): boolean =>
  !channel.isDMBased() && channel.permissionsFor(client.user)?.has(needed) === false

const unshowable: Reply = {
  content: 'I cannot answer here: I lack **Embed Links**. Whoever manages the server can give it to me.',
}

/** An answer that takes longer shows the bot as typing, as a command shows that it is thinking. */
async function announced({ channel }: Message, app: BotContext, work: Promise<Reply>): Promise<Reply> {
  const answer = await work
  if (answer.completion !== undefined && 'sendTyping' in channel)
    channel.sendTyping().catch((error: unknown) => app.log.debug({ err: error }, 'not typing'))
  return answer
}

const withoutMention = (text: string, client: Client<true>): string =>
  text
    .replaceAll(new RegExp(`<@!?${client.user.id}>`, 'gu'), ' ')
    .trim()
    .slice(0, lengths.typed)

async function repliedTo(message: Message): Promise<IncomingMessage['replyTo']> {
  if (message.type !== MessageType.Reply || message.reference === null) return undefined
  const original = await message.fetchReference().catch(() => undefined)
  return original?.author.id === message.client.user.id ? messageSnapshot(original) : undefined
}

/** How long an answer in direct messages can be followed up without a reply, ms. */
const conversationLasts = 15 * 60_000

/** The bot's latest message in a direct channel, from what the client still remembers. */
function latestOwn({ channel, client, createdTimestamp }: Message): IncomingMessage['earlier'] {
  if (!channel.isDMBased()) return undefined
  const own = channel.messages.cache
    // What was forwarded is among them, without its author, whatever the types say.
    .filter(({ author }) => author?.id === client.user.id)
    .sorted((a, b) => b.createdTimestamp - a.createdTimestamp)
    .first()
  if (own === undefined || createdTimestamp - own.createdTimestamp > conversationLasts) return undefined
  return messageSnapshot(own)
}

function contextOf(message: Message, inTurn: CommandContext['inTurn']): CommandContext {
  return {
    id: message.id,
    user: { id: message.author.id, name: message.author.displayName },
    guildId: message.guildId ?? undefined,
    channelId: message.channelId,
    locale: message.guild?.preferredLocale ?? 'en-US',
    permissions: message.member?.permissions.bitfield ?? 0n,
    appPermissions: new Map(),
    at: message.createdAt,
    signal: AbortSignal.timeout(60_000),
    inTurn,
    progress: () => {},
  }
}
