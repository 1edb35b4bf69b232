import { onTestFinished } from 'vitest'
import { commands as all } from '../../commands/index.ts'
import { type Sandbox, startSandbox } from '../../sandbox/src/sandbox.ts'
import type { App } from '../../src/app.ts'
import type { AnyCommand } from '../../src/command.ts'
import type { Paper } from '../../src/corpus/paper.ts'
import { type Connection, connect } from '../../src/discord/connect.ts'
import { openKit } from './kit.ts'

export interface Lab {
  readonly sandbox: Sandbox
  /** What the commands use, but for the rooms, which come with the connection. */
  readonly app: Omit<App, 'rooms'>
  readonly connection: Connection
  /** Hangs up and connects anew, as a restarted process would. */
  reconnect(): Promise<void>
}

export interface LabOptions {
  readonly papers: readonly Paper[]
  readonly commands?: readonly AnyCommand[]
  /** Puts rows into the database file. */
  readonly fill?: (database: string) => void
  /** Puts something in the way of a part of the App, such as a store that fails. */
  readonly bend?: (app: Omit<App, 'rooms'>) => Omit<App, 'rooms'>
}

/** A few papers, a SQLite file, the real discord.js client and the sandbox; gone when the test is over. */
export async function openLab(options: LabOptions): Promise<Lab> {
  const { papers, commands = all, bend = app => app, fill } = options
  const app = bend({ ...(await openKit(papers, fill)), specs: commands.map(command => command.spec) })
  const bugs: unknown[] = []
  const sandbox = await startSandbox({ onBug: bug => bugs.push(bug) })
  const address = { apiUrl: sandbox.apiUrl, token: sandbox.token, guildId: undefined }
  let connection = await connect(address, app, commands)
  onTestFinished(async () => {
    await connection.close()
    await sandbox.close()
    if (bugs.length > 0) throw bugs[0]
  })
  return {
    sandbox,
    app,
    get connection() {
      return connection
    },
    reconnect: async () => {
      await connection.close()
      connection = await connect(address, app, commands)
    },
  }
}
