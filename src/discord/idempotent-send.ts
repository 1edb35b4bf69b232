import { setTimeout as sleep } from 'node:timers/promises'
import type { Later, Refused, Uncertain } from '../delivery/poster.ts'

/** How one kind of request is made, and how to find out whether it succeeded. */
export interface SendStrategy<T> {
  /** One request. */
  attempt(): Promise<Posted<T> | Refused | Later | Uncertain>
  /** Looks whether an earlier attempt arrived. */
  findPosted(): Promise<
    { readonly kind: 'found'; readonly value: T } | { readonly kind: 'absent' | 'unreadable' }
  >
  /** Whether Discord itself sees that a repeated attempt is the same one. */
  readonly repeatable: boolean
}

interface Posted<T> {
  readonly kind: 'posted'
  readonly value: T
}

interface Unknown {
  readonly kind: 'unknown'
}

export type Delivered<T> = Posted<T> | Unknown | Refused | Later

/** Pauses before attempts, ms. With the requests' own time they stay within what Discord remembers a nonce. */
const retryDelays = [0, 500, 1500, 4000, 10_000]
/** The longest that a rate limit is waited for, ms. */
const maxWait = 10_000

/**
 * Retries until it is done, refused, or out of tries. What may have been done is looked up before it is done again,
 * unless Discord itself would notice, and before it is given up.
 * @param doubt whether the outcome of an earlier run is unknown
 */
export async function deliver<T>(
  strategy: SendStrategy<T>,
  { uncertain = false, delays = retryDelays }: { uncertain?: boolean; delays?: readonly number[] } = {},
): Promise<Delivered<T>> {
  let isUncertain = uncertain
  let last: Refused | Later = { kind: 'later', at: undefined, everywhere: false }
  for (const pause of delays) {
    await sleep(pause)
    const outcome = await (isUncertain && !strategy.repeatable
      ? findThenAttempt(strategy)
      : strategy.attempt())
    if (outcome.kind === 'posted' || outcome.kind === 'unknown') return outcome
    if (outcome.kind === 'uncertain') {
      isUncertain = true
      continue
    }
    last = outcome
    isUncertain &&= strategy.repeatable
    if (outcome.kind === 'refused' || !(await waitFor(outcome))) break
  }
  if (!isUncertain) return last
  await sleep(delays[1] ?? 0)
  return settle(strategy, async () => last)
}

const findThenAttempt = <T>(strategy: SendStrategy<T>) => settle(strategy, () => strategy.attempt())

/** The result of the lookup; when nothing arrived, that of `otherwise`. */
async function settle<T, O>(
  strategy: SendStrategy<T>,
  otherwise: () => Promise<O>,
): Promise<Posted<T> | Unknown | O> {
  const lookup = await strategy.findPosted()
  if (lookup.kind === 'found') return { kind: 'posted', value: lookup.value }
  return lookup.kind === 'absent' ? otherwise() : { kind: 'unknown' }
}

/** @returns false when it would take too long */
async function waitFor({ at }: Later): Promise<boolean> {
  const wait = at === undefined ? 0 : at - Date.now()
  if (wait > maxWait) return false
  await sleep(Math.max(0, wait))
  return true
}
