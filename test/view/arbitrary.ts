import fc from 'fast-check'
import type { Answer, Quote, Summary } from '../../src/answer/port.ts'
import { Paper } from '../../src/corpus/paper.ts'
import { buildSearch } from '../../src/search/build-search.ts'
import type { RelatedPaper } from '../../src/search/port.ts'

/** A search over no papers at all: what it makes of a text is of the right shape. */
export const search = await buildSearch([])

/** Text that tries to break out: formatting, mentions, links, invisible and wide characters. */
const nasty = fc.string({
  unit: fc.constantFrom(
    ...'ab c*_`~|[]()<>@#\\-:',
    '@everyone',
    '<@1234567890123456789>',
    '](https://evil.example)',
    'https://x.example/a_b(c)',
    '\u200b',
    '\u202e',
    '\n',
    '😀',
    '\ud800',
  ),
  maxLength: 400,
})
const long = (length: number) =>
  fc.constantFrom('x'.repeat(length), '*_'.repeat(length / 2), 'word '.repeat(length / 5))
const title = fc.oneof(nasty, long(400)).map(text => text || 'x')
const abstract = fc.oneof(nasty, long(20_000), fc.constant(''))

export const paper: fc.Arbitrary<Paper> = fc
  .record({
    id: fc.oneof(
      fc.string({ minLength: 1, maxLength: 300 }),
      fc.constantFrom('p001', '10.1145/2407085.2407086'),
    ),
    title,
    abstract,
    authors: fc.array(nasty, { maxLength: 50 }),
    venue: fc.option(nasty, { nil: undefined }),
    url: fc.option(fc.webUrl({ withQueryParameters: true, withFragments: true }), { nil: undefined }),
  })
  .map(raw => Paper.parse(raw))

export const related: fc.Arbitrary<RelatedPaper[]> = fc.array(
  fc.record({ paper, score: fc.double(), shared: fc.array(nasty, { maxLength: 6 }) }),
  { maxLength: 5 },
)

/** Any cut of an abstract stands for a sentence: views must not depend on good ones. */
export const summaryOf = ({ abstract: text }: Paper): Summary => ({
  tldr: text.slice(0, 3000),
  sentences: text === '' ? [] : [text.slice(0, 3000), text.slice(0, 5000), text],
})

export const quoteOf = (source: Paper): Quote => ({
  paper: source,
  text: source.abstract.slice(0, 4000),
  start: 0,
  score: 1,
  // Some have as much before it.
  ...(source.id.length % 5 === 4 ? { before: `However ${source.abstract.slice(0, 4000)}` } : {}),
})

export const answer: fc.Arbitrary<Answer> = fc
  .record({
    kind: fc.constantFrom('single', 'survey', 'list'),
    papers: fc.array(paper, { minLength: 0, maxLength: 8 }),
    answered: fc.boolean(),
  })
  .map(({ kind, papers, answered }) => ({
    kind,
    answered: answered && papers.length > 0,
    confidence: 0.5,
    quotes: papers.map(quoteOf),
    shown: answered ? Math.min({ single: 3, survey: 5, list: 8 }[kind], papers.length) : 0,
    papers,
    query: search.parse('x'),
    lacks: { attributes: answered ? [] : ['hardware'], words: ['GPUs'], nowhere: ['GPUs'] },
  }))
