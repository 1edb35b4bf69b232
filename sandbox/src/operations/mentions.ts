import { type APIUser, PermissionFlagsBits as Bits } from 'discord-api-types/v10'
import { guildOf, may, userOf } from '../state/lookup.ts'
import type { Channel, Message } from '../state/types.ts'
import type { World } from '../state/world.ts'
import type { MessageBody } from '../validation/body.ts'

export interface Mentions {
  readonly mentions: APIUser[]
  readonly mention_roles: string[]
  readonly mention_everyone: boolean
}

type Allowed = MessageBody['allowed_mentions']

/** Whom a message pings: what its text names, as far as the sender lets it, and the author it replies to. */
export function mentionsOf(
  world: World,
  channel: Channel,
  author: APIUser,
  body: Pick<MessageBody, 'content' | 'allowed_mentions'>,
  repliesTo: Message | undefined,
): Mentions {
  const text = body.content ?? ''
  const allowed = body.allowed_mentions
  const guild = guildOf(world, channel)
  const named = idsIn(text, /<@!?(\d+)>/g).filter(id => permits(allowed, 'users', id))
  const pinged = repliesTo !== undefined && (allowed == null || allowed.replied_user === true)
  const users = new Set([...(pinged ? [repliesTo.author.id] : []), ...named])
  const present = (id: string) => guild === undefined || guild.members.has(id)
  return {
    mentions: [...users].filter(present).flatMap(id => userOf(world, id) ?? []),
    mention_roles: idsIn(text, /<@&(\d+)>/g).filter(
      id => guild?.roles.has(id) && permits(allowed, 'roles', id),
    ),
    mention_everyone:
      /@(?:everyone|here)/.test(text) &&
      (allowed == null || allowed.parse?.includes('everyone') === true) &&
      may(world, author.id, channel, Bits.MentionEveryone),
  }
}

const idsIn = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map(match => match[1] ?? '')),
]

/** Without a word about mentions everything pings; with one, only what it lists. */
function permits(allowed: Allowed, kind: 'users' | 'roles', id: string): boolean {
  if (allowed == null) return true
  return allowed.parse?.includes(kind) === true || allowed[kind]?.includes(id) === true
}
