import { type BotProcess, type LogBook, startProcess } from './bot-process.ts'
import { openSamples, type Samples } from './leaks.ts'
import type { Windows } from './windows.ts'

/** How long a supervisor tries to start a process, in ms: longer than one is frozen. */
const maxStartTime = 90_000

/** The processes of a bot, and whoever looks after them. */
export interface Fleet {
  /** The one that answers. */
  readonly main: BotProcess
  readonly samples: Samples
  readonly counts: { started: number; restarted: number; killed: number; frozen: number; stopped: number }
  /** Processes that ended by themselves or with a wrong status. */
  readonly wrong: string[]
  /** Whether two processes answer at the moment. */
  readonly isDoubled: boolean
  /** Kills the process; another one takes its place. */
  crash(): Promise<void>
  /** Starts a new process, and asks the old one to stop when that is connected. */
  upgrade(): Promise<void>
  /**
   * Freezes the process, starts another after a while, and lets the first go on when its leases have run out, until it
   * is stopped. @param ms how long it is frozen
   */
  freeze(ms: number, pause: (ms: number) => Promise<void>): Promise<void>
  close(): Promise<void>
}

export async function openFleet(
  env: Readonly<Record<string, string>>,
  log: LogBook,
  windows: Windows,
): Promise<Fleet> {
  const counts = { started: 0, restarted: 0, killed: 0, frozen: 0, stopped: 0 }
  const wrong: string[] = []
  const living = new Set<BotProcess>()
  const expected = new Set<BotProcess>()
  const startOnce = async () => {
    const bot = startProcess(`process ${++counts.started}`, env, log)
    living.add(bot)
    bot.ended.then(() => living.delete(bot))
    await bot.online
    bot.ended.then(() => {
      if (!expected.has(bot)) wrong.push(`${bot.name} ended by itself`)
    })
    return bot
  }
  /**
   * As a supervisor does: what ends before it is connected is started again. A process that was frozen while it wrote
   * keeps the lock of a SQLite file until it goes on, and whoever starts meanwhile says so and ends.
   */
  const start = async () => {
    const end = Date.now() + maxStartTime
    for (;;)
      try {
        return await startOnce()
      } catch (error) {
        if (Date.now() > end) throw error
        counts.restarted++
      }
  }
  const stop = async (bot: BotProcess) => {
    expected.add(bot)
    const status = await bot.stop()
    counts.stopped++
    if (status !== 0) wrong.push(`${bot.name} stopped with status ${status}`)
  }
  let main = await start()
  let doubled = 0
  let turn: Promise<unknown> = Promise.resolve()
  /** One change of the process that answers at a time: on a slow machine a start outlasts the pauses between incidents. */
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const done = turn.then(act)
    turn = done.catch(() => {})
    return done
  }
  const samples = openSamples(() => main)
  /** The next process, while nobody answers. */
  const replace = async (why: string) => {
    const close = windows.open(why)
    main = await start()
    close()
  }
  return {
    get main() {
      return main
    },
    get isDoubled() {
      return doubled > 0
    },
    samples,
    counts,
    wrong,
    crash: () =>
      inTurn(async () => {
        expected.add(main)
        const close = windows.open('process killed')
        await main.kill()
        counts.killed++
        await replace('process killed')
        close()
      }),
    upgrade: () =>
      inTurn(async () => {
        doubled++
        const old = main
        main = await start()
        await stop(old)
        doubled--
      }),
    async freeze(ms, pause) {
      let thawed: Promise<void> | undefined
      const frozen = await inTurn(async () => {
        const answering = main
        const close = windows.open('process frozen')
        counts.frozen++
        answering.freeze()
        thawed = pause(ms).then(() => {
          doubled++
          answering.thaw()
        })
        await pause(2_000)
        await replace('process frozen')
        close()
        return answering
      })
      await thawed
      await pause(4_000)
      await stop(frozen)
      doubled--
    },
    async close() {
      samples.close()
      for (const bot of living) {
        bot.thaw()
        await stop(bot)
      }
    },
  }
}
