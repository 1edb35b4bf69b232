import type { NoPick, Reason } from '../schedule/pick.ts'
import type { Daily, Schedule, Slot, SlotReason } from '../schedule/schedule.ts'
import { sourceLabel } from '../schedule/source-label.ts'

/** A paper's title; undefined when it has left the library. */
export type TitleOf = (paperId: string) => string | undefined

/** Why a paper was chosen, as one plain sentence; titles are not escaped. */
export function whyPicked(reasons: readonly Reason[], titleOf: TitleOf): string {
  const parts = reasons.map(reason => clause(reason, titleOf))
  const last = parts.pop()
  if (last === undefined) return 'The reason was not recorded.'
  const text = parts.length === 0 ? last : `${parts.join(', ')} and ${last}`
  return `This paper ${text}.`
}

function clause(reason: Reason, titleOf: TitleOf): string {
  switch (reason.kind) {
    case 'query':
      return `fits “${reason.query}”`
    case 'paper':
      return `is close to ${named(titleOf(reason.paperId), 'the paper you follow')}`
    case 'author':
      return `is by ${reason.author}`
    case 'venue':
      return `appeared in ${reason.venue}`
    case 'fresh':
      return `was published on ${reason.published.slice(0, 10)}`
    case 'arrived':
      return 'is new in the library'
    case 'source':
      return `is among the newest of ${sourceLabel(reason.source)}`
    case 'near':
      return reason.paperId === undefined
        ? 'is close to what members like'
        : `is close to ${named(titleOf(reason.paperId), 'a paper')}, which was liked here`
    case 'varied':
      return 'is unlike the latest picks'
    case 'drawn':
      return 'was chosen at random from the papers not posted here yet'
  }
}

const named = (title: string | undefined, otherwise: string) =>
  title === undefined ? otherwise : `“${title}”`

const causes: Readonly<Record<SlotReason, string>> = {
  empty: 'The library is empty.',
  unsearchable: 'There is nothing to search for in the topic.',
  'nothing-fits': 'No paper in the library matches the topic.',
  exhausted: 'Every paper that matches the topic has already been posted or shared here.',
  'nothing-new': 'Nothing new matches the topic.',
  muted: 'All that matches is muted, or close to what there is to be less of.',
  permission: 'The bot lacked a permission in that channel.',
  gone: 'The channel was deleted or locked.',
  removed: 'The bot was not in the server.',
  closed: 'Your direct messages were closed to the bot.',
  late: 'The bot was not running, or could not reach Discord or its database, for more than six hours.',
  paused: 'It was paused.',
  unreadable:
    'Discord gave no answer to the message, and the bot may not read the channel to see whether it arrived.',
  crowded: 'Discord gave no answer to the message, and too many messages followed to look for it.',
  restored: 'A backup from before that time was restored, and nobody knows what was posted.',
  unsettled: 'Its source had not settled its day by the latest hour.',
  'no-thread':
    'Its thread could not be opened: I lack Create Public Threads there, or Discord did not answer.',
  invalid: 'Discord rejected the message. This is a bug in the bot.',
}

/** Why there is nothing to pick, as a plain sentence. */
export const noPick = (reason: NoPick): string => causes[reason]

/** What became of a daily pick's slot, as one or two plain sentences. */
export function whatBecameOfPick(
  slot: Slot,
  { source, holdMinutes }: Pick<Daily, 'source' | 'holdMinutes'>,
): string {
  const waits = holdMinutes !== undefined && !slot.date.includes('+')
  if (slot.state !== 'open' || !waits || slot.settledAt !== undefined) return whatBecameOf(slot, 'daily')
  return `Waiting for its source, ${sourceLabel(source ?? '')}, to settle its day.`
}

/** What became of a slot, as one or two plain sentences. */
function whatBecameOf(slot: Slot, kind: Schedule['kind']): string {
  const cause = slot.reason === undefined ? '' : ` ${causes[slot.reason]}`
  switch (slot.state) {
    case 'posted':
      if (slot.picks.length > 0) return `Posted.${cause}`
      return slot.reason === 'unsettled'
        ? `Announced that there is no pick.${cause}`
        : 'Announced that no papers are left on the topic.'
    case 'none':
      return `${kind === 'follow' ? 'No digest.' : 'No pick.'}${cause}`
    case 'missed':
      return `Left out.${cause}`
    case 'unknown':
      return `Perhaps posted; it was not sent twice.${cause}`
    case 'failed':
      return `Not posted.${cause}`
    default:
      return slot.attempts > 1 ? 'Not posted yet: it is being tried again.' : 'About to be posted.'
  }
}
