import { expect, it } from 'vitest'
import { bibtexFormat } from '../../../src/corpus/formats/bibtex-reader.ts'
import { readWith } from '../bytes.ts'

const doubling = (levels: number) =>
  Array.from({ length: levels }, (_, i) => `@string{a${i + 1} = a${i} # a${i}}\n`).join('')

it('stand for what was defined, and for one another', async () => {
  const { papers, rejected } = await readWith(
    bibtexFormat,
    '@string{s = "Society"}\n@string{j = "Journal of the " # s}\n' +
      '@article{k, title = {Of j and s}, journal = J, year = 2020}\n',
  )
  expect(rejected).toEqual([])
  expect(papers.map(({ title, venue }) => [title, venue])).toEqual([['Of j and s', 'Journal of the Society']])
})

it('that double one another do not fill the memory, and the entries beside them are read', async () => {
  const { papers, rejected } = await readWith(
    bibtexFormat,
    `@string{a0 = "xxxxxxxxxx"}\n${doubling(60)}@article{k, title = a60, year = 2020}\n` +
      '@article{l, title = {Another}, year = 2021}\n',
  )
  expect(papers.map(({ title }) => title)).toContain('Another')
  expect(rejected.join('\n')).toContain('an abbreviation stands for more than 2000 characters')
})

it('that cannot be read take no entry with them that does not name them', async () => {
  const { papers, rejected } = await readWith(
    bibtexFormat,
    '@string{broken = }\n@article{k, title = {A title}, year = 2020}\n',
  )
  expect(papers).toHaveLength(1)
  expect(rejected).toEqual([])
})

it('are refused in an entry that repeats them without end', async () => {
  const { papers, rejected } = await readWith(
    bibtexFormat,
    `@string{a = "${'x'.repeat(1_000)}"}\n@article{k, title = ${'a # '.repeat(50)} a, year = 2020}\n`,
  )
  expect(papers).toEqual([])
  expect(rejected).toEqual(['2: its abbreviations make it too long'])
})

it('are parsed with the entries that name them alone, however many there are', async () => {
  const count = 4_000
  const strings = Array.from({ length: count }, (_, i) => `@string{j${i} = "Journal ${i}"}\n`).join('')
  const entries = Array.from(
    { length: count },
    (_, i) => `@article{k${i}, title = {T ${i}}, journal = j${i}}\n`,
  )
  const start = process.cpuUsage()
  const { papers } = await readWith(bibtexFormat, strings + entries.join(''))
  const { user } = process.cpuUsage(start)
  expect(papers.at(-1)?.venue).toBe(`Journal ${count - 1}`)
  // With all of them before each entry it is minutes: a budget against runaway work, not a speed.
  expect(user / 1_000).toBeLessThan(20_000)
}, 120_000)
