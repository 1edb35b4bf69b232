import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { commands as all } from '../../commands/index.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/src/sandbox.ts'
import { assemble } from '../../src/assemble.ts'
import type { AnyCommand } from '../../src/command.ts'
import { parseConfig } from '../../src/config.ts'
import { type Connection, connect } from '../../src/discord/connect.ts'
import type { Clock } from '../../src/picks/clock.ts'

export interface Bot {
  readonly sandbox: Sandbox
  readonly connection: Connection
  /** Everything the bot logged, a JSON object each. */
  readonly log: readonly { level: number; msg: string; incident?: string }[]
  /** Hangs up and connects anew, as a restarted process would. */
  restart(): Promise<void>
  close(): Promise<void>
}

export interface BotOptions extends SandboxOptions {
  readonly commands?: readonly AnyCommand[]
  /** Variables of the environment, such as CORPUS. */
  readonly env?: Readonly<Record<string, string>>
  /** The schedules' clock; the sandbox's is `now`. */
  readonly clock?: Clock
  /** Before the bot connects: faults, more channels. */
  readonly prepare?: (sandbox: Sandbox) => void
}

/** The whole bot on the real discord.js client, in a sandbox over real sockets, with a SQLite file of its own. */
export async function startBot(options: BotOptions = {}): Promise<Bot> {
  const { commands = all, env = {}, prepare, clock, ...rest } = options
  const folder = mkdtempSync(join(tmpdir(), 'lectern-e2e-'))
  const bugs: unknown[] = []
  const sandbox = await startSandbox({ onBug: bug => bugs.push(bug), ...rest })
  prepare?.(sandbox)
  const log: Bot['log'][number][] = []
  const logger = pino({ level: 'debug', base: null }, { write: line => log.push(JSON.parse(line)) })
  const address = { apiUrl: sandbox.apiUrl, token: sandbox.token, guildId: undefined }
  const start = async () => {
    const app = await assemble(parseConfig({ ...env, DATA_DIR: folder }), commands, logger)
    return { app, connection: await connect(address, app, commands, clock) }
  }
  let running = await start()
  const stop = async () => {
    await running.connection.close()
    await running.app.store.close()
  }
  return {
    sandbox,
    get connection() {
      return running.connection
    },
    log,
    restart: async () => {
      await stop()
      running = await start()
    },
    close: async () => {
      await stop()
      await sandbox.close()
      rmSync(folder, { recursive: true, force: true })
      if (bugs.length > 0) throw bugs[0]
    },
  }
}
