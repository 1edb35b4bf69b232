import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Paper } from '../../src/corpus/paper.ts'
import { type CitationStyle, citationStyles, styledCitation } from '../../src/corpus/styled-citation.ts'

const preprint = Paper.parse({
  id: 'a',
  title: 'Key caches: a survey',
  abstract: '',
  authors: ['Ada Mary Lovelace', 'Ludwig van Beethoven', 'Martin King Jr.', 'Qwen Team'],
  published: '2024-05-29',
  arxiv: '2405.19320',
})
const article = Paper.parse({
  id: 'b',
  title: 'On keys',
  abstract: '',
  authors: ['Lovelace, Ada'],
  published: '2024-05',
  venue: 'Nature',
  doi: '10.1/abc',
})
const talk = Paper.parse({
  id: 'c',
  title: 'Is it cached?',
  abstract: '',
  venue: 'Proceedings of NeurIPS',
  published: '2023',
  url: 'https://example.org/p',
})
const bare = Paper.parse({ id: 'd', title: 'Only a title', abstract: '' })

describe('a citation for readers', () => {
  it.each<[CitationStyle, string, Paper, string]>([
    [
      'apa',
      'a preprint',
      preprint,
      'Lovelace, A. M., van Beethoven, L., King, M., Jr., & Qwen Team. (2024). Key caches: a survey (arXiv:2405.19320). arXiv. https://arxiv.org/abs/2405.19320',
    ],
    ['apa', 'an article', article, 'Lovelace, A. (2024). On keys. Nature. https://doi.org/10.1/abc'],
    ['apa', 'a talk', talk, 'Is it cached? (2023). Proceedings of NeurIPS. https://example.org/p'],
    ['apa', 'a title', bare, 'Only a title. (n.d.).'],
    [
      'chicago',
      'a preprint',
      preprint,
      'Lovelace, Ada Mary, Ludwig van Beethoven, Martin King Jr., and Qwen Team. 2024. “Key Caches: A Survey.” arXiv, May 29. https://arxiv.org/abs/2405.19320.',
    ],
    [
      'chicago',
      'an article',
      article,
      'Lovelace, Ada. 2024. “On Keys.” Nature, May. https://doi.org/10.1/abc.',
    ],
    ['chicago', 'a talk', talk, '“Is It Cached?” 2023. Proceedings of NeurIPS. https://example.org/p.'],
    ['chicago', 'a title', bare, '“Only a Title.” n.d.'],
    [
      'ieee',
      'a preprint',
      preprint,
      'A. M. Lovelace, L. van Beethoven, M. King Jr., and Qwen Team, “Key caches: a survey,” May 2024, arXiv: 2405.19320.',
    ],
    ['ieee', 'an article', article, 'A. Lovelace, “On keys,” Nature, May 2024, doi: 10.1/abc.'],
    [
      'ieee',
      'a talk',
      talk,
      '“Is it cached?,” in Proceedings of NeurIPS, 2023. [Online]. Available: https://example.org/p',
    ],
    ['ieee', 'a title', bare, '“Only a title.”'],
  ])('in %s of %s', async (style, _, paper, right) => {
    expect(await styledCitation(paper, style)).toBe(right)
  })

  it.each([
    ['apa', 25, /^A0, B\., (?:A\d+, B\., ){18}… A24, B\. \(n\.d\.\)\./u],
    ['chicago', 7, /^A0, B, B A1, B A2, et al\. n\.d\./u],
    ['ieee', 3_000, /^B\. A0 et al\., “Many/u],
  ] as const)('in %s of %i authors is abbreviated as the style says', async (style, count, right) => {
    const authors = Array.from({ length: count }, (_, i) => `A${i}, B`)
    expect(await styledCitation({ ...bare, title: 'Many', authors }, style)).toMatch(right)
  })

  it('keeps tags and entities as letters', async () => {
    const title = 'For a < b &lt;i&gt; and R&D, <script>x</script>'
    const authors = ['R&D <b> Lab']
    const cited = await styledCitation({ ...bare, title, authors }, 'apa')
    expect(cited).toMatch(/^R&D <b> Lab\. \(n\.d\.\)\. For a < b .*R&D/u)
  })

  it('is one line, in time, of whatever a paper holds', async () => {
    const odd = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
      fc.constantFrom('"'.repeat(2000), '<i>'.repeat(600), "'a ".repeat(600), '\u202e\u0000\n', '((('),
    )
    const any = fc.record({ title: odd, authors: fc.array(odd, { maxLength: 4 }), venue: odd })
    const style = fc.constantFrom(...(Object.keys(citationStyles) as CitationStyle[]))
    await fc.assert(
      fc.asyncProperty(any, style, async (paper, chosen) => {
        const cited = await styledCitation({ ...bare, ...paper }, chosen)
        expect(cited).toBe(cited.trim())
        expect(cited).not.toMatch(/[\n\r\u202e]/u)
      }),
      { numRuns: 25 },
    )
  })
})
