import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ScheduledBot, startScheduledBot } from '../fixtures/scheduled-bot.ts'

const corpus = mkdtempSync(join(tmpdir(), 'lectern-corpus-'))
const write = (name: string, ...papers: readonly object[]) =>
  writeFileSync(join(corpus, `${name}.jsonl`), papers.map(paper => JSON.stringify(paper)).join('\n'))

const about = (id: string, words: string, more: object = {}) => ({
  id,
  title: `Zorblax ${words} for penguins of the far south`,
  abstract: `We study zorblax ${words} for penguins.`,
  ...more,
})

let scheduled: ScheduledBot
beforeAll(async () => {
  write('first', {
    id: 'f0',
    title: 'Quibblefrost in nests',
    abstract: 'Quibblefrost is a frost that quibbles.',
  })
  scheduled = await startScheduledBot('2027-03-01T06:10:00Z', { env: { CORPUS: corpus } })
  await person('ada').slash('general', 'daily set', {
    channel: channel('papers'),
    time: '10:00',
    timezone: 'UTC',
    topic: 'zorblax',
  })
  await person('emmy').slash('general', 'follow add', { topic: 'zorblax', hour: 8, timezone: 'UTC' })
})
afterAll(async () => {
  expect(scheduled.bot.log.filter(line => line.level >= 50)).toEqual([])
  await scheduled.bot.close()
  rmSync(corpus, { recursive: true, force: true })
})
const person = (who: string) => scheduled.bot.sandbox.person(who)
const channel = (called: string) =>
  [...scheduled.bot.sandbox.world.channels.values()].find(one => one.name === called)?.id ?? ''
const told = (who: string, where: string) =>
  person(who)
    .messages(where)
    .flatMap(({ embeds }) => embeds.flatMap(({ title }) => title ?? []))
    .filter(title => title.startsWith('Zorblax'))
    .map(title => title.split(' ')[1])
const both = () => [told('ada', 'papers'), told('emmy', 'dm')]

it('what was posted comes no more when it has become part of an older paper', async () => {
  await scheduled.arrive([{ id: 'a0', title: 'Lampsticks', abstract: 'On lampsticks.', doi: '10.1234/lamp' }])
  await scheduled.arrive([about('b0', 'lanterns', { arxiv: '2401.00001' })])
  await scheduled.until('2027-03-02T10:30:00Z')
  expect(both()).toEqual([['lanterns'], ['lanterns']])
  await scheduled.arrive([about('c0', 'lanterns', { arxiv: '2401.00001', doi: '10.1234/lamp' })])
  expect(scheduled.bot.libraries.of(undefined).search.get('a0')?.title).toContain('Zorblax lanterns')
  await scheduled.until('2027-03-04T10:30:00Z')
  expect(both()).toEqual([['lanterns'], ['lanterns']])
})

it('nor when a file has it after the next start, under a name of its own', async () => {
  await scheduled.arrive([about('a1', 'kites', { arxiv: '2401.00002' })])
  await scheduled.until('2027-03-05T10:30:00Z')
  const posted = [
    ['lanterns', 'kites'],
    ['lanterns', 'kites'],
  ]
  expect(both()).toEqual(posted)
  await scheduled.bot.restart(async () => {
    write('second', about('lovelace2027', 'kites', { arxiv: '2401.00002' }))
  })
  await scheduled.until('2027-03-07T10:30:00Z')
  expect(both()).toEqual(posted)
})

it('a paper that is followed is followed on under its other name', async () => {
  const near = (id: string, words: string, more = {}) => ({
    id,
    title: `Murmelfink ${words} in alpine meadows`,
    abstract: `The murmelfink sings. We record murmelfink ${words} in alpine meadows.`,
    ...more,
  })
  await scheduled.arrive([near('m0', 'songs', { arxiv: '2401.00003' })])
  await person('grace').slash('general', 'follow add', { topic: 'paper:m0', hour: 8, timezone: 'UTC' })
  const topics = (await scheduled.bot.store.follows.list(person('grace').person.user.id)).map(
    one => one.topic,
  )
  expect(topics).toEqual([{ paperId: 'm0' }])
  await scheduled.bot.restart(async () => {
    write('third', near('fink2027', 'songs', { arxiv: '2401.00003' }))
  })
  await scheduled.arrive([near('m1', 'dialects')])
  await scheduled.until('2027-03-08T10:30:00Z')
  expect(JSON.stringify(person('grace').messages('dm'))).toContain('Murmelfink dialects')
})

it('nor does a server’s own paper when everybody gets it under another id, before and after a restart', async () => {
  const lab = scheduled.bot.sandbox.guild('Lab').id
  await scheduled.arrive([about('own1', 'igloos', { doi: '10.1234/igloos' })], lab)
  await scheduled.arrive([about('own2', 'skates')], lab)
  await scheduled.until('2027-03-11T10:30:00Z')
  const [before, followed] = both()
  expect(before?.slice(2).toSorted()).toEqual(['igloos', 'skates'])
  await scheduled.arrive([
    about('2401.00007', 'igloos', { doi: '10.1234/igloos', arxiv: '2401.00007' }),
    about('skates2027', 'skates'),
  ])
  await scheduled.until('2027-03-13T10:30:00Z')
  expect(told('ada', 'papers')).toEqual(before)
  await scheduled.bot.restart(async () => {})
  await scheduled.until('2027-03-16T10:30:00Z')
  expect(told('ada', 'papers')).toEqual(before)
  expect(told('emmy', 'dm').toSorted()).toEqual(
    [...new Set([...(followed ?? []), 'igloos', 'skates'])].toSorted(),
  )
})
