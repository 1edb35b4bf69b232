import { describe, expect, test } from 'vitest'
import { bibtexFormat } from '../../../src/corpus/formats/bibtex-reader.ts'
import { csv } from '../../../src/corpus/formats/csv.ts'
import { json } from '../../../src/corpus/formats/json.ts'
import { ris } from '../../../src/corpus/formats/ris.ts'
import { readable } from '../../../src/corpus/readable.ts'
import { readWith } from '../bytes.ts'

describe('BibTeX', () => {
  test('keeps formulas, resolves accents, braces and abbreviations, and leaves out who is nobody', async () => {
    const { papers, rejected } = await readWith(
      bibtexFormat,
      String.raw`% a comment
@string{nips = "NeurIPS"}
@comment{ignored}
@inproceedings{a1,
  title={The {KV} Cache: $O(n^2)$ for {\"o}ber}, author={Erd{\H{o}}s, Paul and {OpenAI Team} and van der Berg, Jan and others},
  booktitle=nips, year=2021, month=mar, abstract={We do 50\% of $x_1$ things.}, eprint={2101.00001}, archivePrefix={arXiv}, doi={10.1000/ab_c}
}
@article(p2, title = "Second", journal = {J. of X}, author = "One, Ada", date = {2020-05-06})`,
    )
    expect(rejected).toEqual([])
    expect(papers).toMatchObject([
      {
        id: '2101.00001',
        arxiv: '2101.00001',
        doi: '10.1000/ab_c',
        title: 'The KV Cache: $O(n^2)$ for öber',
        abstract: 'We do 50% of $x_1$ things.',
        authors: ['Paul Erdős', 'OpenAI Team', 'Jan van der Berg'],
        venue: 'NeurIPS',
        published: '2021-03',
      },
      { title: 'Second', venue: 'J. of X', authors: ['Ada One'], published: '2020-05-06' },
    ])
  })

  test('an address in a remark costs no entry', async () => {
    const { papers, rejected } = await readWith(
      bibtexFormat,
      `@article{a, title={One}, author={A B}}
% added by ada@lab.example, see her mail
@article{b,
  title={Two}
}
Contact: bob@lab.example

@article{c, title={Three}}`,
    )
    expect(papers.map(paper => paper.title)).toEqual(['One', 'Two', 'Three'])
    expect(rejected).toEqual([1, 3].map(line => `${line}: what stands behind it cannot be read`))
  })

  test('an entry that never ends costs no other', async () => {
    const { papers, rejected } = await readWith(
      bibtexFormat,
      '@article{a, title={One}}\n@article{b, title={unclosed, author={X}\n@article{c, title={Three}}\n',
    )
    expect(papers.map(paper => paper.title)).toEqual(['One', 'Three'])
    expect(rejected).toEqual([expect.stringMatching(/^2: is not a BibTeX entry/)])
  })
})

test.each([
  [String.raw`A\slash B and \texttt{c}`, 'A/B and c'],
  ["`single' and ``double''", '‘single’ and “double”'],
  [String.raw`Foo\footnote{Supported by {Bees}.} \dots bar`, 'Foo … bar'],
  [String.raw`\href{http://x.example.org}{Linked} Line\\Break`, 'Linked Line Break'],
  [String.raw`Soft\-hyphen and \text{Łódź}`, 'Softhyphen and Łódź'],
])('a title in LaTeX: %s', async (written, right) => {
  const { papers } = await readWith(bibtexFormat, `@misc{a, title={${written}}}`)
  expect(readable(papers[0]?.title ?? '')).toBe(right)
})

test('BibTeX with a comma or the last brace left out is read and told, but never with one field inside another', async () => {
  const { papers, rejected } = await readWith(
    bibtexFormat,
    `@article{a,
  title = {No Comma}
  author = {One, Ada},
  year = 2020
}
@article{b,
  title = {No Brace},
  year = {2021}

@article{c, title = {Open {Title}, author = {Three, Cy}, year = 2022}
@article{d, title = {After It}}
@article{e, title = {Cut Off}, abstract = {We do`,
  )
  expect(papers).toMatchObject([
    { title: 'No Comma', authors: ['Ada One'], published: '2020' },
    { title: 'No Brace', published: '2021' },
    { title: 'After It' },
  ])
  expect(rejected).toEqual([
    '1: a comma between two fields is missing',
    '6: the brace at its end is missing',
    expect.stringContaining('10: is not a BibTeX entry'),
    expect.stringContaining('12: is not a BibTeX entry'),
  ])
})

test('RIS, new tags and old, one dash apart', async () => {
  const { papers } = await readWith(
    ris,
    `TY  - JOUR
AU  - One, Ada
AU  - Two, Bob
TI  - A title
T2  - J. of X
AB  - An abstract
 that is wrapped.
DA  - 2021/03/05/
PY  - 2021
DO  - 10.1000/abc
UR  - https://example.org/a
ER  -
TY - CONF
T1 - Old style
A1 - Last, F.
Y1 - 2019/01//
N2 - Some words.
ER -
`.replaceAll('\n', '\r\n'),
  )
  expect(papers).toMatchObject([
    {
      id: '10.1000/abc',
      title: 'A title',
      authors: ['Ada One', 'Bob Two'],
      abstract: 'An abstract that is wrapped.',
      venue: 'J. of X',
      published: '2021-03-05',
      url: 'https://example.org/a',
    },
    { title: 'Old style', authors: ['F. Last'], published: '2019-01', abstract: 'Some words.' },
  ])
})

describe('CSV', () => {
  test('as Zotero writes it, with cells of several lines and rows that are short', async () => {
    const { papers, rejected } = await readWith(
      csv,
      '\ufeff"Key","Title","Author","Publication Year","Abstract Note","DOI","Publication Title"\n' +
        'X1,"A, b","One, Ada; Two, Bob",2020,"two\nlines",10.1000/1,J\nX2,,x,2001,,\nX3,C,Z,2001\n',
    )
    expect(papers).toMatchObject([
      { id: '10.1000/1', title: 'A, b', abstract: 'two lines', published: '2020', venue: 'J' },
      { title: 'C', authors: ['Z'], published: '2001' },
    ])
    expect(rejected).toEqual(['4: title is missing or not text'])
  })

  test.each([';', '\t'])('separated by %j', async mark => {
    const { papers } = await readWith(csv, `${['Title', 'Year'].join(mark)}\n${['KV, T', '2023'].join(mark)}`)
    expect(papers).toMatchObject([{ title: 'KV, T', published: '2023' }])
  })

  test('without a title column says so', async () => {
    const below = 'Exported from My Tool\n\nTitle,Author\nKites in Wind,Ada One\n'
    expect((await readWith(csv, below)).papers).toMatchObject([
      { title: 'Kites in Wind', authors: ['Ada One'] },
    ])
    expect(await readWith(csv, 'a,b\n1,2\n')).toEqual({
      papers: [],
      rejected: ['1: no column is called title'],
    })
  })
})

describe('JSON', () => {
  test.each([
    ['an array', '[{"title":"A"},\n{"title":"B"}]'],
    ['OpenAlex', '{"meta":{"count":2},"results":[{"display_name":"A"},{"title":"B"}]}'],
    ['Crossref', '{"status":"ok","message":{"facets":{},"items":[{"title":["A"]},{"title":["B"]}]}}'],
    ['Semantic Scholar', '{"total":2,"data":[{"paperId":"x","title":"A"},{"paperId":"y","title":"B"}]}'],
    [
      'OpenReview 2',
      '{"notes":[{"id":"x","content":{"title":{"value":"A"}}},{"id":"y","content":{"title":{"value":"B"}}}],"count":2}',
    ],
    [
      'bioRxiv',
      '{"messages":[{"status":"ok"}],"collection":[{"doi":"10.1101/1","title":"A","authors":"One, A.; Two, B."},{"title":"B"}]}',
    ],
    [
      'daily papers',
      '[{"paper":{"id":"2401.00001","title":"A"},"title":"A"},{"paper":{"id":"2401.00002","title":"B"}}]',
    ],
  ])('%s', async (_, text) => {
    expect(json.accepts('x.json', text)).toBe(true)
    const { papers, rejected } = await readWith(json, text)
    expect(papers.map(paper => paper.title)).toEqual(['A', 'B'])
    expect(rejected).toEqual([])
  })

  test('one record alone', async () => {
    expect((await readWith(json, '{\n "title": "Alone"\n}\n')).papers).toMatchObject([{ title: 'Alone' }])
  })

  test('a document that is cut off keeps what came before', async () => {
    const { papers, rejected } = await readWith(json, '[{"title":"A"},\n {"title":')
    expect(papers.map(paper => paper.title)).toEqual(['A'])
    expect(rejected).toEqual(['2: is not JSON: the document ends too early'])
  })

  test('records of lines are none of its business', () => {
    expect(json.accepts('x', '{"title":"A"}\n{"title":"B"}\n')).toBe(false)
    expect(json.accepts('x.jsonl', '{"title":"A"}')).toBe(false)
  })
})

test('a quotation mark that nothing closes is told with the line of its row', async () => {
  const table =
    'title,authors,abstract\nFirst,"One, Ada","Two\nlines"\nSecond,Two,"never closed\nThird,Three,\nFourth,Four,\n'
  const { papers, rejected } = await readWith(csv, table)
  expect(papers.map(({ title }) => title)).toEqual(['First'])
  expect(rejected).toEqual([expect.stringMatching(/^4: the row cannot be read: /)])
})
