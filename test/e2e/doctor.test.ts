import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Sandbox, startSandbox } from 'discord-sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSqlite } from '../../src/store/open.ts'
import { dailyAt, weekdays } from '../fixtures/scheduler.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

interface Ran {
  readonly status: number
  readonly text: string
}

let sandbox: Sandbox
let folder: string
/** The sandbox's clock, ahead of the machine's by so much, in ms. */
let ahead = 0

beforeAll(async () => {
  sandbox = await startSandbox({ now: () => Date.now() + ahead })
  folder = mkdtempSync(join(tmpdir(), 'lectern-doctor-'))
})
afterAll(async () => {
  await sandbox.close()
  rmSync(folder, { recursive: true, force: true })
})

function lectern(args: string[], env: Record<string, string> = {}): Promise<Ran> {
  const all = {
    PATH: process.env['PATH'],
    DATA_DIR: folder,
    DISCORD_TOKEN: sandbox.token,
    DISCORD_API_URL: sandbox.apiUrl,
    LOG_LEVEL: 'silent',
    ...env,
  }
  return new Promise(resolve => {
    execFile(
      process.execPath,
      ['src/launch.js', 'src/cli.ts', ...args],
      { cwd: root, env: all },
      (error, out, err) => resolve({ status: error === null ? 0 : Number(error.code), text: out + err }),
    )
  })
}

describe('lectern deploy', () => {
  it('says what would change, changes it, and then nothing', async () => {
    const dry = await lectern(['deploy', '--dry-run'])
    expect(dry.text).toMatch(/Would be registered everywhere:\nadded: .*ask.*paper/u)
    expect([...sandbox.world.commands.values()].flat()).toEqual([])
    expect((await lectern(['deploy'])).text).toContain('Registered everywhere')
    expect((await lectern(['deploy'])).text).toMatch(/All \d+ commands are registered/u)
    expect((await lectern(['deploy', '--dry-run', '--json'])).text).toContain('"changed": []')
  })
})

describe('lectern doctor', () => {
  it('finds nothing wrong where nothing is', async () => {
    const { status, text } = await lectern(['doctor'])
    expect(text).not.toMatch(/^(?:warning|error)/mu)
    for (const subject of ['papers', 'database', 'disk', 'token', 'clock', 'commands', 'server Lab'])
      expect(text).toContain(`ok       ${subject}: `)
    expect(status).toBe(0)
  })

  it.each([
    [
      'a token that is refused',
      { DISCORD_TOKEN: `${'x'.repeat(60)}` },
      /error {4}Discord: .*refuses the token/u,
      1,
    ],
    [
      'an address where nothing listens',
      { DISCORD_API_URL: 'http://127.0.0.1:9/api' },
      /error {4}Discord: .*nothing listens/u,
      1,
    ],
    ['no token', { DISCORD_TOKEN: '' }, /warning {2}token: .*not set/u, 0],
    ['files that are not there', { CORPUS: '/nowhere/papers.jsonl' }, /error {4}papers: /u, 1],
    [
      'a database that does not answer',
      { DATABASE_URL: 'postgres://u:secret@127.0.0.1:9/x' },
      /error {4}database: /u,
      1,
    ],
    [
      'a model that is gone',
      { ANSWER_MODEL_URL: 'http://127.0.0.1:9/v1', ANSWER_MODEL: 'm' },
      /warning {2}model: m: /u,
      0,
    ],
  ] as [string, Record<string, string>, RegExp, number][])(
    'tells of %s',
    async (_, env, expected, status) => {
      const ran = await lectern(['doctor'], env)
      expect(ran.text).toMatch(expected)
      expect(ran.text).not.toContain('secret')
      expect(ran.status).toBe(status)
    },
  )

  it('tells of a damaged file, and of pieces that are no papers', async () => {
    const file = join(folder, 'papers.jsonl')
    writeFileSync(file, '{"title":"A title","abstract":"An abstract that is long enough."}\n{"title":\n')
    expect((await lectern(['doctor'], { CORPUS: file })).text).toMatch(
      /warning {2}papers: 1 in the files, and 1 pieces .*\n.*papers\.jsonl, line 2/u,
    )
    const damaged = mkdtempSync(join(tmpdir(), 'lectern-doctor-'))
    writeFileSync(join(damaged, 'lectern.sqlite'), 'this is no database, whatever its name says it is')
    const ran = await lectern(['doctor'], { DATA_DIR: damaged })
    expect(ran.text).toMatch(/error {4}database: /u)
    expect(ran.status).toBe(1)
    rmSync(damaged, { recursive: true })
  })

  it('tells of a clock that is wrong', async () => {
    ahead = 90_000
    expect((await lectern(['doctor'])).text).toMatch(/warning {2}clock: is (?:89|9\d) s behind Discord’s/u)
    ahead = 0
  })

  it('tells of a channel where its schedules cannot post', async () => {
    const store = await openSqlite(join(folder, 'lectern.sqlite'))
    const general = [...sandbox.world.channels.values()].find(({ name }) => name === 'general')
    const place = { guildId: general?.guildId ?? '', channelId: general?.id ?? '' }
    const timing = { hour: 9, minute: 0, zone: 'UTC', days: weekdays }
    await store.dailies.set({ ...dailyAt('d1', timing, Date.now(), place), createdAt: Date.now() })
    await store.dailies.set({
      ...dailyAt('d2', timing, Date.now(), { ...place, channelId: '123456789012345678' }),
      createdAt: Date.now(),
    })
    await store.close()
    sandbox.simulate({ kind: 'deny', channel: 'general', permissions: ['SendMessages'] })
    const { text, status } = await lectern(['doctor'])
    expect(text).toMatch(
      /warning {2}server Lab: a schedule posts to #general, where the bot lacks Send Messages/u,
    )
    expect(text).toContain('a channel that is gone')
    expect(status).toBe(0)
  })

  it('tells of commands that differ, and of no server', async () => {
    sandbox.world.commands.clear()
    for (const { id } of [...sandbox.world.guilds.values()])
      if (sandbox.world.guilds.get(id)?.members.has(sandbox.applicationId) === true)
        sandbox.simulate({ kind: 'remove-bot', guild: id })
    const { text } = await lectern(['doctor'])
    expect(text).toMatch(/warning {2}commands: \d+ differ/u)
    expect(text).toMatch(/warning {2}servers: the bot is in none\n +Add it to one: http/u)
  })
})
