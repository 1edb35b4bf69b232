import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

export interface StartedBot {
  /** The page's address. */
  readonly url: string
  /** Everything it wrote to its log. */
  readonly log: () => string
  stop(): Promise<void>
}

/** Starts Lectern as `npm start` does without a token: the bot and the sandbox in one process, on any free port. */
export async function startInSandbox(env: Record<string, string> = {}): Promise<StartedBot> {
  const folder = mkdtempSync(join(tmpdir(), 'lectern-page-'))
  const child = spawn('node', ['src/launch.js', 'src/main.ts'], {
    cwd: root,
    env: { PATH: process.env['PATH'], DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'warn', ...env },
  })
  let err = ''
  child.stderr.on('data', chunk => {
    err += String(chunk)
  })
  let out = ''
  for await (const chunk of child.stdout) {
    out += String(chunk)
    const url = /Open (http:\S+)/u.exec(out)?.[1]
    if (url === undefined) continue
    // What it says later must not fill the pipe.
    child.stdout.resume()
    return {
      url,
      log: () => err,
      stop: async () => {
        child.kill()
        if (child.exitCode === null) await once(child, 'exit')
        rmSync(folder, { recursive: true, force: true })
      },
    }
  }
  throw new Error(`Lectern did not start: ${err}`)
}
