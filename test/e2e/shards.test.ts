import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Sandbox, startSandbox } from 'discord-sandbox'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { recommendedShards } from '../../src/discord/shards.ts'
import { openSqlite } from '../../src/store/open.ts'
import { dailiesDueNow } from '../fixtures/dailies-due-now.ts'

const root = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'lectern-shards-'))

interface Started {
  readonly child: ChildProcess
  /** All that it and its shards have said. */
  readonly said: () => string
  untilSaid(text: RegExp): Promise<void>
}

/** `npm start` on the sandbox. */
function start(sandbox: Sandbox, env: Record<string, string> = {}): Started {
  const child = spawn(process.execPath, ['src/launch.js', 'src/main.ts'], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      DISCORD_TOKEN: sandbox.token,
      DISCORD_API_URL: sandbox.apiUrl,
      DATA_DIR: folder,
      LOG_LEVEL: 'info',
      ...env,
    },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      said += String(chunk)
    })
  return {
    child,
    said: () => said,
    async untilSaid(text) {
      while (!text.test(said)) {
        if (child.exitCode !== null) throw new Error(`it ended: ${said}`)
        await sleep(50)
      }
    },
  }
}

const shardsOf = ({ child }: Started): number[] =>
  execFileSync('pgrep', ['-P', String(child.pid)], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(Number)

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const shardOf = (guildId: string): number => Number((BigInt(guildId) >> 22n) % 2n)

/** A server on each of two shards; their ids tell when they were made. */
async function guildsOnBoth(sandbox: Sandbox) {
  const found = new Map<number, string>()
  for (let i = 0; found.size < 2; i++) {
    const { id } = sandbox.addGuild(`server ${i}`, 'ada')
    if (!found.has(shardOf(id))) found.set(shardOf(id), id)
    await sleep(1)
  }
  return [0, 1].map(shard => {
    const id = found.get(shard) ?? ''
    const channel = [...sandbox.world.channels.values()].find(({ guildId }) => guildId === id)?.id ?? ''
    return { id, channel }
  })
}

describe('how many shards there are', () => {
  it.each([
    [1, 1],
    [2, 1],
    [3, 3],
    [16, 16],
  ])('when Discord recommends %i is %i', async (recommended, count) => {
    const sandbox = await startSandbox({ recommendedShards: recommended })
    onTestFinished(() => sandbox.close())
    const address = { apiUrl: sandbox.apiUrl, token: sandbox.token, guildId: undefined }
    expect(await recommendedShards(address, pino({ enabled: false }))).toBe(count)
  })

  it('cannot be asked with a token that Discord refuses', async () => {
    const sandbox = await startSandbox()
    onTestFinished(() => sandbox.close())
    const address = { apiUrl: sandbox.apiUrl, token: `${sandbox.token}x`, guildId: undefined }
    await expect(recommendedShards(address, pino({ enabled: false }))).rejects.toThrow('DISCORD_TOKEN')
  })
})

describe('two shards on one file', () => {
  let sandbox: Sandbox
  let bot: Started
  let servers: { id: string; channel: string }[]
  beforeAll(async () => {
    sandbox = await startSandbox({ botName: 'Lectern', recommendedShards: 2 })
    servers = await guildsOnBoth(sandbox)
    bot = start(sandbox, { SHARDS: '2' })
    await bot.untilSaid(/2 shards are running/u)
  })
  afterAll(async () => {
    bot.child.kill('SIGKILL')
    await sandbox.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const ask = async (shard: number) =>
    (await sandbox.person('ada').slash(servers[shard]?.channel ?? '', 'paper', { query: 'kv cache' })).state

  it('answers in the servers of both, and registers the commands once', async () => {
    expect(await Promise.all([0, 1].map(ask))).toEqual(['replied', 'replied'])
    const registered = sandbox.requests.filter(
      ({ method, path }) => method === 'PUT' && path.endsWith('/commands'),
    )
    expect(registered).toHaveLength(1)
  })

  it('loses no pick and posts none twice when one is killed, and starts it again', async () => {
    const store = await openSqlite(join(folder, 'lectern.sqlite'))
    const posted = await dailiesDueNow(
      store,
      sandbox,
      servers.map(({ id }) => id),
      8,
    )
    await store.close()
    while (posted().every(count => count === 0)) await sleep(20)
    const [first = 0] = shardsOf(bot)
    process.kill(first, 'SIGKILL')
    const others = []
    for (let i = 0; i < 20; i++) {
      others.push(ask(1))
      await sleep(50)
    }
    expect(await Promise.all(others)).toEqual(others.map(() => 'replied'))
    await bot.untilSaid(/the shard is back/u)
    expect(bot.said()).toMatch(/"shard":0,[^\n]*"a shard ended/u)
    expect(await ask(0)).toBe('replied')
    // What the killed process had claimed is free when its lease of a minute has run out.
    const until = Date.now() + 100_000
    while (posted().some(count => count === 0) && Date.now() < until) await sleep(100)
    await sleep(1_000)
    expect(posted()).toEqual(Array.from({ length: 16 }, () => 1))
    expect(sandbox.refused).toEqual([])
  }, 180_000)

  it('stops with all its shards', async () => {
    const shards = shardsOf(bot)
    expect(shards).toHaveLength(2)
    bot.child.kill('SIGTERM')
    const [status] = await once(bot.child, 'exit')
    expect(status).toBe(0)
    expect(shards.filter(isAlive)).toEqual([])
    expect(bot.said().match(/Lectern has stopped/gu)).toHaveLength(3)
  })

  it('ends its shards however it ends itself', async () => {
    bot = start(sandbox, { SHARDS: '2' })
    await bot.untilSaid(/2 shards are running/u)
    const shards = shardsOf(bot)
    bot.child.kill('SIGKILL')
    await once(bot.child, 'exit')
    const until = Date.now() + 20_000
    while (shards.some(isAlive) && Date.now() < until) await sleep(50)
    expect(shards.filter(isAlive)).toEqual([])
  })

  it('stops when a shard cannot be started, which says why', async () => {
    bot = start(sandbox, { SHARDS: '2', CORPUS: join(folder, 'none') })
    const [status] = await once(bot.child, 'exit')
    expect(status).toBe(1)
    expect(bot.said()).toContain('There is no file or folder')
    expect(bot.said()).toContain('Shard 0 could not be started.')
  })
})
