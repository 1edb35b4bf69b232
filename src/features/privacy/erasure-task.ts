import type { Channels, MessageRef, OwnMessage } from '../../bot/channels.ts'
import { paperRef } from '../../corpus/ids.ts'
import type { PeriodicTask } from '../../delivery/periodic-tasks.ts'
import { Failure } from '../../errors.ts'
import type { Log } from '../../log.ts'
import type { Store } from '../../store/ports.ts'
import type { Erasure } from '../../store/privacy-ports.ts'
import { erasedNext, erasedProposal } from '../../view/queue-card.ts'
import type { Message } from '../../view/reply.ts'
import { erasedShare } from '../../view/share-card.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** How long one process may work on what it took, in milliseconds. */
const lease = 5 * minute
const batch = 20
/** How long after its send time a message that was not found may still arrive. */
const underWay = 20 * minute
/** How long a message that cannot be reached is tried. */
const giveUp = 30 * day
/** The pause after the first try that failed; doubled each time. */
const firstPause = 5_000
const longestPause = 12 * hour
interface Work {
  readonly store: Pick<Store, 'erasures' | 'votes' | 'queue'>
  readonly channels: Pick<Channels, 'get' | 'read' | 'find' | 'edit'>
  readonly log: Log
  readonly now?: () => number
}

/** Removes names, notes and votes from the messages that still show them, until none is left, across restarts. */
export const erasureTask = (work: Work): PeriodicTask => ({
  failure: 'messages to be erased from could not be looked up',
  // Other processes erase too.
  every: minute,
  onWake: true,
  run: async stopping => {
    const next = await eraseDue(work, stopping)
    return next === undefined ? undefined : Math.max(second, next - (work.now ?? Date.now)())
  },
})

/** Works off what is due. @returns when there is more to do, epoch ms; undefined when nothing is left, or at a stop */
export async function eraseDue(work: Work, stopping?: AbortSignal): Promise<number | undefined> {
  const { store, now = Date.now } = work
  for (;;) {
    const taken = await store.erasures.take(now(), now() + lease, batch)
    for (const erasure of taken) {
      // What is left at a stop is available to the next process at once.
      if (stopping?.aborted === true) await store.erasures.later(erasure, now())
      else await settle(erasure, { ...work, now })
    }
    if (stopping?.aborted === true) return undefined
    if (taken.length < batch) return store.erasures.nextAt()
  }
}

async function settle(erasure: Erasure, work: Required<Work>): Promise<void> {
  const { store, log, now } = work
  const { mark, attempts, createdAt } = erasure
  let pause: number
  try {
    const outcome = await eraseFrom(erasure, work)
    if (outcome === 'done') return await store.erasures.done(erasure)
    pause = outcome
  } catch (err) {
    if (err instanceof Failure && err.kind === 'storage') throw err
    if (now() - createdAt > giveUp) {
      log.error({ err, mark }, 'a message still shows what was erased, and cannot be reached')
      return store.erasures.done(erasure)
    }
    log.info({ err, mark, attempts }, 'a message to be erased from cannot be reached now')
    pause = Math.min(longestPause, firstPause * 2 ** Math.min(attempts - 1, 20))
  }
  await store.erasures.later(erasure, now() + pause)
}

/** @returns after how many milliseconds to look again */
async function eraseFrom(erasure: Erasure, work: Required<Work>): Promise<'done' | number> {
  const { channels, now } = work
  const ref = await placeOf(erasure, channels)
  if (ref === undefined) {
    const settled = erasure.postedAt + underWay
    return now() < settled && erasure.postedAt <= now() ? settled - now() : 'done'
  }
  const message = await channels.read(ref)
  if (message !== undefined) await channels.edit(ref, await erased(erasure, message, work))
  return 'done'
}

async function placeOf(
  { channelId, messageId, mark, postedAt }: Erasure,
  channels: Work['channels'],
): Promise<MessageRef | undefined> {
  const channel = await channels.get(channelId)
  if (messageId === undefined) {
    // Deleted or hidden for a while: which of the two is unknown.
    if (channel === undefined) throw new Failure('missing', 'The channel cannot be seen.')
    return channels.find(channel, mark, postedAt)
  }
  // In a forum a message is in the thread that it started.
  return { channelId: channel?.kind === 'forum' ? messageId : channelId, messageId }
}

async function erased(
  { kind, guildId, mark, paperId = '', unnamed }: Erasure,
  message: OwnMessage,
  { store }: Required<Work>,
): Promise<Message> {
  if (kind === 'next') return erasedNext(message, unnamed)
  if (kind !== 'proposal')
    return erasedShare(message.components, await store.votes.tally(guildId, mark), unnamed)
  const votes = (await store.queue.get(guildId, paperId))?.votes ?? 0
  return erasedProposal(message, paperRef(paperId), votes, unnamed)
}
