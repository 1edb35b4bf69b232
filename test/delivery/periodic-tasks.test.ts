import { describe, expect, it } from 'vitest'
import { openPeriodicTasks, type PeriodicTask } from '../../src/delivery/periodic-tasks.ts'

/** Tasks on a clock that stands still until it is moved. */
function open(...tasks: PeriodicTask[]) {
  let at = 5_000
  const notes: string[] = []
  let dueAgain = 0
  const clock = {
    now: () => at,
    elapsed: () => at,
    sleep: async () => {},
    deadline: () => AbortSignal.abort(),
  }
  const periodic = openPeriodicTasks(tasks, {
    clock,
    note: what => void notes.push(what),
    onDueAgain: () => void dueAgain++,
  })
  /** Moves the clock and runs what is due. */
  const pass = async (ms: number) => {
    at += ms
    periodic.start()
    await periodic.idle()
  }
  return { periodic, pass, notes, dueAgain: () => dueAgain }
}

/** A task that counts its runs. */
function counting(task: Partial<PeriodicTask> = {}) {
  let runs = 0
  const run = async (): Promise<undefined> => void runs++
  return { task: { failure: 'it failed', every: 1_000, run, ...task }, runs: () => runs }
}

describe('periodic tasks', () => {
  it('run at the start and then once a period', async () => {
    const { task, runs } = counting()
    const { pass, periodic } = open(task)
    const seen: number[] = []
    for (const ms of [0, 999, 1, 3_500]) {
      await pass(ms)
      seen.push(runs())
    }
    expect(seen).toEqual([1, 1, 2, 3])
    expect(periodic.nextIn()).toBe(1_000)
  })

  it('wait for their first run where they ask for it', async () => {
    const { task, runs } = counting({ firstAfter: 500 })
    const { pass, periodic } = open(task)
    expect(periodic.nextIn()).toBe(500)
    await pass(499)
    expect(runs()).toBe(0)
    await pass(1)
    expect(runs()).toBe(1)
  })

  it('run again sooner when they say so, and never later than their period', async () => {
    const answers = [200, 5_000, undefined]
    const { task } = counting({ run: async () => answers.shift() })
    const { pass, periodic } = open(task)
    const waits: number[] = []
    for (const ms of [0, 200, 1_000]) {
      await pass(ms)
      waits.push(periodic.nextIn())
    }
    expect(waits).toEqual([200, 1_000, 1_000])
  })

  it('that fail are noted and run again, and hold up no other', async () => {
    const { task, runs } = counting()
    const failing = counting({ run: () => Promise.reject(new Error('no')) })
    const { pass, notes } = open(failing.task, task)
    await pass(0)
    await pass(1_000)
    expect(notes).toEqual(['it failed', 'it failed'])
    expect(runs()).toBe(2)
  })

  it('are woken only where they ask for it; one that runs meanwhile runs again afterwards', async () => {
    let finish: () => void = () => {}
    let begun = 0
    const slow = counting({
      onWake: true,
      run: () => {
        begun++
        return new Promise<undefined>(resolve => {
          finish = () => resolve(undefined)
        })
      },
    })
    const other = counting()
    const { periodic, dueAgain } = open(slow.task, other.task)
    periodic.start()
    periodic.wake()
    periodic.start()
    expect([begun, dueAgain()]).toEqual([1, 0])
    finish()
    await periodic.idle()
    expect(dueAgain()).toBe(1)
    periodic.start()
    finish()
    await periodic.idle()
    expect([begun, other.runs(), dueAgain()]).toEqual([2, 1, 1])
  })

  it('are told to stop, and none begins afterwards', async () => {
    let stopping: AbortSignal | undefined
    const { task } = counting({
      run: async signal => {
        stopping = signal
        return undefined
      },
    })
    const { periodic, pass } = open(task)
    await pass(0)
    await periodic.close()
    expect(stopping?.aborted).toBe(true)
    stopping = undefined
    await pass(2_000)
    expect(stopping).toBeUndefined()
  })
})
