import type { Known } from '../composer/offers.ts'
import { membersAt } from './places.ts'
import type { Session } from './session.ts'

/** What names can stand for in the open channel. */
export function knownAt({ state, guild, channel }: Session): Known {
  return {
    members: state.overview === undefined ? [] : membersAt(state.overview, channel),
    roles: guild?.roles ?? [],
    channels: guild?.channels ?? [],
    guildId: guild?.id,
  }
}
