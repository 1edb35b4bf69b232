import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** OpenSearch refuses to run as root; nobody's uid will do. */
const nobody = 65534
const isRoot = process.getuid?.() === 0
const home = join(tmpdir(), 'lectern-opensearch-2.19.1')
const oldestJava = 11
/** A node starts in 5 to 10 s, on a very busy machine in minutes. */
const startsWithin = 300_000

export const skipped = (process.env['LECTERN_TEST_SKIP'] ?? '').split(',').includes('opensearch')

/** Why there is no node to test with; undefined: there can be one. */
export function lacking(): string | undefined {
  if (skipped) return 'LECTERN_TEST_SKIP=opensearch'
  if (process.env['TEST_SEARCH_URL'] !== undefined) return undefined
  const missing = ['java', 'mvn'].filter(command => !isThere(command))
  if (missing.length > 0 && (!existsSync(home) || missing.includes('java')))
    return `there is no ${missing.join(' and no ')} here`
  const { stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' })
  const [, version = '0'] = /version "(\d+)/u.exec(stderr) ?? []
  return Number(version) < oldestJava ? `it needs Java ${oldestJava}, and this is another` : undefined
}

const isThere = (command: string): boolean => spawnSync(command, ['-version']).status === 0

export interface Node {
  readonly url: string
  /** Kills it as a crash would. */
  kill(): Promise<void>
  /** Stops it where it is, so that it takes connections and answers none; true: lets it go on. */
  pause(goesOn: boolean): void
  /** Starts it again on its data. */
  start(): Promise<void>
  stop(): Promise<void>
}

/** A free port on loopback. */
export async function freePort(): Promise<number> {
  const server = net.createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Lays a node's program out where it is not yet, some 20 s. */
export function install(): void {
  if (existsSync(home)) return
  const made = mkdtempSync(join(tmpdir(), 'lectern-opensearch-'))
  chmodSync(made, 0o755)
  const log = join(made, 'install.log')
  try {
    execFileSync('bash', [resolve(import.meta.dirname, 'install-node.sh'), join(made, 'home')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    // Of two that install at once the first one stays.
    if (!existsSync(home)) renameSync(join(made, 'home'), home)
  } catch (error) {
    throw new Error(`OpenSearch could not be installed: ${String(error)}`, { cause: error })
  } finally {
    rmSync(log, { force: true })
    rmSync(made, { recursive: true, force: true })
  }
}

interface NodeOptions {
  readonly name?: string
  readonly port?: number
  readonly transport?: number
  /** Lines of its configuration. */
  readonly more?: string
  readonly heap?: string
}

/** A real OpenSearch node of this machine with data of its own. */
export async function startNode(options: NodeOptions = {}): Promise<Node> {
  install()
  const port = options.port ?? (await freePort())
  const transport = options.transport ?? (await freePort())
  const folder = mkdtempSync(join(tmpdir(), 'lectern-opensearch-node-'))
  layOut(folder, { ...options, port, transport })
  const url = `http://127.0.0.1:${port}`
  let child: ChildProcess | undefined
  const start = async () => {
    const running = launch(folder, options.heap ?? '512m')
    child = running
    // Whoever is killed leaves no node behind.
    process.once('exit', () => running.kill('SIGKILL'))
    await untilReady(url, running, folder)
  }
  const end = async (signal: NodeJS.Signals) => {
    const running = child
    child = undefined
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return
    running.kill(signal)
    await once(running, 'exit')
  }
  await start()
  return {
    url,
    start,
    kill: () => end('SIGKILL'),
    pause: goesOn => void child?.kill(goesOn ? 'SIGCONT' : 'SIGSTOP'),
    async stop() {
      await end('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function layOut(
  folder: string,
  { name = 'n1', port, transport, more = 'discovery.type: single-node' }: NodeOptions,
): void {
  const folders = ['config', 'data', 'logs', 'tmp'].map(part => join(folder, part))
  for (const one of folders) mkdirSync(one)
  const config = join(folder, 'config')
  writeFileSync(
    join(config, 'opensearch.yml'),
    [
      'cluster.name: lectern-test',
      `node.name: ${name}`,
      `path.data: ${join(folder, 'data')}`,
      `path.logs: ${join(folder, 'logs')}`,
      'network.host: 127.0.0.1',
      `http.port: ${port}`,
      `transport.port: ${transport}`,
      // A test's papers take no room, however full the disk is.
      'cluster.routing.allocation.disk.threshold_enabled: false',
      more,
      '',
    ].join('\n'),
  )
  writeFileSync(
    join(config, 'log4j2.properties'),
    [
      'status=error',
      'appender.console.type=Console',
      'appender.console.name=console',
      'appender.console.layout.type=PatternLayout',
      'appender.console.layout.pattern=[%d{ISO8601}][%-5p][%-25c{1.}] %m%n',
      'rootLogger.level=warn',
      'rootLogger.appenderRef.console.ref=console',
      '',
    ].join('\n'),
  )
  chmodSync(folder, 0o755)
  if (isRoot)
    for (const one of [folder, ...folders, join(config, 'opensearch.yml'), join(config, 'log4j2.properties')])
      chownSync(one, nobody, nobody)
}

function launch(folder: string, heap: string): ChildProcess {
  const temporary = join(folder, 'tmp')
  const options = [
    `-Xms${heap}`,
    `-Xmx${heap}`,
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    '-XX:+ExitOnOutOfMemoryError',
    `-Djava.io.tmpdir=${temporary}`,
    `-Djna.tmpdir=${temporary}`,
    '-Dfile.encoding=UTF-8',
    '-Djava.security.manager=allow',
    '-Dlog4j2.disable.jmx=true',
    '-Dlog4j.shutdownHookEnabled=false',
    '-Dio.netty.noUnsafe=true',
    '-Dio.netty.noKeySetOptimization=true',
    `-Dopensearch.path.home=${home}`,
    `-Dopensearch.path.conf=${join(folder, 'config')}`,
    '-Dopensearch.distribution.type=tar',
  ]
  const out = openSync(join(folder, 'out.log'), 'a')
  return spawn('java', [...options, '-cp', `${home}/lib/*`, 'org.opensearch.bootstrap.OpenSearch'], {
    env: { PATH: process.env['PATH'], HOME: temporary },
    cwd: folder,
    stdio: ['ignore', out, out],
    ...(isRoot ? { uid: nobody, gid: nobody } : {}),
  })
}

async function untilReady(url: string, running: ChildProcess, folder: string): Promise<void> {
  const until = Date.now() + startsWithin
  while (Date.now() < until) {
    if (running.exitCode !== null || running.signalCode !== null) break
    const answer = await fetch(`${url}/_cluster/health?wait_for_status=yellow&timeout=2s`, {
      signal: AbortSignal.timeout(5_000),
    }).catch(() => undefined)
    if (answer?.ok === true) return
    await sleep(250)
  }
  running.kill('SIGKILL')
  throw new Error(`OpenSearch did not start: ${logOf(folder)}`)
}

function logOf(folder: string): string {
  try {
    return readFileSync(join(folder, 'out.log'), 'utf8').slice(-2_000)
  } catch {
    return `it left no log in ${folder}`
  }
}
