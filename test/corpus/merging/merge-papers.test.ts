import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergePapers } from '../../../src/corpus/merging/merge-papers.ts'
import { identifierKeys, keysOfPaper, titleKey } from '../../../src/corpus/merging/paper-keys.ts'
import { isSamePaper } from '../../../src/corpus/merging/same-paper.ts'
import type { Paper } from '../../../src/corpus/paper.ts'

const record = (change: Partial<Paper> = {}): Paper => ({
  id: 'a',
  title: 'Attention sinks in streaming language models',
  abstract: '',
  authors: [],
  categories: [],
  ...change,
})

const optional = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined })

const papers: fc.Arbitrary<Paper> = fc
  .record({
    id: fc.constantFrom('a', 'b', 'c'),
    title: fc.constantFrom('One title of it', 'ONE TITLE OF IT', 'One Title of It', 'one title: of it'),
    abstract: fc.constantFrom('', 'Short.', 'What it says at length.', 'What it says at Length.'),
    authors: fc.constantFrom<string[]>(
      [],
      ['Lovelace, A.'],
      ['Ada Lovelace'],
      ['Ada Lovelace', 'Alan Turing'],
    ),
    url: optional([
      'https://arxiv.org/abs/2405.19320',
      'http://doi.org/10.1145/1.2',
      'https://example.org/p',
    ]),
    published: optional(['2024', '2024-05', '2024-05-30', '2023-12-01T00:00:00Z']),
    doi: optional(['10.1145/1.2', '10.48550/arXiv.2405.19320', '10.1101/2024.01.02.123456']),
    arxiv: optional(['2405.19320', '2405.19321']),
    venue: optional(['CoRR', 'arXiv preprint', 'ICML', 'International Conference on Machine Learning']),
    categories: fc.subarray(['cs.CL', 'cs.LG', 'stat.ML']),
  })
  .map(paper => Object.fromEntries(Object.entries(paper).filter(([, value]) => value !== undefined)) as Paper)

const content = ({ id: _, ...rest }: Paper) => rest

describe('merging records of one paper', () => {
  it('gives the same whatever the order, and however often', () => {
    fc.assert(
      fc.property(papers, papers, papers, (a, b, c) => {
        const once = mergePapers(a, b)
        expect(content(mergePapers(b, a))).toEqual(content(once))
        expect(mergePapers(once, b)).toEqual(once)
        expect(mergePapers(once, a)).toEqual(once)
        expect(mergePapers(mergePapers(a, b), c)).toEqual(mergePapers(a, mergePapers(b, c)))
        expect(JSON.stringify(mergePapers(once, once))).toBe(JSON.stringify(once))
      }),
    )
  })

  it('keeps what says more, and the first id', () => {
    const preprint = record({
      id: 'arxiv',
      abstract: 'All of the abstract.',
      arxiv: '2405.19320',
      url: 'https://arxiv.org/abs/2405.19320',
      doi: '10.48550/arXiv.2405.19320',
      published: '2024-05-30',
      venue: 'CoRR',
      categories: ['cs.CL'],
    })
    const published = record({
      id: 'x1',
      title: 'ATTENTION SINKS IN STREAMING LANGUAGE MODELS',
      authors: ['Ada Lovelace'],
      doi: '10.1145/3.4',
      url: 'https://doi.org/10.1145/3.4',
      published: '2025',
      venue: 'ICML',
    })
    expect(mergePapers(preprint, published)).toEqual({
      ...preprint,
      authors: ['Ada Lovelace'],
      doi: '10.1145/3.4',
      url: 'https://doi.org/10.1145/3.4',
      venue: 'ICML',
    })
  })
})

describe('identifiers as keys', () => {
  it.each([
    ['any version of an arXiv identifier', { arxiv: '2405.19320' }, ['arxiv:2405.19320']],
    ['its address', { url: 'https://arxiv.org/pdf/2405.19320v3' }, ['arxiv:2405.19320']],
    ['the DOI that arXiv gives', { doi: '10.48550/arXiv.2405.19320' }, ['arxiv:2405.19320']],
    ['a DOI in capitals', { doi: '10.1145/ABC.2' }, ['doi:10.1145/abc.2']],
    ['a preprint server', { doi: '10.1101/2024.01.02.123456' }, ['preprint:10.1101/2024.01.02.123456']],
    [
      'a preprint’s address beside the DOI of its published record',
      { doi: '10.1038/s41586-024-00001-2', url: 'https://doi.org/10.1101/2024.01.02.123456' },
      ['preprint:10.1101/2024.01.02.123456', 'doi:10.1038/s41586-024-00001-2'],
    ],
    ['OpenReview', { url: 'https://openreview.net/forum?id=aB1' }, ['openreview:aB1']],
    ['no identifier', { url: 'https://example.org/publications' }, []],
  ])('knows %s', (_, change, keys) => {
    expect(identifierKeys(record(change))).toEqual(keys)
  })

  it('does not tell titles apart by case, accents, markup and punctuation', () => {
    expect(titleKey('Étude of {\\bf KV}-Caches')).toBe(titleKey('etude of kv caches.'))
    expect(titleKey('A')).not.toBe(titleKey('B'))
    expect(titleKey('!?')).not.toBe(titleKey('?!'))
  })
})

describe('whether two records are of one paper', () => {
  const same = (one: Partial<Paper>, other: Partial<Paper>): boolean => {
    const [a, b] = [record({ id: '1', ...one }), record({ id: '2', ...other })]
    const [left, right] = [a, b].map(paper => ({ paper, keys: keysOfPaper(paper) }))
    if (left === undefined || right === undefined) throw new Error('two records')
    expect(isSamePaper(left, right)).toBe(isSamePaper(right, left))
    return isSamePaper(left, right)
  }
  const title = 'Introduction'

  it.each([
    [
      'one arXiv identifier and another title',
      { arxiv: '2405.19320', title: 'Old' },
      { arxiv: '2405.19320' },
    ],
    ['a preprint and what was published', { arxiv: '2405.19320' }, { doi: '10.1145/1.2' }],
    ['a preprint with a DOI of its own', { doi: '10.1101/2024.01.02.123456' }, { doi: '10.1145/1.2' }],
    [
      'a title and an author',
      { title, authors: ['Lovelace, A.'] },
      { title, authors: ['B. C.', 'Ada Lovelace'] },
    ],
    ['a long title without authors', {}, { authors: ['Ada Lovelace'] }],
    ['a short title with one abstract', { title, abstract: 'All.' }, { title, abstract: 'All.' }],
    [
      'one identifier of another site',
      { url: 'https://openreview.net/forum?id=x' },
      { url: 'https://openreview.net/pdf?id=x', title: 'New' },
    ],
  ])('is so with %s', (_, one, other) => {
    expect(same(one, other)).toBe(true)
  })

  it.each([
    [
      'two arXiv identifiers, whatever else is the same',
      { arxiv: '2405.19320', doi: '10.1145/1.2' },
      { arxiv: '2405.19321', doi: '10.1145/1.2' },
    ],
    ['two DOIs', { doi: '10.1145/1.2' }, { doi: '10.1145/1.3' }],
    ['one title and other authors', { authors: ['Ada Lovelace'] }, { authors: ['Alan Turing'] }],
    ['a short title', { title }, { title }],
    ['another title', { authors: ['Ada Lovelace'] }, { title, authors: ['Ada Lovelace'] }],
  ])('is not so with %s', (_, one, other) => {
    expect(same(one, other)).toBe(false)
  })
})
