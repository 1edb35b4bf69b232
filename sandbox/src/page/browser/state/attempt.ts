import { Refused } from './api.ts'
import type { Session } from './session.ts'

/** Runs what a person does by hand; a refusal is told in the channel. Returns whether it went through. */
export async function attempt(session: Session, act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act()
    return true
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    session.note('refused', error.message)
    return false
  }
}

/** Tries until the sandbox is there; only a refusal ends it. */
export async function untilAnswered<T>(session: Session, ask: () => Promise<T>): Promise<T> {
  for (let pause = 500; ; pause = Math.min(pause * 2, 5000)) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 0) throw error
      session.update({ link: 'lost' })
      await new Promise(resolve => setTimeout(resolve, pause))
    }
  }
}
