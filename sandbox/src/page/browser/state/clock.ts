import type { ClockView } from '../../../person-api.ts'
import { paths } from '../../../person-paths.ts'
import { attempt, call } from './api.ts'
import type { Session } from './session.ts'

/** Goes by the sandbox's clock from now on. @param now that clock's time, epoch ms */
export const setClock = (session: Session, now: number): void =>
  session.update({ now, ahead: now - Date.now() })

/** Moves the clock of the sandbox and its bot on. Resolves when everything on the way has happened. */
export async function moveClock(session: Session, to: number): Promise<void> {
  session.update({ clockMoves: true })
  await attempt(session, async () => {
    const { now } = await call<ClockView>('POST', paths.clock(), { to })
    setClock(session, now)
  }).finally(() => session.update({ clockMoves: false }))
}
