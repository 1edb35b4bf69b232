import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportPapers } from '../../../src/corpus/export.ts'
import type { Paper } from '../../../src/corpus/paper.ts'
import { readCorpus } from '../../../src/corpus/read.ts'
import { readable } from '../../../src/corpus/readable.ts'
import { risOf } from '../../../src/corpus/ris.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'round-'))
})
afterAll(() => rm(folder, { recursive: true }))

const word = fc.constantFrom(
  'Bees', 'and', 'phones', 'of', 'CO$_2$', 'Erdős', 'Łódź', 'naïve', 'H$\\alpha$', 'R&D', '50%', '"quoted"', "it's",
  'a_b', 'C#', 'x < y', '日本語', 'α-helix', 'US$5', '~3', 'A*', '=SUM(A1)', '{braces}', '10^{-3}', 'mRNA', '—', 'and/or',
) // biome-ignore format: one line of words a kind
const title = fc
  .array(word, { minLength: 2, maxLength: 8 })
  .map(words => words.join(' '))
  .filter(text => /\p{L}/u.test(readable(text)))
const author = fc.constantFrom(
  'Ada One', 'Bo van der Two', 'Maria de la Cruz', 'Jörg Müller', 'Cy Three Jr.', 'Łukasz Żak', '山田太郎', "Sinéad O'Neil",
  'The Bee Consortium', 'Qwen Team', 'Jean-Luc Quatre', 'Plato',
) // biome-ignore format: names
const paper: fc.Arbitrary<Paper> = fc
  .record({
    title,
    authors: fc.uniqueArray(author, { maxLength: 4 }),
    published: fc.option(fc.constantFrom('2019', '2021-05', '2024-02-29'), { nil: undefined }),
    doi: fc.option(fc.constantFrom('10.1000/bees.3', '10.1000/(SICI)1:2<3::AID>4', '10.1000/a_b%c'), {
      nil: undefined,
    }),
    arxiv: fc.option(fc.constantFrom('2401.00001', 'hep-th/9901001'), { nil: undefined }),
  })
  .map(({ published, doi, arxiv, ...rest }) => ({
    id: 'x',
    abstract: 'We do.',
    categories: [],
    ...rest,
    ...(published === undefined ? {} : { published }),
    ...(doi === undefined ? {} : { doi }),
    ...(arxiv === undefined ? {} : { arxiv }),
  }))

/** Names as one reads them: `One, Ada` is Ada One. */
const said = (name: string): string => name.replace(/^([^,]+), ([^,]+)$/u, '$2 $1')
const facts = ({ title, authors, published, doi, arxiv }: Paper) => ({
  title: readable(title),
  authors: authors.map(said),
  published,
  doi,
  arxiv,
})

describe('what was exported is read again', () => {
  test.each([
    ['bibtex', 'bib'],
    ['csl-json', 'json'],
    ['csv', 'csv'],
    ['ris', 'ris'],
  ] as const)('%s: the same title, authors, date and identifiers', async (format, end) => {
    const file = join(folder, `papers.${end}`)
    await fc.assert(
      fc.asyncProperty(paper, async one => {
        await writeFile(file, format === 'ris' ? risOf(one) : exportPapers([one], format))
        const { papers } = await readCorpus([file])
        const right = facts(one)
        // BibTeX has no field for the day.
        const published = format === 'bibtex' ? right.published?.slice(0, '2024-02'.length) : right.published
        expect(papers.map(facts)).toEqual([{ ...right, published }])
      }),
      { numRuns: 100 },
    )
  })
})
