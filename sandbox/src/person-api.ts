/**
 * What the sandbox's web page and the tests may ask for in a person's name, over HTTP with JSON bodies.
 * Browser-safe: zod and types only. Objects that Discord also has (messages, commands, users) keep Discord's shape.
 *
 * | method | path | body | answer |
 * | --- | --- | --- | --- |
 * | GET | `paths.info` | | `Info` |
 * | GET | `paths.clock` | | `ClockView` |
 * | POST | `paths.clock` | `MoveClock` | `ClockView`, once everything on the way has happened |
 * | POST | `paths.form` | `SubmitForm` | `HostAnswer` |
 * | GET | `paths.overview` | | `Overview` |
 * | GET | `paths.events` | | server-sent events, `data` is one `PersonEvent`, the first is `hello` |
 * | PATCH | `paths.settings` | `Settings` | `Person` |
 * | POST | `paths.directMessages` | `OpenDirectMessage` | `ChannelView` |
 * | GET | `paths.messages` `?before=ID&limit=N` | | `MessageView[]`, oldest first |
 * | POST | `paths.messages` | `SendMessage` | `MessageView` |
 * | PATCH, DELETE | `paths.message` | `EditMessage`, none | `MessageView`, 204; DELETE also dismisses an ephemeral one |
 * | PUT, DELETE | `paths.reaction` | `React` | `MessageView` |
 * | PUT | `paths.vote` | `Vote` (an empty list takes the vote back) | `MessageView` |
 * | POST | `paths.threads` | `StartThread` | `ChannelView` |
 * | GET | `paths.commands` | | `CommandView[]` that the person sees in that channel |
 * | POST | `paths.autocomplete` | `Autocomplete` | `Suggestions` |
 * | POST | `paths.slash` | `Slash` | `InteractionView`, once the bot acknowledged or 3 seconds are over |
 * | POST | `paths.menu` | `MenuCommand` | `InteractionView` |
 * | POST | `paths.press` | `Press` (button) | `InteractionView` |
 * | POST | `paths.select` | `Select` | `InteractionView` |
 * | POST | `paths.modal` | `SubmitModal` | `InteractionView` |
 *
 * Errors are `{ error: string }` with 400 (what was sent cannot be), 403 (not allowed), 404 (not there for this
 * person), 409 (the bot is not connected, or the clock is being moved already).
 */
import type {
  APIApplicationCommand,
  APIApplicationCommandOptionChoice,
  APIChannel,
  APIMessage,
  APIModalInteractionResponseCallbackData,
  APIRole,
  APIUser,
} from 'discord-api-types/v10'
import { z } from 'zod'
import type { HostFormView } from './forms.ts'

export { paths } from './person-paths.ts'

const Id = z.string().regex(/^\d{17,20}$/, 'is not an id')
const CustomId = z.string().min(1).max(100)

/** A file to attach: base64, at most 10 MB before encoding. */
export const FileUpload = z.object({
  name: z.string().min(1).max(260),
  base64: z.base64().max(14_000_000),
  contentType: z.string().max(200).optional(),
})

export const Settings = z.object({
  /** Whether strangers and bots may send direct messages. */
  directMessages: z.boolean().optional(),
  /** Discord's name of a language, such as `en-GB`. */
  locale: z.string().min(2).max(10).optional(),
})

export const OpenDirectMessage = z.object({ user: Id })

export const SendMessage = z.object({
  /** `<@id>` mentions; at most 2000 characters; may be empty beside files. */
  content: z.string().max(2000).default(''),
  replyTo: Id.optional(),
  files: z.array(FileUpload).max(10).optional(),
})

export const EditMessage = z.object({ content: z.string().min(1).max(2000) })

/** An emoji as text, such as 👍. */
export const React = z.object({ emoji: z.string().min(1).max(64) })

export const Vote = z.object({ answers: z.array(z.number().int().min(1)).max(10) })

export const StartThread = z.object({
  name: z.string().min(1).max(100),
  /** The message the thread hangs on; not in forums. */
  message: Id.optional(),
  /** The first message: needed in forums. */
  content: z.string().min(1).max(2000).optional(),
  /** Ids of a forum's tags. */
  tags: z.array(Id).max(5).optional(),
})

/** Text, numbers and flags as typed; ids for users, channels and roles; a file for attachments. */
export const OptionValue = z.union([z.string().max(6000), z.number(), z.boolean(), FileUpload])

const Typed = z.object({
  /** Id or name of the command. */
  command: z.string().min(1).max(32),
  group: z.string().max(32).optional(),
  subcommand: z.string().max(32).optional(),
  options: z.record(z.string(), OptionValue).default({}),
})

export const Slash = Typed

/** `options` holds what stands there so far, the focused one included. */
export const Autocomplete = Typed.extend({ focused: z.string().min(1).max(32) })

/** Id or name of a command of the message menu. */
export const MenuCommand = z.object({ command: z.string().min(1).max(32) })

export const Press = z.object({ customId: CustomId })

/** Values of a string menu; ids for user, role, mentionable and channel menus. */
export const Select = z.object({ customId: CustomId, values: z.array(z.string().max(100)).max(25) })

/** What stands in each field, by custom id; lists for menus. */
export const SubmitModal = z.object({
  fields: z.record(CustomId, z.union([z.string().max(4000), z.array(z.string().max(100)).max(25)])),
})

/** A time by the sandbox's clock, epoch ms, later than now and within a month. */
export const MoveClock = z.object({ to: z.number().int() })

/** What stands in each field, by name. */
export const SubmitForm = z.object({ fields: z.record(z.string().max(100), z.string().max(100_000)) })

export type FileUpload = z.infer<typeof FileUpload>
export type Settings = z.infer<typeof Settings>
export type OptionValue = z.infer<typeof OptionValue>

/** Discord's shape. Ephemeral: `flags & 64`. "Thinking…": `flags & 128`. `me` and `me_voted` are this person's. */
export type MessageView = APIMessage

/** Discord's shape. `type`: 1 slash, 2 user menu, 3 message menu. */
export type CommandView = APIApplicationCommand

export interface Person {
  /** What paths take: `ada`. */
  readonly name: string
  readonly user: APIUser
  /** One line for a picker: "manages the server", "a member", "from another server". */
  readonly about: string
  readonly directMessages: boolean
  readonly locale: string
}

export interface Info {
  readonly sandbox: true
  /** For people: that this is no Discord, and that nothing leaves the machine. */
  readonly notice: string
  readonly applicationId: string
  readonly bot: APIUser
  /** When this sandbox started, in ISO 8601: another time tells a page that the one it knew is gone. */
  readonly startedAt: string
  /** The time by the sandbox's clock, epoch ms. */
  readonly now: number
  /** Whether the bot is connected to the gateway. */
  readonly online: boolean
  readonly people: readonly Person[]
  /** What the program that started the sandbox offers on the page. */
  readonly forms: readonly HostFormView[]
}

export interface ClockView {
  /** Epoch ms. */
  readonly now: number
}

/** Discord's shape, with what this person may do there. */
export type ChannelView = APIChannel & {
  /** Permission bits as decimal text, as Discord sends them. */
  readonly permissions: string
  readonly canSend: boolean
}

export interface MemberView {
  readonly user: APIUser
  readonly nick: string | null
  readonly roles: readonly string[]
}

export interface GuildView {
  readonly id: string
  readonly name: string
  readonly ownerId: string
  readonly roles: readonly APIRole[]
  readonly members: readonly MemberView[]
  /** What this person can see, threads included, in the order of display. */
  readonly channels: readonly ChannelView[]
}

export interface Overview {
  readonly me: Person
  readonly guilds: readonly GuildView[]
  readonly directMessages: readonly ChannelView[]
}

export interface Suggestions {
  /** Undefined when the bot did not answer within 3 seconds. */
  readonly choices: readonly APIApplicationCommandOptionChoice[] | undefined
}

export interface InteractionView {
  readonly id: string
  readonly channelId: string
  /**
   * `waiting`: not acknowledged yet; `replied`: `message` is the reply; `deferred`: `message` is "thinking…" until
   * an event brings its edit; `updated`: the message the component sits on changes; `modal`: a form to fill in;
   * `failed`: "The application did not respond".
   */
  readonly state: 'waiting' | 'replied' | 'deferred' | 'updated' | 'modal' | 'failed'
  readonly message?: MessageView
  readonly modal?: APIModalInteractionResponseCallbackData
}

export type PersonEvent =
  | { readonly type: 'hello'; readonly online: boolean }
  | { readonly type: 'bot'; readonly online: boolean }
  | { readonly type: 'message' | 'message-edited'; readonly message: MessageView }
  | { readonly type: 'message-deleted'; readonly channelId: string; readonly id: string }
  | { readonly type: 'channel' | 'channel-edited'; readonly channel: ChannelView }
  | { readonly type: 'channel-deleted'; readonly id: string }
  /** Servers, members or permissions changed: ask for the overview again. */
  | { readonly type: 'overview' }
  | { readonly type: 'commands' }
  /** The sandbox's clock was moved on to this time, epoch ms. */
  | { readonly type: 'clock'; readonly now: number }
  | { readonly type: 'typing'; readonly channelId: string; readonly user: APIUser }
  | { readonly type: 'interaction'; readonly interaction: InteractionView }
