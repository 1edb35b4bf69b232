import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { linksOf } from '../../src/corpus/links.ts'
import { Link, type Paper } from '../../src/corpus/paper.ts'
import { readCorpus } from '../../src/corpus/read.ts'

const paper = (fields: Partial<Paper>): Paper => ({
  id: 'x',
  title: 'A Title',
  abstract: '',
  authors: [],
  categories: [],
  ...fields,
})
const found = (abstract: string): string[] =>
  linksOf(paper({ url: 'https://example.org/p', abstract }))
    .slice(1)
    .map(link => `${link.kind} ${link.label} ${link.url}`)

describe('the paper’s own page', () => {
  test.each([
    [{ url: 'https://example.org/p' }, ['Paper https://example.org/p']],
    [
      { url: 'https://openreview.net/forum?id=a', arxiv: '2405.19320' },
      ['OpenReview https://openreview.net/forum?id=a', 'arXiv https://arxiv.org/abs/2405.19320'],
    ],
    [
      { url: 'https://arxiv.org/abs/2405.19320v2', arxiv: '2405.19320', doi: '10.1145/1.2' },
      ['arXiv https://arxiv.org/abs/2405.19320v2', 'Published https://doi.org/10.1145/1.2'],
    ],
    [{ arxiv: 'cs/0112017' }, ['arXiv https://arxiv.org/abs/cs/0112017']],
    [{ doi: '10.1145/1.2' }, ['DOI https://doi.org/10.1145/1.2']],
    [
      { doi: '10.1002/(SICI)1<2::AID-3>4.0;2-#' },
      ['DOI https://doi.org/10.1002/(SICI)1%3C2%3A%3AAID-3%3E4.0%3B2-%23'],
    ],
    [
      { doi: '10.48550/arXiv.2405.19320', arxiv: '2405.19320' },
      ['DOI https://doi.org/10.48550/arXiv.2405.19320'],
    ],
  ])('%j', (fields, expected) => {
    expect(linksOf(paper(fields)).map(link => `${link.label} ${link.url}`)).toEqual(expected)
  })
})

describe('links in the abstract', () => {
  test.each<[string, string[]]>([
    ['Code: https://github.com/a/b.', ['code GitHub https://github.com/a/b']],
    ['(see https://github.com/a/b)', ['code GitHub https://github.com/a/b']],
    ['[https://gitlab.com/a/b], and', ['code GitLab https://gitlab.com/a/b']],
    ['https://gitlab.inria.fr/a/b', ['code GitLab https://gitlab.inria.fr/a/b']],
    [
      'at https://en.wikipedia.org/wiki/Set_(mathematics).',
      ['project en.wikipedia.org https://en.wikipedia.org/wiki/Set_(mathematics)'],
    ],
    ['(at https://x.org/a_(b))', ['project x.org https://x.org/a_(b)']],
    ['bare github.com/x/y works', ['code GitHub https://github.com/x/y']],
    ['bare github.com alone does not, nor does notgithub.com/x/y', []],
    [
      'huggingface.co/a/model_b, https://codeberg.org/c/d; bitbucket.org/e/f!',
      [
        'code Hugging Face https://huggingface.co/a/model_b',
        'code Codeberg https://codeberg.org/c/d',
        'code Bitbucket https://bitbucket.org/e/f',
      ],
    ],
    [
      'Project website: https://voxposer.github.io',
      ['project voxposer.github.io https://voxposer.github.io'],
    ],
    ['see www.example.com/demo...', ['project example.com https://www.example.com/demo']],
    ['HTTPS://GitHub.com/A/B', ['code GitHub https://github.com/A/B']],
    ['\\url{https://github.com/a/b}.', ['code GitHub https://github.com/a/b']],
    ['<a href="https://x.org/">x</a>', ['project x.org https://x.org']],
    ['twice https://github.com/a/b and http://www.github.com/a/b/', ['code GitHub https://github.com/a/b']],
    ['ftp://x.org javascript:alert(1) file:///etc/passwd mailto:a@github.com/x', []],
    ['https://user:secret@x.org/ https:// http://x https://.org https://[::1', []],
    [
      'Natural-language- https://github.com/waterhorse1/Natural-language-',
      ['code GitHub https://github.com/waterhorse1/Natural-language-'],
    ],
    ['**https://github.com/a/b**', ['code GitHub https://github.com/a/b']],
    ['代码见 https://github.com/a/b。', ['code GitHub https://github.com/a/b']],
    [
      '代码见https://github.com/a/b，数据见https://x.org/c数据',
      ['code GitHub https://github.com/a/b', 'project x.org https://x.org/c'],
    ],
    ['\\url{https://github.com/a/b\\_c}', ['code GitHub https://github.com/a/b_c']],
    ['at http://x.org/\\~{}ada/?a=1\\&b=2\\%20c', ['project x.org http://x.org/~ada/?a=1&b=2%20c']],
    ['at http://x.org/?a=1&amp;b=2;', ['project x.org http://x.org/?a=1&b=2']],
    [
      'https://github.com/a/b† and https://github.com/c/d‡.',
      ['code GitHub https://github.com/a/b', 'code GitHub https://github.com/c/d'],
    ],
    ['at $\\sim$ http://x.org/$\\sim$ada', ['project x.org http://x.org/~ada']],
  ])('%s', (abstract, expected) => expect(found(abstract)).toEqual(expected))
})

describe('a paper without a page', () => {
  test('gets look-ups by its title', () => {
    expect(linksOf(paper({ title: 'What is “value”? A&B, 100% of Gödel #1' }))).toEqual([
      {
        kind: 'lookup',
        label: 'Search arXiv',
        url: 'https://arxiv.org/search/?query=What%20is%20value%20A%20B%20100%20of%20G%C3%B6del%201&searchtype=title',
      },
      {
        kind: 'lookup',
        label: 'Search Hugging Face Papers',
        url: 'https://huggingface.co/papers?q=What%20is%20value%20A%20B%20100%20of%20G%C3%B6del%201',
      },
      {
        kind: 'lookup',
        label: 'Search Semantic Scholar',
        url: 'https://www.semanticscholar.org/search?q=What%20is%20value%20A%20B%20100%20of%20G%C3%B6del%201',
      },
    ])
  })

  test('after the links of its abstract', () => {
    const kinds = linksOf(paper({ abstract: 'https://github.com/a/b' })).map(link => link.kind)
    expect(kinds).toEqual(['code', 'lookup', 'lookup', 'lookup'])
  })
})

test('of the papers that ship, fifteen name a link, eleven of them code', async () => {
  const { papers } = await readCorpus([new URL('../../corpus', import.meta.url).pathname])
  const named = papers.map(one => linksOf(one).filter(link => link.kind !== 'lookup'))
  expect(named.filter(links => links.length > 0)).toHaveLength(15)
  expect(named.filter(links => links.some(link => link.kind === 'code'))).toHaveLength(11)
  for (const link of named.flat()) expect(link.url).not.toMatch(/[.,;)\]]$/)
})

describe('for any paper', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(
        fc.oneof(
          fc.webUrl({ withFragments: true, withQueryParameters: true }),
          fc.constantFrom('(', ')', '. ', ' [', ']', 'github.com/a', ', ', 'https://', '%', '@'),
        ),
      )
      .map(parts => parts.join('')),
  )

  test('links are valid, never empty, never double', () => {
    fc.assert(
      fc.property(text, text, (title, abstract) => {
        const links = linksOf(paper({ title: title || 'x', abstract }))
        for (const link of links) expect(Link.parse(link)).toEqual(link)
        expect(links.length).toBeGreaterThan(0)
        expect(new Set(links.map(link => link.url)).size).toBe(links.length)
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    'https://'.repeat(5000),
    '('.repeat(20_000),
    `https://x.org/${')'.repeat(20_000)}`,
    'github.com/'.repeat(2000),
  ])('long runs are no burden', abstract => {
    for (const link of linksOf(paper({ abstract }))) expect(Link.safeParse(link).success).toBe(true)
  })
})

test('a look-up asks for the words of the title that people read', () => {
  const [first] = linksOf(paper({ title: '{K}\\"ahler Cones of CO$_2$' }))
  expect(new URL(first?.url ?? '').searchParams.get('query')).toBe('Kähler Cones of CO₂')
})
