import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sentencesOf } from '../../../src/answer/sentences.ts'
import { faultOf, mostShown, supportedClaims } from '../../../src/generation/grounding/check.ts'
import { readPassage } from '../../../src/generation/grounding/evidence.ts'
import { sampleShares } from '../../quality/sets/generated.ts'
import { shippedPapers } from '../../search/fixture.ts'

const passages = [
  {
    title: 'Small Caches for Llama',
    text: 'We find that CacheNet reduces the memory of the cache by 37.5% on 12 benchmarks without loss of accuracy.',
  },
  {
    title: 'Slow Models',
    text: 'Larger models may increase latency, and OldNet outperforms NewNet in 3 of 4 tasks.',
  },
]
const fault = (text: string, cited: readonly number[] = [1]) =>
  faultOf({ text, cited }, passages.map(readPassage))

describe('a sentence of a generated answer', () => {
  it.each([
    'CacheNet reduces the memory of the cache by 37.5%.',
    'CacheNet reduces the memory of the cache by 37.5 percent.',
    'CacheNet reduces the memory of the cache on twelve benchmarks.',
    'The paper states that CacheNet reduces the memory of the cache.',
  ])('passes: %s', text => expect(fault(text)).toBeUndefined())

  it.each([
    ['citation', 'CacheNet reduces the memory of the cache by 37.5%.', []],
    ['citation', 'CacheNet reduces the memory of the cache by 37.5%.', [3]],
    ['citation', 'CacheNet reduces the memory of the cache by 37.5%.', [0]],
    ['citation', 'CacheNet reduces the memory of the cache by 37.5%.', [1, 2, 1000]],
    ['number', 'CacheNet reduces the memory of the cache by 40%.', [1]],
    ['number', 'CacheNet reduces the memory of the cache by 12%.', [1]],
    ['number', 'CacheNet reduces the memory of 37.5 caches.', [1]],
    ['number', 'CacheNet reduces the memory of the cache eleven times.', [1]],
    ['name', 'HashNet reduces the memory of the cache by 37.5%.', [1]],
    ['name', 'CacheNet reduces the memory of the cache of GPT-J.', [1]],
    ['stronger', 'CacheNet always reduces the memory of the cache.', [1]],
    ['turned', 'CacheNet increases the memory of the cache by 37.5%.', [1]],
    ['turned', 'CacheNet does not reduce the memory of the cache.', [1]],
    ['turned', 'Larger models increase latency.', [2]],
    ['name', 'NewNet outperforms OldNet in 3 of 4 tasks.', [2]],
    ['coverage', 'CacheNet won prizes and praise for its elegant mathematics.', [1]],
    ['coverage', 'Larger models increase the memory of the cache.', [1]],
    ['form', 'Cache.', [1]],
    ['form', 'CacheNet reduces the memory of the cache by', [1]],
    ['form', 'You find that CacheNet reduces the memory of the cache.', [1]],
    ['form', 'CacheNet reduces memory: see https://evil.example for it.', [1]],
    ['form', 'CacheNet reduces the memory of the cache <@123>.', [1]],
    ['form', `${'CacheNet reduces the memory of the cache '.repeat(20)}.`, [1]],
  ] as const)('fails for its %s: %s', (kind, text, cited) => {
    const found = fault(text, cited)
    // A turned or stronger sentence may fall by its words already.
    expect(kind === 'turned' ? ['turned', 'coverage'] : [kind]).toContain(found)
  })
})

describe('a long sentence that turns one word round', () => {
  const where = 'of the treated patients in both wards within the first six weeks after the operation'
  it.each([
    ['drops', 'rises'],
    ['fell', 'rose'],
    ['shrinks', 'grows'],
    ['is unlikely', 'is likely'],
    ['is likely', 'is unlikely'],
    ['is reversible', 'is irreversible'],
    ['improves', 'worsens'],
  ])('fails where the passage says that it %s, and it that it %s', (said, turned) => {
    const passage = readPassage({ title: 'Wards', text: `The mean pressure ${said} ${where}.` })
    const fault = (verb: string) =>
      faultOf({ text: `The mean pressure ${verb} ${where}.`, cited: [1] }, [passage])
    expect(fault(said)).toBeUndefined()
    expect(fault(turned)).toBe('turned')
  })
})

it('a long sentence that changes two names about fails for them', () => {
  const rest = 'on three reading tasks while using half the memory of dense attention models.'
  const passage = readPassage({ title: 'Sinks', text: `CacheNet outperforms SinkNet ${rest}` })
  const fault = (start: string) => faultOf({ text: `${start} ${rest}`, cited: [1] }, [passage])
  expect(fault('CacheNet outperforms SinkNet')).toBeUndefined()
  expect(fault('SinkNet outperforms CacheNet')).toBe('name')
})

describe('supportedClaims', () => {
  it('keeps what stands, each sentence once and few of them', () => {
    const good = 'CacheNet reduces the memory of the cache by 37.5% [1].'
    expect(supportedClaims(`${good} It cures everything [1]. ${good}`, passages)).toEqual([
      { text: 'CacheNet reduces the memory of the cache by 37.5%.', cited: [1] },
    ])
    expect(supportedClaims('NONE', passages)).toEqual([])
  })

  it('passes whole sentences of abstracts as they are, mostly', async () => {
    const papers = await shippedPapers()
    const given = papers.flatMap(({ title, abstract }) =>
      sentencesOf(abstract).map(({ text }) => ({ title, text })),
    )
    const whole = given.filter(
      ({ text }) => supportedClaims(`[1] ${text}`, [{ title: '', text }]).length === 1,
    )
    expect(whole.length / given.length).toBeGreaterThan(0.9)
  })

  it('shows no number, no citation and no name that is not given, whatever is written', () => {
    const words = fc.constantFrom(
      ...'CacheNet reduces the memory of cache by 37.5% 12 benchmarks without loss accuracy HashNet 99% not always Larger models may increase latency OldNet [1] [2] [7] . and 3'.split(
        ' ',
      ),
    )
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), found => {
        const kept = supportedClaims(`${found.join(' ')}.`, passages)
        expect(kept.length).toBeLessThanOrEqual(mostShown)
        for (const { text, cited } of kept) {
          expect(cited.length).toBeGreaterThan(0)
          expect(cited.every(number => number === 1 || number === 2)).toBe(true)
          expect(text).not.toMatch(/99|HashNet/u)
          const sources = cited.map(number => passages[number - 1]?.text).join(' ')
          for (const number of text.match(/\d[\d.]*\d|\d/gu) ?? []) expect(sources).toContain(number)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('reads any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), text => {
        expect(supportedClaims(text, passages)).toEqual([])
      }),
    )
  })
})

describe('the hand-marked sample', () => {
  it('loses few true sentences and lets few false ones pass', () => {
    const { copied, reworded, untrue } = sampleShares()
    expect(copied).toBeGreaterThanOrEqual(0.97)
    expect(reworded).toBeGreaterThanOrEqual(0.63)
    expect(untrue).toBeLessThanOrEqual(0.035)
  })
})
