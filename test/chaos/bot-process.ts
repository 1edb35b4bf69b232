import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Measured, Order } from './preload.ts'

const Line = z.looseObject({ level: z.int(), msg: z.string().default('') })

export interface Logged {
  /** Epoch ms, by this process's clock. */
  readonly at: number
  readonly level: number
  readonly msg: string
  readonly text: string
  readonly by: string
}

/** What all processes of a run have said. */
export interface LogBook {
  readonly lines: Logged[]
  /** What was no line of the log: an error that nobody caught, a warning of the runtime. */
  readonly odd: string[]
}

export interface BotProcess {
  readonly name: string
  /** Resolves once it is connected; rejects when it ends before. */
  readonly online: Promise<unknown>
  readonly ended: Promise<unknown>
  freeze(): void
  thaw(): void
  /** @returns undefined when it does not say, for it is frozen or gone */
  measure(): Promise<Measured | undefined>
  /** Sets its wall clock that far ahead of the real one, in ms. */
  setClock(ahead: number): void
  kill(): Promise<void>
  /** Asks it to stop, as a supervisor does. @returns its exit status */
  stop(): Promise<number | null>
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const preload = new URL('./preload.ts', import.meta.url).href

/** `npm start` as it is, with its own Discord and database. */
export function startProcess(name: string, env: Readonly<Record<string, string>>, log: LogBook): BotProcess {
  const child = spawn(
    process.execPath,
    ['--expose-gc', '--import', preload, 'src/launch.js', 'src/main.ts'],
    { cwd: root, env: { PATH: process.env['PATH'], ...env }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  )
  const ended = once(child, 'exit')
  keepLog(name, child, log)
  const connected = new Promise<void>(resolve => {
    child.stdout?.on('data', chunk => {
      if (String(chunk).includes('Connected as')) resolve()
    })
  })
  const early = ended.then(() => Promise.reject(new Error(`${name} ended before it was connected`)))
  const online = Promise.race([connected, early])
  online.catch(() => {})
  early.catch(() => {})
  const send = (order: Order) => child.connected && child.send(order)
  return {
    name,
    online,
    ended,
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    setClock: ahead => send({ kind: 'clock', ahead }),
    async measure() {
      const waiting = AbortSignal.timeout(5_000)
      const answer = once(child, 'message', { signal: waiting }).catch(() => [undefined])
      send({ kind: 'measure' })
      return (await answer)[0] as Measured | undefined
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    async stop() {
      child.kill('SIGTERM')
      await ended
      return child.exitCode
    },
  }
}

function keepLog(name: string, child: ChildProcess, log: LogBook) {
  if (child.stderr === null) return
  createInterface({ input: child.stderr }).on('line', text => {
    const parsed = Line.safeParse(parsedJson(text))
    if (parsed.success) log.lines.push({ at: Date.now(), ...parsed.data, text, by: name })
    else log.odd.push(`${name}: ${text}`)
  })
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
