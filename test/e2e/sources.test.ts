import { execFile } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { MessageView } from 'discord-sandbox'
import { expect, it, onTestFinished } from 'vitest'
import { type Bot, startBot } from '../fixtures/bot-in-sandbox.ts'
import { type ManualClock, manualClock } from '../fixtures/moved-clock.ts'
import { startArxiv } from '../sources/arxiv-world.ts'

const minute = 60_000

/**
 * Lets deliveries and syncs end. Those that wait for their turn get the moment they wait for; time must not pass
 * otherwise, or a slow machine lets leases run out. Only a pause after a failed request takes longer.
 */
async function settled(bot: Bot, clock: ManualClock): Promise<void> {
  for (let waits = 1; ; waits++) {
    const idle = bot.connection.picks.idle().then(() => true)
    if (await Promise.race([idle, sleep(10, false)])) return
    const next = clock.next()
    if (next !== undefined && next < clock.now() + (waits % 100 === 0 ? minute : 3_000)) clock.moveTo(next)
  }
}

async function until(bot: Bot, clock: ManualClock, at: string): Promise<void> {
  while (clock.now() < Date.parse(at)) {
    clock.moveTo(Math.min(clock.now() + 30 * minute, Date.parse(at)))
    await bot.connection.picks.round()
    await settled(bot, clock)
  }
}

const titles = (messages: readonly MessageView[]): string[] =>
  messages
    .filter(message => message.author.bot)
    .flatMap(message => message.embeds.map(embed => embed.title ?? ''))

/** As the operator does it: everybody's papers come from it. */
async function byTerminal(bot: Bot, env: Record<string, string>): Promise<void> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['src/cli.ts', 'source', 'add', 'arxiv', 'cs.CL'],
    { env: { ...process.env, ...env, DATA_DIR: bot.folder, LOG_LEVEL: 'silent' } },
  )
  expect(stdout).toContain('Added arxiv cs.CL.')
}

/** As who manages a server does it: its papers are that server's. */
async function byCommand(bot: Bot): Promise<void> {
  const said = await bot.sandbox
    .person('ada')
    .slash('general', 'sources add', { kind: 'arxiv', what: 'cs.CL' })
  expect(said.content).toContain('Added **arxiv cs.CL**.')
}

it.each([
  { by: 'the terminal', add: byTerminal, isShared: true },
  { by: '/sources', add: byCommand, isShared: false },
])(
  'brings a new paper from a source that was added by $by to a pick and to a follow, once each',
  {
    timeout: 120_000,
  },
  async ({ add, isShared }) => {
    const clock = manualClock(Date.parse('2030-11-18T12:00:00Z'))
    const world = await startArxiv(clock.now)
    onTestFinished(world.close)
    const old = { title: 'Glymphatic flow in resting zebrafish', abstract: 'We watch resting zebrafish.' }
    const fresh = {
      title: 'A glymphatic atlas of zebrafish',
      abstract: 'We map glymphatic flow in zebrafish.',
    }
    world.paper('3011.00001', old)
    world.paper('3011.10001', fresh)
    world.announce('cs.CL', '2030-11-18', [['new', '3011.00001']])
    world.announce('cs.CL', '2030-11-19', [['new', '3011.00002']])
    world.announce('cs.CL', '2030-11-20', [['new', '3011.10001']])
    world.announce('cs.CL', '2030-11-21', [
      ['new', '3011.20001'],
      ['replacement', '3011.10001'],
    ])
    const env = { ARXIV_URL: world.url, ARXIV_RSS_URL: `${world.url}/rss` }
    const bot = await startBot({ now: clock.now, clock, env })
    onTestFinished(bot.close)
    const ada = bot.sandbox.person('ada')
    const found = (title: string) =>
      expect
        .poll(async () => (await ada.slash('general', 'paper', { query: title })).embeds[0]?.title, {
          timeout: 30_000,
        })
        .toBe(title)
    const papers = [...bot.sandbox.world.channels.values()].find(one => one.name === 'papers')!.id

    await add(bot, env)
    await until(bot, clock, '2030-11-18T13:00:00Z')
    const list = async () => (await ada.slash('general', 'sources list')).embeds[0]?.description
    expect(await list()).toContain('**fresh**')
    expect((await list())?.includes('for all servers')).toBe(isShared)
    await found(old.title)

    const topic = 'glymphatic zebrafish'
    await ada.slash('general', 'follow add', { topic, hour: 9, timezone: 'UTC' })
    await ada.slash('general', 'daily set', { channel: papers, time: '10:00', timezone: 'UTC', topic })
    // What was there at first is known: the first digest and the first pick may show it, as the rest of the library.
    await until(bot, clock, '2030-11-19T12:00:00Z')
    await expect.poll(() => titles(ada.messages('dm'))).toEqual([old.title])
    expect(titles(ada.messages(papers)).filter(title => title.includes('lymphatic'))).toEqual([old.title])

    await until(bot, clock, '2030-11-20T02:00:00Z')
    await found(fresh.title)
    await until(bot, clock, '2030-11-22T12:00:00Z')
    await expect.poll(() => titles(ada.messages('dm'))).toEqual([old.title, fresh.title])
    expect(titles(ada.messages(papers)).filter(title => title.includes('lymphatic'))).toEqual([
      old.title,
      fresh.title,
    ])
    expect(await list()).toContain('Friday 22 November has not come out')
    // Another server has the papers of everybody's sources alone.
    const mallory = bot.sandbox.person('mallory')
    const next = mallory.overview().guilds.find(guild => guild.name !== 'Lab')
    const door = next?.channels.find(one => one.type === 0)?.id ?? ''
    const there = await mallory.slash(door, 'paper', { query: fresh.title })
    expect(there.embeds[0]?.title === fresh.title).toBe(isShared)
    expect(bot.sandbox.refused).toEqual([])
  },
)
