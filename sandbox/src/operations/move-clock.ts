import { setTimeout as wait } from 'node:timers/promises'
import type { World } from '../state/world.ts'

const minute = 60_000
/** Timetables of people have quarter hours: what is due at one happens when it is that time. */
const step = 15 * minute
/** Real milliseconds that a bot in another process is given for each step. */
const pause = 5
/** Real milliseconds between two words of it to those who watch. */
const tellEvery = 100

/** How far the clock can be moved at once: a step takes a moment of real time. */
export const longestMove = 31 * 24 * 60 * minute

/**
 * Moves the clock on to a time, step by step, as time itself goes: a leap over a week would find a week's timetable
 * too late. Who follows the clock is done with a step before the next one.
 * @param to epoch ms; at most `longestMove` from now
 */
export async function moveClock(world: World, to: number): Promise<void> {
  const { clock, clockFollowers: followers, bus } = world
  let told = performance.now()
  while (clock.now() < to && !clock.stopped) {
    const now = clock.now()
    clock.jump(Math.min(to, now - (now % step) + step) - now)
    if (performance.now() - told > tellEvery) {
      told = performance.now()
      bus.emit({ type: 'clock' })
    }
    await (followers.size === 0 ? wait(pause) : Promise.all([...followers].map(follow => follow())))
  }
  bus.emit({ type: 'clock' })
}
