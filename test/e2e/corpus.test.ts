import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Bot, startBot } from '../fixtures/bot-in-sandbox.ts'

const bibtex = `@article{zorblax, title = {Zorblax: catapults for penguins}, author = {Lovelace, Ada},
  year = {2024}, abstract = {We propose Zorblax, a catapult for penguins. It throws a penguin over 40 metres of ice.}}
@article{quibble, title = {Quibblefrost in polar nests}, abstract = {Quibblefrost is a frost that quibbles. We measure it.}}`
const file = (text: string, name = 'refs.bib') => ({ name, base64: Buffer.from(text).toString('base64') })

let bot: Bot

beforeAll(async () => {
  bot = await startBot({ env: { SERVER_PAPERS: '4' } })
})
afterAll(async () => {
  expect(bot.sandbox.refused).toEqual([])
  expect(bot.log.filter(line => line.level >= 50)).toEqual([])
  await bot.close()
})

const ada = () => bot.sandbox.person('ada')
const corpus = (what: string, options = {}) => ada().slash('general', `corpus ${what}`, options)
const titleOf = async (query: string, person = ada(), channel = 'general') =>
  JSON.stringify((await person.slash(channel, 'paper', { query })).embeds)

it('adds an attached file to this server alone, at once', async () => {
  expect((await corpus('status')).content).toContain('no papers of its own')
  const reply = await corpus('add', { file: file(bibtex) })
  expect(reply.content).toContain('Added 2 papers')
  expect(reply.ephemeral).toBe(true)
  expect(await titleOf('Zorblax')).toContain('catapults for penguins')
  expect(await titleOf('Zorblax', ada(), 'dm')).not.toContain('We propose')
  const { content } = await corpus('status')
  expect(content).toContain('2 papers of its own, of at most 4')
  expect(content).toContain('refs.bib: 2')
})

it('knows a paper again', async () => {
  expect((await corpus('add', { file: file(bibtex) })).content).toMatch(
    /Added 0 papers.*\n2 papers were known/u,
  )
})

it('takes pasted references, and says what is wrong with the rest', async () => {
  const form = await corpus('add')
  const done = await form.submit({
    references: '{"title":"Murmelfink songs","abstract":"Songs of the murmelfink."}\n{"title":',
  })
  expect(done.content).toContain('Added 1 paper,')
  expect(done.content).toMatch(/1 entries are not a sound paper:\n- line 2/u)
  expect(await titleOf('Murmelfink')).toContain('Murmelfink songs')
})

it('keeps to the limit of a server', async () => {
  const lines = [1, 2, 3].map(n =>
    JSON.stringify({ title: `Flimmerquark number ${n} of many`, abstract: `Flimmerquark ${n}.` }),
  )
  const reply = await corpus('add', { file: file(lines.join('\n'), 'more.jsonl') })
  expect(reply.content).toContain('Added 1 paper,')
  expect(reply.content).toContain('2 papers found no room: a server can have 4')
})

it.each([
  ['http://127.0.0.1:1/refs.bib', /./u],
  ['http://169.254.169.254/latest/meta-data', /./u],
  ['http://[::1]/x', /./u],
  ['file:///etc/passwd', /begins with http/u],
  ['not an address', /begins with http/u],
])('does not read %s', async (address, words) => {
  const { content } = await corpus('add', { address })
  expect(content).toMatch(words)
  expect(content).not.toMatch(/Added|Incident/u)
})

it.each([
  ['an empty file', file('')],
  [
    'random bytes',
    file(Buffer.from(Array.from({ length: 500 }, (_, i) => (i * 73) % 256)).toString('latin1'), 'x.bin'),
  ],
])('answers %s in words', async (_, attached) => {
  const { content } = await corpus('add', { file: attached })
  expect(content).not.toContain('Incident')
  expect(content.length).toBeGreaterThan(10)
})

it('is for who manages the server', async () => {
  expect(
    bot.sandbox
      .person('alan')
      .commands('general')
      .map(({ name }) => name),
  ).not.toContain('corpus')
})

it('takes out what came from a file with a long name', async () => {
  const name = `${'all-that-we-read-in-the-journal-club-'.repeat(4)}.bib`
  const text = '@article{x, title = {Plumbinax of the deep sea}, abstract = {Plumbinax dives.}}'
  await corpus('remove', { source: 'more.jsonl' })
  expect((await corpus('add', { file: file(text, name) })).content).toContain('Added 1 paper,')
  const choices = await ada().suggest('general', 'corpus remove', 'source', 'journal-club')
  const [choice] = choices ?? []
  expect((await corpus('remove', { source: choice?.value })).content).toContain('1 paper is taken out')
  await corpus('add', {
    file: file('{"title":"Flimmerquark number 1 of many","abstract":"F."}', 'more.jsonl'),
  })
})

it('takes out what came from one place, or everything', async () => {
  const choices = await ada().suggest('general', 'corpus remove', 'source', 'refs')
  expect(choices?.map(({ value }) => value)).toEqual(['refs.bib'])
  expect((await corpus('remove', { source: 'refs.bib' })).content).toContain('2 papers are taken out')
  expect(await titleOf('Zorblax')).not.toContain('We propose')
  expect((await corpus('remove', { source: 'nowhere.bib' })).content).toContain('no papers from there')
  expect((await corpus('remove', { source: 'everything' })).content).toContain('2 papers are taken out')
  expect((await corpus('status')).content).toContain('no papers of its own')
})
