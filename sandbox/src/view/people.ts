import type { APIGuildMember, APIRole, APIUser } from 'discord-api-types/v10'
import type { Member, Role } from '../state/types.ts'

/** No bits set, of flags that are an enum of their own. */
const none = 0 as never
const iso = (ms: number) => new Date(ms).toISOString()

export const roleView = (role: Role): APIRole => ({
  id: role.id,
  name: role.name,
  permissions: role.permissions.toString(),
  position: role.position,
  color: role.color,
  colors: { primary_color: role.color, secondary_color: null, tertiary_color: null },
  hoist: false,
  icon: null,
  unicode_emoji: null,
  managed: role.botId !== undefined,
  mentionable: false,
  flags: none,
  ...(role.botId === undefined ? {} : { tags: { bot_id: role.botId } }),
})

/** Without the user, as messages and interactions carry it. */
export const partialMember = (member: Member): Omit<APIGuildMember, 'user'> => ({
  nick: member.nick,
  avatar: null,
  banner: null,
  roles: [...member.roles],
  joined_at: iso(member.joinedAt),
  premium_since: null,
  deaf: false,
  mute: false,
  flags: none,
  pending: false,
  communication_disabled_until: null,
})

export const memberView = (member: Member): APIGuildMember & { user: APIUser } => ({
  ...partialMember(member),
  user: member.user,
})
