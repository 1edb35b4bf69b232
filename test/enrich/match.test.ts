import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Paper } from '../../src/corpus/paper.ts'
import { matched } from '../../src/enrich/match.ts'

const abstract =
  'We study how caches of keys and values grow with the length of a sequence, and propose a way to share them across layers.'
const bare = Paper.parse({ id: 'x', title: 'Sharing caches of keys across the layers', abstract })
const candidate = (more: Partial<Paper>): Paper =>
  Paper.parse({ ...bare, id: 'c', abstract: '', authors: ['Ada Lovelace'], ...more })

describe('what a paper lacks', () => {
  it('is filled from one with its title and abstract, and nothing else is changed', () => {
    const found = matched(bare, [
      candidate({ abstract: `${abstract} Code is there.`, arxiv: '2405.12345', published: '2024-05-01' }),
      candidate({
        title: 'Sharing caches of keys across the layers!',
        abstract,
        doi: '10.1234/abc',
        venue: 'NeurIPS',
      }),
      candidate({ title: 'Sharing caches', arxiv: '2405.99999' }),
    ])
    expect(found).toMatchObject({
      kind: 'found',
      paper: {
        ...bare,
        authors: ['Ada Lovelace'],
        arxiv: '2405.12345',
        doi: '10.1234/abc',
        venue: 'NeurIPS',
      },
    })
    expect(found.kind === 'found' && found.added).toEqual(
      expect.arrayContaining(['authors', 'arxiv', 'doi', 'venue', 'published']),
    )
  })

  it.each<[string, Paper, Partial<Paper>[]]>([
    [
      'another title',
      bare,
      [{ title: 'Sharing caches of values across the layers', abstract, arxiv: '2405.1' }],
    ],
    [
      'another abstract under one title',
      bare,
      [{ abstract: 'On the history of cooking in medieval towns, with recipes.', arxiv: '2405.12345' }],
    ],
    [
      'another abstract under one title and author',
      { ...bare, authors: ['Ada Lovelace'] },
      [{ abstract: 'On the history of cooking in medieval towns, with recipes.', doi: '10.1234/abc' }],
    ],
    [
      'an author with the same given name',
      { ...bare, authors: ['Ada Byron'] },
      [{ doi: '10.1234/abc', published: '1987', venue: 'Chips' }],
    ],
    [
      'an editorial of another year by the same editor',
      { ...bare, title: 'Editorial', abstract: '', authors: ['Ada Lovelace'], published: '1999' },
      [{ title: 'Editorial', doi: '10.1234/abc', published: '1987', venue: 'Chips' }],
    ],
    ['no author in common', { ...bare, authors: ['Grace Hopper'] }, [{ abstract, arxiv: '2405.12345' }]],
    [
      'a title that many papers have, alone',
      { ...bare, title: 'Introduction', abstract: '' },
      [{ title: 'Introduction', doi: '10.1234/abc' }],
    ],
    ['nothing new', bare, [{ abstract, authors: [] }]],
  ])('is not filled from %s', (_, paper, candidates) => {
    expect(matched(paper, candidates.map(candidate)).kind).toBe('none')
  })

  it('is left alone when two that fit contradict each other', () => {
    const found = matched(bare, [
      candidate({ abstract, arxiv: '2405.12345' }),
      candidate({ abstract, arxiv: '2301.00001' }),
    ])
    expect(found.kind).toBe('ambiguous')
  })

  it('takes a preprint’s own DOI for no contradiction', () => {
    const found = matched(bare, [
      candidate({ abstract, arxiv: '2405.12345', doi: '10.48550/arXiv.2405.12345' }),
      candidate({ abstract, doi: '10.1234/published' }),
    ])
    expect(found.kind).toBe('found')
  })

  it('never replaces what is there, whatever is found', () => {
    const text = fc.constantFrom('', abstract, 'Another text about other things', '深い学習 caches')
    const any = fc.record({
      title: fc.constantFrom(bare.title, 'Introduction', 'Sharing caches'),
      abstract: text,
      authors: fc.array(fc.constantFrom('Ada Lovelace', 'Grace Hopper', 'Team')),
      doi: fc.constantFrom(undefined, '10.1234/a', '10.1234/b'),
      arxiv: fc.constantFrom(undefined, '2405.12345', '2301.00001'),
      published: fc.constantFrom(undefined, '2024'),
    })
    const paper = any.map(one => Paper.parse({ ...one, id: 'x' }))
    fc.assert(
      fc.property(paper, fc.array(paper, { maxLength: 4 }), (mine, found) => {
        const match = matched(mine, found)
        if (match.kind !== 'found') return
        for (const [field, value] of Object.entries(mine)) {
          const isEmpty = value === undefined || (Array.isArray(value) && value.length === 0)
          if (!isEmpty) expect(match.paper[field as keyof Paper]).toEqual(value)
        }
        expect(match.added.length).toBeGreaterThan(0)
      }),
    )
  })
})
