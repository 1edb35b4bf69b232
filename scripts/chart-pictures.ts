import { writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { choiceOf } from '../src/bot/options.ts'
import { messageOf } from '../src/errors.ts'
import { type Bot, startBot } from '../test/fixtures/bot-in-sandbox.ts'
import { type ManualClock, manualClock } from '../test/fixtures/moved-clock.ts'
import { settled } from '../test/fixtures/scheduled-bot.ts'

/*
 * Takes the pictures of docs/charts.md anew, those whose names are given or both: the bot in its sandbox draws them.
 */
const weeks = 26
const day = 24 * 60 * 60_000

const channelOf = (bot: Bot, name: string) =>
  [...bot.sandbox.world.channels.values()].find(one => one.name === name)?.id ?? ''

/** Whatever waits for its turn meanwhile gets the moment that it waits for. */
async function meanwhile<T>(clock: ManualClock, work: Promise<T> | undefined): Promise<T | undefined> {
  let isOver = false
  work?.then(
    () => {
      isOver = true
    },
    () => {
      isOver = true
    },
  )
  // It is acknowledged first: an interaction that is not within three seconds fails.
  for (let waits = 0; work !== undefined && !isOver; waits++) {
    await sleep(50)
    const next = clock.next()
    if (waits > 20 && next !== undefined && next < clock.now() + 60_000) clock.moveTo(next)
  }
  return work
}

/** What people do after the pick of a working day, from 0 for Monday. */
async function afterPick(bot: Bot, clock: ManualClock, week: number, weekday: number): Promise<void> {
  const [ada, grace, alan] = ['ada', 'grace', 'alan'].map(name => bot.sandbox.person(name))
  const channel = channelOf(bot, 'papers')
  const pick = ada
    ?.messages(channel)
    .findLast(
      ({ author, content, components }) =>
        author.bot && content.startsWith('**Pick') && JSON.stringify(components).includes('"Useful"'),
    )
  const { papers } = bot.libraries.of(undefined).search
  const shared = papers[(week * 7 + weekday * 3) % papers.length]
  const paper = choiceOf(shared?.id ?? '')
  if (weekday === 0 || (weekday === 2 && week % 3 === 0))
    await meanwhile(clock, ada?.slash('general', 'share', { paper, channel }))
  if (weekday === 3 && week % 4 !== 1)
    await meanwhile(clock, grace?.slash('general', 'share', { paper, channel }))
  if (pick === undefined) return
  if ((week + weekday) % 2 === 0) await meanwhile(clock, grace?.tap(pick, 'Useful'))
  if (weekday === 4 && (week + weekday) % 2 > 0) await meanwhile(clock, alan?.tap(pick, 'Useful'))
}

type Answer = Awaited<ReturnType<ReturnType<Bot['sandbox']['person']>['slash']>>

/**
 * Half a year of a moved clock, in which the bot posts its daily picks and people share papers and vote. Its papers are those that
 * ship, and the tests' samples of every format, which have dates.
 */
async function stats(): Promise<void> {
  const monday = Date.parse('2026-06-01T00:00:00Z')
  const clock = manualClock(monday)
  const env = { CORPUS: 'corpus,test/corpus/formats/samples' }
  const bot = await startBot({ now: clock.now, clock, env })
  const ada = bot.sandbox.person('ada')
  const channel = channelOf(bot, 'papers')
  await ada.slash('general', 'daily set', { channel, time: '09:00', timezone: 'UTC', days: '12345' })
  for (let week = 0; week < weeks; week++)
    for (const weekday of [0, 1, 2, 3, 4]) {
      clock.moveTo(monday + (7 * week + weekday) * day + 9.5 * 60 * 60_000)
      await bot.connection.picks.round()
      await settled(bot, clock)
      // On a busy machine one may be too late, as in life.
      await afterPick(bot, clock, week, weekday).catch(error => process.stderr.write(`${messageOf(error)}\n`))
    }
  const reply = await ada.slash('general', 'stats', { theme: 'light' })
  await keep(reply, 'docs/stats.png')
  await bot.close()
}

/** The papers that ship. */
async function map(): Promise<void> {
  const bot = await startBot()
  await keep(await bot.sandbox.person('ada').slash('general', 'map', { theme: 'light' }), 'docs/map.png')
  await bot.close()
}

async function keep({ content, message }: Answer, file: string): Promise<void> {
  const [shown] = message.attachments
  if (shown === undefined) throw new Error(`no picture: ${content}`)
  const response = await fetch(shown.url)
  await writeFile(file, Buffer.from(await response.arrayBuffer()))
  process.stdout.write(`${file} is new: ${shown.description}\n`)
}

const wanted = process.argv.slice(2)
if (wanted.length === 0 || wanted.includes('map')) await map()
if (wanted.length === 0 || wanted.includes('stats')) await stats()
