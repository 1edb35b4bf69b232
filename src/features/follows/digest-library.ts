import type { Channels } from '../../bot/channels.ts'
import type { Libraries } from '../../bot/libraries.ts'
import type { Library } from '../../library/library.ts'
import type { Log } from '../../log.ts'
import type { Schedule } from '../../schedule/schedule.ts'

/**
 * What a schedule may bring: a pick what its server sees; a digest the shared papers, and the own papers of the server
 * where it was set, if its member is in that server now. When that cannot be found out, the shared ones alone: what is
 * left out then comes with the next digest.
 */
export function openScheduleLibrary(
  libraries: Pick<Libraries, 'of' | 'whole' | 'hasOwn'>,
  { isMember }: Pick<Channels, 'isMember'>,
  log: Log,
): (schedule: Schedule) => Promise<Library> {
  const isThere = (guildId: string, userId: string): Promise<boolean> =>
    isMember(guildId, userId).catch(err => {
      log.info({ err, guildId }, 'whether somebody is in a server is not known')
      return false
    })
  return async schedule => {
    if (schedule.kind === 'daily') return libraries.whole(schedule.guildId)
    const shared = libraries.of(undefined)
    if (schedule.serverId === undefined) return shared
    // Discord is asked about members of servers that have papers of their own only.
    const isTheirs =
      libraries.hasOwn(schedule.serverId) && (await isThere(schedule.serverId, schedule.userId))
    return isTheirs ? libraries.whole(schedule.serverId) : shared
  }
}
