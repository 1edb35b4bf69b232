import pRetry from 'p-retry'
import { outcomeOf } from './rest-errors.ts'

/**
 * Sends a follow-up at most once. Discord takes no idempotency key for it, and one that a single member sees cannot be
 * looked for: it is tried again only when it certainly did not arrive.
 * @returns false when it is unknown whether it arrived
 * @throws Discord's refusal
 */
export async function followUpOnce(send: () => Promise<unknown>): Promise<boolean> {
  const certain = ({ error }: { error: Error }) => outcomeOf(error).kind === 'later'
  try {
    await pRetry(send, { retries: 3, minTimeout: 100, factor: 3, shouldRetry: certain })
    return true
  } catch (error) {
    if (outcomeOf(error).kind === 'uncertain') return false
    throw error
  }
}
