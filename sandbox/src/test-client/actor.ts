import type { APIApplicationCommandOptionChoice } from 'discord-api-types/v10'
import { openDirect } from '../operations/guild-admin.ts'
import type {
  ChannelView,
  CommandView,
  FileUpload,
  MessageView,
  OptionValue,
  Overview,
  PersonEvent,
} from '../person-api.ts'
import { byAge } from '../snowflake.ts'
import type { Channel, Message, Person } from '../state/types.ts'
import type { World } from '../state/world.ts'
import { commandsFor } from '../user-api/commands.ts'
import { sendRaw } from '../user-api/components.ts'
import { follow } from '../user-api/events.ts'
import { autocomplete, choicesOf, menu, slash } from '../user-api/interact.ts'
import { castVote, react, remove, rewrite, sendMessage, startThread, unreact } from '../user-api/messages.ts'
import { overviewFor } from '../user-api/overview.ts'
import { canSee, channelFor, findMessage, viewFor } from '../user-api/scope.ts'
import { chooseOn, pressOn, type Reply, replyTo } from './reply.ts'
import { answered, until } from './wait.ts'

type Options = Readonly<Record<string, OptionValue>>
/** Anything that says where a message is. */
type Where = Pick<MessageView, 'id' | 'channel_id'>

/**
 * One person at their keyboard. Channels go by name or id; `dm` is the conversation with the bot. What fails as it
 * would in Discord's client throws; answers of the bot are awaited.
 */
export interface Actor {
  readonly person: Person
  /** @param command `paper`, or with its subcommand `daily set` */
  slash(channel: string, command: string, options?: Options): Promise<Reply>
  /** What autocomplete offers; undefined when the bot stays silent. */
  suggest(
    channel: string,
    command: string,
    focused: string,
    text: string,
    options?: Options,
  ): Promise<readonly APIApplicationCommandOptionChoice[] | undefined>
  menu(message: Where, command: string): Promise<Reply>
  press(message: Where, button: string): Promise<Reply>
  /** Presses a button whose answer may stay silent: resolves once the press is acknowledged. */
  tap(message: Where, button: string): Promise<void>
  choose(message: Where, values: string | readonly string[], menu?: string): Promise<Reply>
  /** Sends what a modified client could: any custom id, any values, whatever the message shows. */
  sendRaw(message: Where, customId: string, values?: readonly string[]): Promise<Reply>
  say(channel: string, content: string, extra?: { replyTo?: string; files?: FileUpload[] }): MessageView
  edit(message: Where, content: string): MessageView
  remove(message: Where): void
  react(message: Where, emoji: string): MessageView
  unreact(message: Where, emoji: string): MessageView
  vote(message: Where, answers: readonly number[]): MessageView
  startThread(
    channel: string,
    name: string,
    extra?: { message?: string; content?: string; tags?: string[] },
  ): ChannelView
  /** What this person sees there, oldest first. */
  messages(channel: string): MessageView[]
  message(where: Where): MessageView
  /** The bot's next message there that comes after `than`, or after now. */
  hears(channel: string, than?: Where): Promise<MessageView>
  commands(channel: string): CommandView[]
  overview(): Overview
  follow(tell: (event: PersonEvent) => void): () => void
}

export function createActor(world: World, person: Person): Actor {
  const at = (name: string) => channelFrom(world, person, name)
  const view = (message: Message) => viewFor(world, person, message)
  const find = ({ channel_id, id }: Where) => findMessage(world, person, channel_id, id)
  const reply = (interaction: Parameters<typeof replyTo>[2]) => replyTo(world, person, interaction)
  return {
    person,
    slash: async (channel, command, options = {}) =>
      reply(slash(world, person, at(channel).id, typed(command, options))),
    async suggest(channel, command, focused, text, options = {}) {
      const asked = { ...typed(command, { ...options, [focused]: text }), focused }
      return choicesOf(await answered(world, autocomplete(world, person, at(channel).id, asked)))
    },
    menu: async ({ channel_id, id }, command) => reply(menu(world, person, channel_id, id, command)),
    press: async (message, button) => reply(pressOn(world, person, find(message), button)),
    tap: async (message, button) => {
      await answered(world, pressOn(world, person, find(message), button))
    },
    choose: async (message, values, name) =>
      reply(chooseOn(world, person, find(message), [values].flat(), name)),
    sendRaw: async (message, custom_id, values) =>
      reply(sendRaw(world, person, find(message), { type: values === undefined ? 2 : 3, custom_id }, values)),
    say: (channel, content, extra = {}) =>
      view(sendMessage(world, person, at(channel).id, { content, ...extra })),
    edit: ({ channel_id, id }, content) => view(rewrite(world, person, channel_id, id, content)),
    remove: ({ channel_id, id }) => remove(world, person, channel_id, id),
    react: ({ channel_id, id }, emoji) => view(react(world, person, channel_id, id, emoji)),
    unreact: ({ channel_id, id }, emoji) => view(unreact(world, person, channel_id, id, emoji)),
    vote: ({ channel_id, id }, answers) => view(castVote(world, person, channel_id, id, answers)),
    startThread: (channel, name, extra = {}) =>
      channelFor(world, person, startThread(world, person, at(channel).id, { name, ...extra })),
    messages: channel => seenIn(person, at(channel)).map(view),
    message: where => view(find(where)),
    hears: (channel, than) => heard(world, person, at(channel), than?.id).then(view),
    commands: channel => commandsFor(world, person, at(channel)),
    overview: () => overviewFor(world, person),
    follow: tell => follow(world, person, tell),
  }
}

function typed(line: string, options: Options) {
  const [command = '', ...path] = line.split(' ')
  const [group, subcommand] = path.length > 1 ? path : [undefined, path[0]]
  return { command, group, subcommand, options }
}

function channelFrom(world: World, person: Person, name: string): Channel {
  if (name === 'dm') return openDirect(world, person.user.id, world.bot.id)
  const visible = [...world.channels.values()].filter(channel => canSee(world, person, channel))
  const found = visible.find(channel => channel.id === name || channel.name === name)
  if (found === undefined) throw new Error(`${person.name} sees no channel “${name}”`)
  return found
}

const seenIn = (person: Person, channel: Channel): Message[] =>
  [...channel.messages.values()]
    .filter(({ audience }) => audience === undefined || audience === person.user.id)
    .sort((a, b) => byAge(a.id, b.id))

function heard(world: World, person: Person, channel: Channel, than: string | undefined): Promise<Message> {
  const known = new Set(than === undefined ? channel.messages.keys() : [])
  return until(
    world,
    () =>
      seenIn(person, channel).find(
        ({ id, author, data }) =>
          author.id === world.bot.id &&
          !known.has(id) &&
          byAge(id, than ?? '0') > 0 &&
          ((data.flags ?? 0) & 128) === 0,
      ),
    `a message of the bot in ${channel.name || 'direct messages'}`,
  )
}
