import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Sandbox, startSandbox } from 'discord-sandbox'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { WebSocketServer } from 'ws'

const root = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'lectern-start-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Ended {
  readonly status: number | null
  readonly out: string
  readonly err: string
}

/** Runs an entry as its own process until it ends, or until it has said what is waited for. */
async function run(
  entry: string,
  args: string[],
  env: Record<string, string>,
  until?: RegExp,
): Promise<Ended> {
  const child = spawn('node', ['src/launch.js', `src/${entry}.ts`, ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], DATA_DIR: folder, LOG_LEVEL: 'warn', ...env },
  })
  const said = { out: '', err: '' }
  child.stdout.on('data', chunk => {
    said.out += String(chunk)
    if (until?.test(said.out)) child.kill()
  })
  child.stderr.on('data', chunk => {
    said.err += String(chunk)
    if (until?.test(said.err)) child.kill()
  })
  const [status] = await once(child, 'close')
  return { status, ...said }
}
const start = (env: Record<string, string>, until?: RegExp) => run('main', [], env, until)
const startLectern = (args: string[], env: Record<string, string> = {}) =>
  run('cli', args, { LOG_LEVEL: 'silent', ...env })

/** The lines that are no JSON of the log's. */
const messagesOf = ({ err }: Ended) => err.split('\n').filter(line => line !== '' && !line.startsWith('{'))

/** An API that answers every request alike, and a gateway that closes with a code once the bot has said who it is. */
async function discordThat(answer: { status?: number; code?: number }): Promise<string> {
  const server = createServer((_, response) => {
    const { port } = server.address() as AddressInfo
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' })
    const limit = { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 }
    const gateway = { url: `ws://127.0.0.1:${port}`, shards: 1, session_start_limit: limit }
    response.end(JSON.stringify({ ...gateway, id: applicationId }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  new WebSocketServer({ server }).on('connection', socket => {
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 41_250 } }))
    socket.on('message', () => socket.close(answer.code))
  })
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`
}
const applicationId = '1196378239795200000'
const token = `${Buffer.from(applicationId).toString('base64')}.abcdef.${'x'.repeat(38)}`

describe('a start that goes wrong', () => {
  it('on a Node without Temporal says what is needed', async () => {
    const child = spawn(process.execPath, ['--no-harmony-temporal', 'src/launch.js', 'src/main.ts'], {
      cwd: root,
    })
    let err = ''
    child.stderr.on('data', chunk => {
      err += String(chunk)
    })
    const [status] = await once(child, 'close')
    expect(err).toMatch(
      /^Lectern needs Node 26 or newer, with Temporal; this is Node [\d.]+ without it\. .+\n$/u,
    )
    expect(status).toBe(1)
  })

  it.each([
    [4004, 'Discord refuses the token in DISCORD_TOKEN (code 4004). Make a new one'],
    [4014, 'Discord does not allow this application the intents that Lectern uses (code 4014).'],
    [4013, 'Discord does not allow this application the intents that Lectern uses (code 4013).'],
  ])('with the gateway’s code %i says what to do in one line', async (code, text) => {
    const ended = await start({ DISCORD_TOKEN: token, DISCORD_API_URL: await discordThat({ code }) })
    expect(messagesOf(ended)).toEqual([expect.stringContaining(text)])
    expect(ended.status).toBe(1)
  })

  it('with a token that the API refuses names the variable', async () => {
    const ended = await start({ DISCORD_TOKEN: token, DISCORD_API_URL: await discordThat({ status: 401 }) })
    expect(messagesOf(ended)).toEqual([expect.stringContaining('DISCORD_TOKEN')])
    expect(ended.status).toBe(1)
  })

  it.each([
    ['that refuses', async () => 'http://127.0.0.1:9/api', '127.0.0.1:9: nothing listens there. Check'],
    ['that answers 500', () => discordThat({ status: 500 }), 'it answers with status 500. Check the network'],
  ])('with an API address %s says so while it tries again', async (_, address, text) => {
    const ended = await start({ DISCORD_TOKEN: token, DISCORD_API_URL: await address() }, /Trying again/u)
    expect(ended.err).toContain(text)
    expect(ended.err).not.toContain('    at ')
  })

  describe('in a server', () => {
    let sandbox: Sandbox
    beforeAll(async () => {
      sandbox = await startSandbox()
    })
    afterAll(() => sandbox.close())

    it('where the bot is not says which, and how to go on', async () => {
      const ended = await start({
        DISCORD_TOKEN: sandbox.token,
        DISCORD_API_URL: sandbox.apiUrl,
        DISCORD_GUILD_ID: '999999999999999999',
        // A database belongs to one application.
        DATA_DIR: join(folder, 'elsewhere'),
      })
      expect(messagesOf(ended)).toEqual([expect.stringContaining('not in the server 999999999999999999')])
      expect(ended.status).toBe(1)
    })
  })
})

describe('a start without a token', () => {
  it('never touches the lab’s database or its file', async () => {
    let reached = 0
    const database = createTcpServer(socket => {
      reached++
      socket.destroy()
    }).listen(0, '127.0.0.1')
    await once(database, 'listening')
    onTestFinished(() => void database.close())
    const data = join(folder, 'lab')
    mkdirSync(data)
    const lab = join(data, 'lectern.sqlite')
    writeFileSync(lab, 'a lab’s lists')
    const { port } = database.address() as AddressInfo
    const env = { DATABASE_URL: `postgres://lab@127.0.0.1:${port}/lab`, DATA_DIR: data, PORT: '0' }
    const ended = await start(env, /this is the sandbox/u)
    expect(ended.out).toContain('this is the sandbox')
    expect(ended.err).toContain('DATABASE_URL is not used')
    expect(reached).toBe(0)
    expect(readFileSync(lab, 'utf8')).toBe('a lab’s lists')
    expect(existsSync(join(data, 'sandbox.sqlite'))).toBe(true)
  })
})

describe('a stop', () => {
  it.each([
    ['twice', ['SIGTERM', 'SIGTERM']],
    ['by the terminal and by npm', ['SIGINT', 'SIGINT', 'SIGTERM']],
  ] as const)('that is asked for %s is one', async (_, signals) => {
    const env = { PATH: process.env['PATH'], DATA_DIR: join(folder, 'stopped'), PORT: '0', LOG_LEVEL: 'warn' }
    const child = spawn('node', ['src/launch.js', 'src/main.ts'], { cwd: root, env })
    let out = ''
    child.stdout.on('data', async chunk => {
      out += String(chunk)
      if (!String(chunk).includes('Ctrl+C stops it')) return
      await sleep(500)
      for (const signal of signals) {
        child.kill(signal)
        // Two of a kind that come at once are one by themselves.
        await sleep(20)
      }
    })
    const [status] = await once(child, 'close')
    expect(out).toContain('Lectern has stopped.')
    expect(status).toBe(0)
  })
})

describe('a corpus without a paper', () => {
  const empty = join(folder, 'empty.jsonl')
  const random = join(folder, 'random.jsonl')
  const nothing = join(folder, 'nothing')
  beforeAll(() => {
    writeFileSync(empty, '')
    writeFileSync(random, randomBytes(10_000))
    mkdirSync(nothing)
  })

  it.each([
    ['an empty file', empty],
    ['random bytes', random],
    ['an empty folder', nothing],
    ['a file that is not there', join(folder, 'gone.jsonl')],
  ])('%s ends the start with one line', async (_, corpus) => {
    for (const ended of [
      await start({ CORPUS: corpus }),
      await startLectern(['paper', 'kv'], { CORPUS: corpus }),
    ]) {
      expect(messagesOf(ended)).toEqual([expect.stringMatching(/CORPUS|There is no file or folder/u)])
      expect(ended.out).not.toContain('papers')
      expect(ended.status).toBeGreaterThan(0)
    }
  })
})

describe('the terminal command', () => {
  it('tells its version and its usage', async () => {
    expect(await startLectern(['--version'])).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/u),
    })
    for (const help of ['-h', '--help'])
      expect(await startLectern([help])).toMatchObject({ status: 0, out: expect.stringMatching(/^Usage/u) })
  })

  it.each([
    [['frobnicate', 'x'], "unknown command 'frobnicate'"],
    [['papr', 'x'], 'Did you mean paper?'],
    [['__proto__', 'x'], "unknown command '__proto__'"],
    [['paper'], "missing required argument 'query'"],
    [['paper', '  '], 'It is empty.'],
    [['--frobnicate'], "unknown option '--frobnicate'"],
    [['paper', 'cache', '--jsno'], 'Did you mean --json?'],
    [['paper', 'cache', '-sparse'], 'between quotation marks'],
    [['\u001b[31mred\u0007', 'x'], "unknown command 'red'"],
    [[], 'Usage'],
  ])('%j is told what is wrong', async (args, text) => {
    const ended = await startLectern(args)
    expect(ended.status).toBe(2)
    expect(ended.err).toContain(text)
    expect(ended.err).not.toContain('    at ')
    expect(ended.err).not.toContain('\u001b')
  })

  it('gives words without quotation marks as one text, and addresses as data', async () => {
    const ended = await startLectern(['paper', 'kv', 'cache', '--json'])
    const { paper, others } = JSON.parse(ended.out)
    expect(ended.status).toBe(0)
    expect(paper.links[0].url).toMatch(/^https:/u)
    for (const one of [paper, ...others]) expect(one.url ?? one.search).toMatch(/^https:/u)
    const quoted = await startLectern(['paper', 'kv cache', '--json'])
    expect(quoted.out).toBe(ended.out)
    expect((await startLectern(['paper', 'kv cache'])).out).not.toContain('\u001b')
  })

  const header = { lectern: 'backup', format: 1, migrations: ['0001-life-in-the-lab'], at: 1 }
  const hostile: Record<string, string | Buffer> = {
    empty: '',
    random: randomBytes(5_000),
    zeros: Buffer.alloc(5_000),
    array: '[]\n',
    null: 'null\nnull\n',
    'only a header': `${JSON.stringify(header)}\n`,
    prototype: `${JSON.stringify({ ...header, migrations: ['__proto__'] })}\n{"end":true}\n`,
    inherited: `${JSON.stringify({ ...header, migrations: ['toString'] })}\n{"end":true}\n`,
    'no such table': `${JSON.stringify(header)}\n["sqlite_master",{"a":1}]\n`,
    'a table of nothing': `${JSON.stringify(header)}\n["__proto__",{"__proto__":1}]\n`,
    deep: `${'['.repeat(100_000)}\n`,
    'a long line': 'x'.repeat(5_000_000),
    'a great number': `${JSON.stringify(header).replace('"at":1', '"at":1e400')}\n`,
  }
  it.each(Object.keys(hostile))('tells in one line why a file is no backup: %s', async name => {
    const file = join(folder, 'hostile.jsonl')
    writeFileSync(file, hostile[name] ?? '')
    const ended = await startLectern(['restore', file])
    expect([ended.status, messagesOf(ended).length], ended.err).toEqual([2, 1])
  })

  it('tells in one line that a folder is no backup', async () => {
    const ended = await startLectern(['restore', folder])
    expect([ended.status, messagesOf(ended).length], ended.err).toEqual([2, 1])
  })

  it('tells in one line that the database is damaged', async () => {
    const data = join(folder, 'damaged')
    mkdirSync(data)
    writeFileSync(join(data, 'sandbox.sqlite'), randomBytes(50_000))
    const ended = await startLectern(['backup', join(folder, 'out.jsonl')], { DATA_DIR: data })
    expect([ended.status, messagesOf(ended).length], ended.err).toEqual([2, 1])
  })
})
