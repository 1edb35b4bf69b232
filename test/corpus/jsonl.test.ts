import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonl } from '../../src/corpus/jsonl.ts'
import { Paper } from '../../src/corpus/paper.ts'
import { readWith } from './bytes.ts'

const read = (...lines: unknown[]) =>
  readWith(jsonl, lines.map(line => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'))
const one = async (record: object) => (await read({ title: 'A title', ...record })).papers[0]

describe('a record', () => {
  test('with all its fields', async () => {
    const { papers, rejected } = await read({
      id: '2405.19320v2',
      title: ' A  title\n',
      abstract: 'Text\twith\n breaks. ',
      authors: ['Ada Lovelace', { name: 'Alan Turing', id: 3 }, null, ' '],
      url: 'https://example.org/a',
      published: '2024-05-30',
      doi: 'https://doi.org/10.1145/1.2',
      arxiv: 'https://arxiv.org/abs/2405.19320v2',
      venue: 'ICML 2024',
      categories: ['cs.CL', 'cs.AI'],
      upvotes: 12,
    })
    expect(rejected).toEqual([])
    expect(papers).toEqual([
      {
        id: '2405.19320v2',
        title: 'A title',
        abstract: 'Text with breaks.',
        authors: ['Ada Lovelace', 'Alan Turing'],
        url: 'https://example.org/a',
        published: '2024-05-30',
        doi: '10.1145/1.2',
        arxiv: '2405.19320',
        venue: 'ICML 2024',
        categories: ['cs.CL', 'cs.AI'],
      },
    ])
  })

  test('needs only a title', async () => {
    const paper = await one({})
    expect(paper).toMatchObject({ title: 'A title', abstract: '', authors: [], categories: [] })
    expect(paper?.id).toMatch(/^a-title-/)
  })

  test('takes null and empty text as absent', async () => {
    const nothing = {
      id: null,
      abstract: null,
      authors: null,
      url: '',
      published: null,
      doi: '',
      categories: null,
    }
    expect(await one({ ...nothing, venue: ' ' })).toEqual(await one({}))
    expect(await one({ id: '' })).toEqual(await one({}))
  })

  test('may have a number for its id', async () => {
    expect((await one({ id: 4983 }))?.id).toBe('4983')
  })

  test.each([
    [{ id: '2405.19320' }, { arxiv: '2405.19320' }],
    [{ id: 'cs/0112017' }, { arxiv: 'cs/0112017' }],
    [{ id: '10.1145/2407085.2407086' }, { doi: '10.1145/2407085.2407086' }],
    [{ id: 'x', url: 'https://huggingface.co/papers/2405.19320' }, { arxiv: '2405.19320' }],
    [{ id: 'x', doi: '10.48550/arXiv.2405.19320' }, { arxiv: '2405.19320' }],
  ])('%j says what it is elsewhere', async (record, expected) => {
    expect(await one(record)).toMatchObject(expected)
  })

  test.each(['4983', 'p001', '2099.12345', '1234.5678', 'SysEexbRb'])(
    '%s is no arXiv identifier',
    async id => {
      const paper = await one({ id })
      expect(paper?.id).toBe(id)
      if (!/^\d\d(0[1-9]|1[0-2])/.test(id)) expect(paper?.arxiv).toBeUndefined()
    },
  )

  test.each([
    ['Ada Lovelace, Alan Turing and Grace Hopper', ['Ada Lovelace', 'Alan Turing', 'Grace Hopper']],
    ['Lovelace, Ada; Turing, Alan', ['Lovelace, Ada', 'Turing, Alan']],
    ['Lovelace, Ada', ['Lovelace, Ada']],
    ['Plato', ['Plato']],
    [['Lovelace, Ada and Turing, Alan'], ['Lovelace, Ada', 'Turing, Alan']],
    [
      [
        ['Lovelace', 'Ada', ''],
        ['King', 'Martin', 'Jr.'],
        ['ABC Collaboration', '', ''],
      ],
      ['Ada Lovelace', 'Martin King Jr.', 'ABC Collaboration'],
    ],
    [
      [{ given: 'Ada', family: 'Lovelace' }, { family: 'Plato' }, { literal: 'Qwen Team' }],
      ['Ada Lovelace', 'Plato', 'Qwen Team'],
    ],
    [[{ first: 'Ada', middle: ['B.'], last: 'Lovelace', suffix: '' }], ['Ada B. Lovelace']],
    [[{ author: { display_name: 'Ada Lovelace' } }], ['Ada Lovelace']],
    [[{ given: '明', family: '李' }], ['李明']],
    [
      ['Jose\u0301 Poe', 'Balázs, C.'],
      ['José Poe', 'Balázs, C.'],
    ],
  ])('with authors as one text: %s', async (authors, expected) => {
    expect((await one({ authors }))?.authors).toEqual(expected)
  })

  test.each([
    ['cs.CL cs.AI', ['cs.CL', 'cs.AI']],
    ['machine learning, optics', ['machine learning', 'optics']],
    ['Computer Science', ['Computer Science']],
  ])('with categories as one text: %s', async (categories, expected) => {
    expect((await one({ categories }))?.categories).toEqual(expected)
  })

  test.each([
    [2024, '2024'],
    ['2024', '2024'],
    ['2024-05', '2024-05'],
    ['2024-05-30T12:00:00.000Z', '2024-05-30T12:00:00.000Z'],
    ['Mon, 2 Apr 2007 19:18:42 GMT', '2007-04-02T19:18:42.000Z'],
    ['May 30, 2024', '2024-05-30'],
    ['2024/05/30', '2024-05-30'],
    ['20240530', '2024-05-30'],
    ['30 May 2024', '2024-05-30'],
    ['Thu, 30 May 2024', '2024-05-30'],
    ['May 3rd, 2024', '2024-05-03'],
    ['2024 May 3', '2024-05-03'],
    ['May 2024', '2024-05'],
    ['Spring 2024', '2024'],
    [{ 'date-parts': [[2021, 5]] }, '2021-05'],
    [1704362400000, '2024-01-04T10:00:00.000Z'],
  ])('published %s', async (published, expected) => {
    expect((await one({ published }))?.published).toBe(expected)
  })

  test.each([
    [{ url: 'ftp://x.org' }, 'url is not an http or https address: “ftp://x.org”, left out'],
    [{ url: 'javascript:alert(1)' }, 'url is not an http or https address: “javascript:alert(1)”, left out'],
    [{ url: 7 }, 'url is not an http or https address: “7”, left out'],
    [{ published: '2024-02-31' }, 'published is not a date: “2024-02-31”, left out'],
    [{ published: 'soon' }, 'published is not a date: “soon”, left out'],
    [{ published: '31 Feb 2024' }, 'published is not a date: “31 Feb 2024”, left out'],
    [{ published: '04/01/2024' }, 'published is not a date: “04/01/2024”, left out'],
    [{ published: '2024-02-31T10:00:00Z' }, 'published is not a date: “2024-02-31T10:00:00Z”, left out'],
    [{ published: 'Spring' }, 'published is not a date: “Spring”, left out'],
    [{ published: 'May 2024 or so' }, 'published is not a date: “May 2024 or so”, left out'],
    [{ published: '1' }, 'published is not a date: “1”, left out'],
    [{ doi: 'none' }, 'doi is not a DOI: “none”, left out'],
    [{ arxiv: '2413.00001' }, 'arxiv is not an arXiv identifier: “2413.00001”, left out'],
    [{ authors: 3 }, 'authors is not a list of names: “3”, left out'],
    [{ authors: [{ given: 'Ada' }] }, 'authors is not a list of names: “[{"given":"Ada"}]”, left out'],
    [{ categories: { a: 1 } }, 'categories is not a list of text: “{"a":1}”, left out'],
  ])('%j loses that field alone', async (record, reason) => {
    const outcome = await read({ title: 'A title', ...record })
    expect(outcome.papers).toEqual([await one({})])
    expect(outcome.rejected).toEqual([`1: ${reason}`])
  })
})

test('what no person wrote is left out: a database could not keep it, nor a backup', async () => {
  const long = 'x'.repeat(3_000)
  const record = { doi: `10.1234/${long}`, url: `https://a.example/${long}`, venue: long }
  const lists = { categories: [long, 'cs.CL'], authors: Array.from({ length: 200 }, () => `A${long}`) }
  const { papers, rejected } = await read({ title: 'A title', ...record, ...lists })
  expect(papers).toMatchObject([{ title: 'A title', categories: ['cs.CL'] }])
  expect(papers[0]).not.toHaveProperty('venue')
  expect(JSON.stringify(papers).length).toBeLessThan(200_000)
  expect(rejected.map(one => one.slice(0, 30))).toEqual([
    '1: url is longer than 2000 cha',
    '1: doi is longer than 500 char',
    '1: venue is longer than 1000 c',
  ])
})

describe('a line that is no record', () => {
  test.each([
    ['{"title": "A', 'is not JSON'],
    ['[1, 2]', 'is not a JSON object'],
    ['null', 'is not a JSON object'],
    ['"text"', 'is not a JSON object'],
    ['{}', 'title is missing or not text'],
    ['{"title": 3}', 'title is missing or not text'],
    ['{"title": " \\u0000 "}', 'title is empty'],
    ['{"title": "A", "abstract": 3}', 'abstract is missing or not text'],
    ['{"title": "A", "id": {}}', 'id is neither text nor a number'],
    [`{"title": "A", "id": "${'x'.repeat(1001)}"}`, 'id is longer than 1000 characters'],
  ])('%s', async (line, reason) => {
    const outcome = await read('{"title":"before"}', line, '{"title":"after"}')
    expect(outcome.papers.map(paper => paper.title)).toEqual(['before', 'after'])
    expect(outcome.rejected).toEqual([`2: ${reason}`])
  })

  test('is reported once for a run of its kind', async () => {
    const outcome = await read('x', 'y', '{"title":"A"}', 'z')
    expect(outcome.rejected).toEqual(['1: is not JSON (through line 2)', '4: is not JSON'])
  })

  test('may be too long to keep', async () => {
    const outcome = await read(`{"title":"${'x'.repeat(5 * 1024 * 1024)}"}`, '{"title":"after"}')
    expect(outcome.papers).toHaveLength(1)
    expect(outcome.rejected).toEqual(['1: the line is too long'])
  })

  test('may be nested beyond reason', async () => {
    const deep = `{"title":"A","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    const outcome = await read(deep, '{"title":"after"}')
    expect(outcome.papers.at(-1)?.title).toBe('after')
  })
})

describe('the bytes around', () => {
  test('byte order mark, Windows line ends, blank lines', async () => {
    const outcome = await readWith(jsonl, '\ufeff{"title":"A"}\r\n\r\n  \r\n{"title":"B"}\r\n')
    expect(outcome.papers.map(paper => paper.title)).toEqual(['A', 'B'])
    expect(outcome.rejected).toEqual([])
  })

  test('a line that is not UTF-8', async () => {
    const bytes = Buffer.concat([
      Buffer.from('{"title":"A"}\n{"title":"'),
      Buffer.from([0xe9]),
      Buffer.from('"}\n'),
    ])
    expect((await readWith(jsonl, bytes)).rejected).toEqual(['2: the line is not valid UTF-8'])
  })
})

const record = fc.record(
  {
    id: fc.oneof(fc.string(), fc.integer(), fc.constant(null)),
    title: fc.oneof({ weight: 5, arbitrary: fc.string({ unit: 'binary', minLength: 1 }) }, fc.jsonValue()),
    abstract: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()),
    authors: fc.oneof(fc.array(fc.string()), fc.string(), fc.jsonValue()),
    url: fc.oneof(fc.webUrl(), fc.string(), fc.jsonValue()),
    published: fc.oneof(fc.date({ noInvalidDate: true }).map(String), fc.string(), fc.jsonValue()),
    doi: fc.oneof(fc.string(), fc.jsonValue()),
    categories: fc.oneof(fc.array(fc.string()), fc.jsonValue()),
    ['__proto__']: fc.jsonValue(),
  },
  { requiredKeys: [] },
)

describe('for any records', () => {
  test('each line gives a valid paper or a reason', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 8 }), async records => {
        const { papers, rejected } = await read(...records)
        for (const paper of papers) expect(Paper.parse(paper)).toEqual(paper)
        for (const paper of papers) expect(JSON.stringify(paper)).not.toContain('\\u0000')
        expect(papers.length + rejected.length).toBeGreaterThan(records.length === 0 ? -1 : 0)
        for (const reason of rejected) expect(reason).toMatch(/^[1-9]\d*: [^\p{Cc}]+$/u)
      }),
      { numRuns: 400 },
    )
  })

  test('any bytes at all only give reasons', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async bytes => {
        const { papers } = await readWith(jsonl, bytes)
        expect(papers).toEqual([])
      }),
    )
  })

  test('what is written comes back', async () => {
    const text = fc.stringMatching(/^[A-Za-zéß深 .,-]{1,40}$/).map(value => value.replace(/\s+/g, ' ').trim())
    const paper = fc.record({
      id: fc.stringMatching(/^[a-z0-9-]{1,20}$/),
      title: text.filter(value => value !== ''),
      abstract: text,
      authors: fc.array(fc.stringMatching(/^[A-ZÉ][a-zéß]{1,9} [A-Z][a-zß]{3,12}$/)),
      categories: fc.array(text.filter(value => value !== '')),
    })
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(paper, { selector: one => one.id }), async papers => {
        expect((await read(...papers)).papers).toEqual(papers)
      }),
    )
  })
})
