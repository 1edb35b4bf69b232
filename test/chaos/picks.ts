import type { Sandbox } from 'discord-sandbox'
import type { Slot } from '../../src/schedule/schedule.ts'
import { carries, slotKeyOf } from '../../src/schedule/slot-key.ts'
import { newId } from '../../src/store/ids.ts'
import type { Store } from '../../src/store/ports.ts'
import { dailyAt, weekdays } from '../fixtures/scheduler.ts'

const minute = 60_000
/** Schedules that fall due in each minute, each in a channel of its own. */
const perMinute = 12
/** Their server is there so long before, in ms. */
const lead = 25_000

interface Planned {
  readonly id: string
  readonly channelId: string
  readonly guildId: string
  readonly at: number
}

export interface PickPlan {
  readonly planned: readonly Planned[]
  /** Servers that are there for the picks, oldest first. */
  readonly guilds: readonly string[]
  /** A new server joins with the schedules of that minute, epoch ms. */
  add(at: number): Promise<void>
  /** The next minute's server whenever its time has come, until `end`. */
  run(end: number, stopped: AbortSignal): Promise<void>
  /** Waits until every slot is settled, at most so long in ms. @returns what is wrong, and how often each state came */
  settledProblems(timeout: number): Promise<{ wrong: string[]; states: Record<string, number> }>
}

/** Servers that join through the run, each with daily picks that fall due at the next full minute. */
export function planPicks(sandbox: Sandbox, store: Store): PickPlan {
  const planned: Planned[] = []
  const guilds: string[] = []
  const add = async (at: number) => {
    const guild = sandbox.addGuild(`minute ${guilds.length}`, 'ada')
    guilds.push(guild.id)
    const time = new Date(at)
    const timing = { hour: time.getUTCHours(), minute: time.getUTCMinutes(), zone: 'UTC', days: weekdays }
    for (let i = 0; i < perMinute; i++) {
      const channelId = sandbox.addChannel(guild.id, { name: `picks-${i}` }).id
      const daily = {
        ...dailyAt(newId('d'), timing, at - 1, { guildId: guild.id, channelId }),
        createdAt: at,
      }
      await patiently(() => store.dailies.set({ ...daily, next: { at, offset: 0 } }))
      planned.push({ id: daily.id, channelId, guildId: guild.id, at })
    }
  }
  const slotsOf = async () =>
    Promise.all(planned.map(async plan => ({ plan, slots: await store.slots.history(plan.id, 9) })))
  return {
    planned,
    guilds,
    add,
    async run(end, stopped) {
      await add(Math.floor(Date.now() / minute) * minute)
      let at = Math.ceil((Date.now() + lead) / minute) * minute
      while (at < end && !stopped.aborted) {
        await sleepUntil(at - lead, stopped)
        if (!stopped.aborted) await add(at)
        at += minute
      }
    },
    async settledProblems(timeout) {
      const end = Date.now() + timeout
      let all = await slotsOf()
      const open = () =>
        all.some(({ slots }) => slots.length === 0 || slots.some(slot => slot.settledAt === undefined))
      while (open() && Date.now() < end) {
        await sleepUntil(Date.now() + 500)
        all = await slotsOf()
      }
      const wrong = all.flatMap(({ plan, slots }) => checkOne(sandbox, plan, slots))
      const states: Record<string, number> = {}
      for (const { state } of all.flatMap(({ slots }) => slots)) states[state] = (states[state] ?? 0) + 1
      return { wrong, states }
    },
  }
}

function checkOne(sandbox: Sandbox, { id, channelId }: Planned, slots: readonly Slot[]): string[] {
  const [slot, ...more] = slots
  if (slot === undefined) return [`${id} was never planned`]
  if (more.length > 0) return [`${id} has ${slots.length} slots for one day`]
  const key = slotKeyOf(slot.scheduleId, slot.date)
  const messages = [...(sandbox.world.channels.get(channelId)?.messages.values() ?? [])].filter(({ data }) =>
    carries(customIdsOf(data), key),
  )
  if (messages.length > 1) return [`${key} stands ${messages.length} times`]
  if (slot.settledAt === undefined) return [`${key} was never settled (${slot.state})`]
  if (slot.state === 'posted' && messages[0]?.id !== slot.messageId)
    return [`${key} is settled as posted and does not stand`]
  if (slot.state !== 'posted') return [`${key} is lost: ${slot.state} ${slot.reason ?? ''}`]
  return []
}

export const customIdsOf = ({ components }: { components?: readonly unknown[] }): string[] =>
  [...JSON.stringify(components ?? []).matchAll(/"custom_id":"([^"]{1,100})"/gu)].map(match => match[1] ?? '')

async function sleepUntil(at: number, stopped?: AbortSignal) {
  while (Date.now() < at && stopped?.aborted !== true)
    await new Promise(resolve => setTimeout(resolve, Math.min(250, Math.max(1, at - Date.now()))))
}

/** The run's own writes meet the same database in the same trouble. */
export async function patiently<T>(act: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await act()
    } catch (error) {
      if (tries === 40) throw error
      await sleepUntil(Date.now() + 500)
    }
  }
}
