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
  const abstract =
    'We study how caches of keys and values grow with the length of a sequence in streaming models, and propose a way to share them across layers that halves the memory.'
  const otherAbstract =
    'On the history of cooking in medieval towns of the north, with recipes and the prices of bread, honey and salt.'

  it.each([
    [
      'one arXiv identifier and another title',
      { arxiv: '2405.19320', title: 'Old' },
      { arxiv: '2405.19320' },
    ],
    ['a preprint and what was published', { arxiv: '2405.19320' }, { doi: '10.1145/1.2' }],
    ['a preprint with a DOI of its own', { doi: '10.1101/2024.01.02.123456' }, { doi: '10.1145/1.2' }],
    ['a title and an author', { authors: ['Lovelace, A.'] }, { authors: ['B. C.', 'Ada Lovelace'] }],
    [
      'a short title, an author and a year',
      { title, authors: ['Lovelace, A.'], published: '1999' },
      { title, authors: ['B. C.', 'Ada Lovelace'], published: '1999-05' },
    ],
    [
      'a short title, an author and a journal',
      { title, authors: ['Lovelace, A.'], venue: 'Annual Notes' },
      { title, authors: ['Lovelace, A.'], venue: 'annual notes', published: '1999' },
    ],
    [
      'a short title of its own, an author and a preprint two years before',
      { title: 'Layer caches', authors: ['Lovelace, A.'], published: '2022' },
      { title: 'Layer caches', authors: ['Lovelace, A.'], published: '2020-05-01' },
    ],
    [
      'a short title of its own and two authors',
      { title: 'Civil law', authors: ['Lovelace, A.', 'Turing, A.'] },
      { title: 'Civil law', authors: ['Alan Turing', 'Ada Lovelace'], published: '2020-05-01' },
    ],
    [
      'a short title, an author and an abstract that is cut',
      { title, authors: ['Lovelace, A.'], abstract: `${abstract.slice(0, 120)}...` },
      { title, authors: ['Lovelace, A.'], abstract },
    ],
    [
      'an abstract that is written anew',
      { authors: ['Lovelace, A.'], abstract },
      {
        authors: ['Lovelace, A.'],
        abstract:
          'This paper shows how caches of keys and values grow with long sequences. Sharing them across the layers of a streaming model halves the memory needed.',
      },
    ],
    [
      'an abstract in another language',
      { authors: ['Lovelace, A.'], abstract },
      {
        authors: ['Lovelace, A.'],
        abstract:
          'Wir zeigen, wie die Zwischenspeicher in der Länge einer Folge wachsen und wie man sie mit den anderen Schichten teilt, so dass der Bedarf an Speicher um die Hälfte sinkt.',
      },
    ],
    [
      'where it appeared in place of an abstract',
      { authors: ['Lovelace, A.'], abstract },
      {
        authors: ['Lovelace, A.'],
        abstract:
          '<p>Publication date: March 2026</p><p><b>Source:</b> Journal of Streaming and Storage, Volume 12</p><p>Author(s): Ada Lovelace, Kurt Someone</p>',
      },
    ],
    [
      'a title in Chinese',
      { title: '深度学习在医学影像中的应用', authors: ['王伟'] },
      { title: '深度学习在医学影像中的应用', authors: ['王 伟'] },
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
    ['a given name', { authors: ['Wei Wang'], doi: '10.1145/1.2' }, { authors: ['Wei Zhang'] }],
    ['a particle', { authors: ['Q. van Aalst'] }, { authors: ['R. van Beek'] }],
    ['a short title and an author', { title, authors: ['John Smith'] }, { title, authors: ['John Smith'] }],
    [
      'a short title and an author, years apart',
      { title, authors: ['John Smith', 'Bo Doe'], published: '2020', venue: 'Annual Notes' },
      { title, authors: ['John Smith', 'Bo Doe'], published: '2021', venue: 'Annual Notes' },
    ],
    [
      'a title of every volume, however long',
      {
        title: 'Introduction to the special issue of this journal',
        authors: ['John Smith'],
        published: '1999',
      },
      {
        title: 'Introduction to the special issue of this journal',
        authors: ['John Smith'],
        published: '2021',
      },
    ],
    [
      'an author and abstracts of different texts',
      { authors: ['John Smith'], published: '2021', abstract },
      { authors: ['John Smith'], published: '2021', abstract: otherAbstract },
    ],
    ['a long title and abstracts of different texts', { abstract }, { abstract: otherAbstract }],
    ['another title', { authors: ['Ada Lovelace'] }, { title, authors: ['Ada Lovelace'] }],
  ])('is not so with %s', (_, one, other) => {
    expect(same(one, other)).toBe(false)
  })
})
