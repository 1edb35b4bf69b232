import type { CommandContext } from '../../bot/command.ts'
import type { BotContext } from '../../bot/context.ts'
import type { Follow } from '../../schedule/schedule.ts'
import { nextFreeSlot } from '../next-slot.ts'
import { type TimingRequest, timingFrom } from './follows.ts'

/** Changes the member's own follows; returns the headline of the reply. What the request leaves out stays as it is. */
type Change = (
  targets: readonly Follow[],
  request: TimingRequest,
  context: CommandContext,
  bot: BotContext,
) => Promise<string>

export const followChanges: Readonly<Record<'pause' | 'resume' | 'remove' | 'time', Change>> = {
  pause: async (targets, _request, { user, at }, { store }) => {
    for (const { id } of targets) await store.follows.pause(user.id, id, at.getTime())
    return 'Paused.'
  },
  resume: async (targets, _request, { user, at }, { store }) => {
    for (const { id, timing } of targets)
      await store.follows.resume(user.id, id, await nextFreeSlot(store.slots, id, timing, at))
    return 'Resumed.'
  },
  remove: async (targets, _request, { user }, { store }) => {
    for (const { id } of targets) await store.follows.remove(user.id, id)
    return 'Removed.'
  },
  time: async (targets, request, context, { store }) => {
    // All timings are computed before the first is written: an unknown time zone changes nothing.
    const timings = targets.map(({ id, timing }) => ({ id, timing: timingFrom(timing, request, context) }))
    for (const { id, timing } of timings)
      await store.follows.change(context.user.id, id, {
        timing,
        next: await nextFreeSlot(store.slots, id, timing, context.at),
      })
    return 'Changed.'
  },
}
