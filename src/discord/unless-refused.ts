import { isDiscordRefusal } from './rest-errors.ts'
import { retryTransient } from './retry.ts'
import { explained } from './sender.ts'

/** Treats as missing what Discord reports as unknown or hidden from the bot. @throws Failure when it does not answer */
export async function unlessRefused<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await retryTransient(ask)
  } catch (error) {
    if (isDiscordRefusal(error)) return undefined
    throw explained(error)
  }
}
