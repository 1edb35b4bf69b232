import { attach } from '../operations/compose.ts'
import type { FileUpload } from '../person-api.ts'
import { guildOf, permissionsIn, userOf } from '../state/lookup.ts'
import type { Channel, Person } from '../state/types.ts'
import type { World } from '../state/world.ts'
import { channelView } from '../view/channel.ts'
import { partialMember, roleView } from '../view/people.ts'
import { uploadsOf } from './messages.ts'
import { canSee } from './scope.ts'
import { UserApiError } from './user-api-error.ts'

interface Resolved {
  users?: Record<string, unknown>
  members?: Record<string, unknown>
  roles?: Record<string, unknown>
  channels?: Record<string, unknown>
  attachments?: Record<string, unknown>
  messages?: Record<string, unknown>
}

/** A channel as an interaction names it: with what its person and the bot may do there, without why. */
function partialChannel(world: World, person: Person, channel: Channel): Record<string, unknown> {
  const { permission_overwrites: _, ...fields } = channelView(world, channel) as unknown as Record<
    string,
    unknown
  >
  return {
    ...fields,
    permissions: permissionsIn(world, person.user.id, channel).toString(),
    app_permissions: permissionsIn(world, world.bot.id, channel).toString(),
  }
}

/** Collects the objects behind the ids that an interaction carries. */
export interface Resolver {
  readonly resolved: Resolved
  user(id: string): void
  role(id: string): void
  /** @param types that are allowed; all when empty */
  channel(id: string, types: readonly number[]): void
  /** @returns the attachment's id */
  file(file: FileUpload): string
}

export function createResolver(world: World, person: Person, channel: Channel): Resolver {
  const resolved: Resolved = {}
  const guild = guildOf(world, channel)
  const put = (kind: keyof Resolved, id: string, value: unknown) => {
    resolved[kind] = { ...resolved[kind], [id]: value }
  }
  return {
    resolved,
    user(id) {
      const user = userOf(world, id)
      if (user === undefined) throw new UserApiError(400, 'no such user')
      put('users', id, user)
      const member = guild?.members.get(id)
      if (member !== undefined)
        put('members', id, {
          ...partialMember(member),
          permissions: permissionsIn(world, id, channel).toString(),
        })
    },
    role(id) {
      const role = guild?.roles.get(id)
      if (role === undefined) throw new UserApiError(400, 'no such role')
      put('roles', id, roleView(role))
    },
    channel(id, types) {
      const found = world.channels.get(id)
      if (found === undefined || found.guildId !== channel.guildId || !canSee(world, person, found))
        throw new UserApiError(400, 'no such channel')
      if (types.length > 0 && !types.includes(found.type))
        throw new UserApiError(400, 'that kind of channel does not fit')
      put('channels', id, partialChannel(world, person, found))
    },
    file(file) {
      const [attachment] = attach(world, channel.id, uploadsOf([file]), undefined)
      if (attachment === undefined) throw new UserApiError(400, 'no file')
      put('attachments', attachment.id, attachment)
      return attachment.id
    },
  }
}
