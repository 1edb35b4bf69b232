import { describe, expect, test } from 'vitest'
import { jsonl } from '../../src/corpus/jsonl.ts'
import { readWith } from './bytes.ts'

const read = (...lines: unknown[]) =>
  readWith(jsonl, lines.map(line => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'))

describe('a line of another source', () => {
  test.each([
    [
      'Hugging Face',
      {
        paper: { id: '2401.00013', title: 'T', summary: 'We do.', authors: [{ name: 'Ada One' }] },
        publishedAt: '2024-01-04T10:00:00.000Z',
      },
      {
        id: '2401.00013',
        title: 'T',
        abstract: 'We do.',
        authors: ['Ada One'],
        published: '2024-01-04T10:00:00.000Z',
      },
    ],
    [
      'Crossref',
      {
        DOI: '10.1000/x',
        title: ['T'],
        abstract: '<jats:p>We do.</jats:p>',
        author: [{ given: 'Ada', family: 'One' }],
        issued: { 'date-parts': [[2021, 5, 3]] },
        'container-title': ['Acta'],
        URL: 'https://doi.org/10.1000/x',
      },
      {
        id: '10.1000/x',
        title: 'T',
        abstract: '<jats:p>We do.</jats:p>',
        authors: ['Ada One'],
        published: '2021-05-03',
        venue: 'Acta',
        doi: '10.1000/x',
      },
    ],
    [
      'OpenReview',
      {
        id: 'aB1',
        content: { title: { value: 'T' }, abstract: { value: 'We do.' }, authors: { value: ['Ada One'] } },
        cdate: 1704362400000,
      },
      {
        id: 'aB1',
        title: 'T',
        abstract: 'We do.',
        authors: ['Ada One'],
        published: '2024-01-04T10:00:00.000Z',
        url: 'https://openreview.net/forum?id=aB1',
      },
    ],
    [
      'S2ORC',
      {
        paper_id: '7',
        title: 'T',
        abstract: [{ text: 'We' }, { text: 'do.' }],
        authors: [{ first: 'Ada', middle: ['B.'], last: 'One' }],
        year: '2019',
      },
      { id: '7', title: 'T', abstract: 'We do.', authors: ['Ada B. One'], published: '2019' },
    ],
    [
      'Semantic Scholar',
      {
        paperId: 'f0',
        externalIds: { ArXiv: '2401.00013', DOI: '10.1/x' },
        title: 'T',
        abstract: null,
        publicationDate: '2024-01-04',
        year: 2024,
      },
      { id: 'f0', arxiv: '2401.00013', published: '2024-01-04', abstract: '' },
    ],
    [
      'OpenAlex',
      {
        id: 'https://openalex.org/W1',
        display_name: 'T',
        abstract_inverted_index: { do: [1, 3], We: [0], and: [2] },
        authorships: [{ author: { display_name: 'Ada One' } }],
        publication_date: '2024-01-04',
      },
      { title: 'T', abstract: 'We do and do', authors: ['Ada One'], published: '2024-01-04' },
    ],
    [
      'arXiv',
      {
        id: '0704.0001',
        title: 'T',
        abstract: 'We do.',
        authors: 'A. One',
        authors_parsed: [['One', 'A.', '']],
        'journal-ref': 'J. X 7',
        update_date: '2008-11-26',
        versions: [{ version: 'v1', created: 'Mon, 2 Apr 2007 19:18:42 GMT' }],
      },
      { arxiv: '0704.0001', authors: ['A. One'], venue: 'J. X 7', published: '2007-04-02T19:18:42.000Z' },
    ],
  ])('%s keeps what it has', async (_, record, expected) => {
    const { papers } = await read(record)
    expect(papers[0]).toMatchObject(expected)
  })
})

describe('a title in two parts', () => {
  test.each<[unknown, unknown, string]>([
    ['Main title', ['A sub'], 'Main title: A sub'],
    [['Main title:'], 'A sub', 'Main title: A sub'],
    ['Is it so?', ['A sub'], 'Is it so? A sub'],
    ['Main title: a sub', ['A Sub'], 'Main title: a sub'],
    ['Main title', [], 'Main title'],
    ['Main title', [''], 'Main title'],
    ['Main title', [null], 'Main title'],
  ])('%j and %j', async (title, subtitle, whole) => {
    const { papers } = await read({ DOI: '10.1000/a', title, subtitle })
    expect(papers[0]?.title).toBe(whole)
  })
})
