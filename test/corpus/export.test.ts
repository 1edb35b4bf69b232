import { describe, expect, test } from 'vitest'
import { citationKey } from '../../src/corpus/citation.ts'
import { citation, exportPapers, type PaperNote } from '../../src/corpus/export.ts'
import type { Paper } from '../../src/corpus/paper.ts'
import { readCorpus } from '../../src/corpus/read.ts'
import { parseBibtex } from './parse-bibtex.ts'

const paper = (fields: Partial<Paper> = {}): Paper => ({
  id: 'x',
  title: 'Key-Value Transformer',
  abstract: '',
  authors: [],
  categories: [],
  ...fields,
})

const arxiv = paper({
  id: '2405.19320',
  authors: ['Ada Lovelace', 'Ludwig van Beethoven', '王伟', 'Müller, Jörg'],
  published: '2024-05-30T12:00:00Z',
  arxiv: '2405.19320',
  categories: ['Machine Learning', 'cs.CL'],
  abstract: 'See https://github.com/a/b.',
})

describe('BibTeX', () => {
  test('of an arXiv paper is what arXiv itself writes', () => {
    expect(citation(arxiv)).toBe(`@misc{lovelace2024key-8kt,
  author = {Lovelace, Ada and van Beethoven, Ludwig and {王伟} and Müller, Jörg},
  year = {2024},
  title = {Key-{Value} {Transformer}},
  url = {https://arxiv.org/abs/2405.19320},
  eprint = {2405.19320},
  archivePrefix = {arXiv},
  primaryClass = {cs.CL},
  month = may
}
`)
  })

  test('of a paper at a conference and in a journal names where', () => {
    const fields = { authors: ['Ada Lovelace'], published: '1843', doi: '10.1145/1.2' }
    expect(citation(paper({ ...fields, venue: 'Proceedings of ICML & Friends' }))).toContain(
      '@inproceedings{lovelace1843key-dhp,\n  author = {Lovelace, Ada},\n  booktitle = {Proceedings of {ICML} \\& {Friends}},',
    )
    const article = citation(paper({ ...fields, venue: 'Scientific Memoirs' }))
    expect(article).toMatch(/^@article\{/)
    expect(article).toContain('  journal = {Scientific Memoirs},')
    expect(article).toContain('  doi = {10.1145/1.2},')
  })

  test.each([
    ['Layers of TiO$_2$ near $T_c$', 'Layers of {TiO}$_2$ near $T_c$'],
    ['$k$-Means in $O(n\\log n)$ & more', '$k$-{Means} in $O(n\\log n)$ \\& more'],
    ['Costs of $5 and $10_a', 'Costs of \\$5 and \\$10\\_a'],
    ['{LSTM}: {A} Search', 'LSTM: A {Search}'],
    ['Caf&eacute; H<sub>2</sub>O', 'Café {H}₂{O}'],
    ['The $\\Delta_{0}$ of \\(X\\)', 'The $\\Delta_{0}$ of $X$'],
    ['Broken $x_{i$ here', 'Broken'],
    ['Nothing in $$ $$ here', 'Nothing in'],
  ])('of the title %s is LaTeX that means it', (title, expected) => {
    expect(citation(paper({ title }))).toContain(`title = {${expected}`)
  })

  test('keeps a switch of the font within its formula', () => {
    expect(citation(paper({ title: 'The $\\bf 10$ of E6' }))).toContain('{\\bf 10}$ of {E6}}')
  })

  // Braces that BibTeX counts as pairs and LaTeX does not, or the other way round; commands without their letter.
  test.each(['\\_A', '\\mathrm', 'a\\', '{\\}', '\\{a}', '\\{a\\}', '{a\\\\}', '\\}{'])(
    'of the formula %s in a title is read back',
    formula => {
      expect(parseBibtex(citation(paper({ title: `$${formula}$x` })))).toHaveLength(1)
    },
  )

  test('escapes what LaTeX takes for commands', () => {
    expect(citation(paper({ title: '100% & $5 #1 a_b {x} ~ ^ \\foo > 1' }))).toContain(
      'title = {100\\% \\& \\$5 \\#1 a\\_b \\textbraceleft{}x\\textbraceright{} \\textasciitilde{} \\textasciicircum{} \\textbackslash{}foo \\textgreater{} 1}',
    )
  })

  test('carries status, note and tags', () => {
    const notes = new Map([
      ['x', { status: 'reading', note: 'Read\n\n section 3 & 4', tags: ['kv', 'to cite'] }],
    ])
    const text = exportPapers([paper()], 'bibtex', notes)
    expect(text).toContain('keywords = {kv, to cite, reading}')
    expect(text).toContain('note = {Read section 3 \\& 4}')
  })

  test('of every paper that ships can be read back', async () => {
    const { papers } = await readCorpus([new URL('../../corpus', import.meta.url).pathname])
    const parsed = parseBibtex(exportPapers(papers, 'bibtex'))
    expect(parsed).toHaveLength(107)
    expect(new Set(parsed.map(entry => entry['citation-key'])).size).toBe(107)
    const titles = parsed.map(entry => entry.title.replace(/<[^>]+>/g, ''))
    expect(titles).toEqual(papers.map(one => one.title))
  })
})

describe('citation keys', () => {
  test.each<[Partial<Paper>, string]>([
    [{ authors: ['Ada Lovelace'], published: '2024-05-30' }, 'lovelace2024key-dhp'],
    [{ authors: ['van Beethoven, Ludwig'] }, 'vanbeethovenkey-dhp'],
    [{ authors: ['Kurt Gödel'], title: 'Über formal' }, 'godeluber-dhp'],
    [{ title: 'What is the value of {templates}?' }, 'value-templates-dhp'],
    [{ title: '深度学习' }, 'paper-x-dhp'],
    [{ title: '深度学习', authors: ['王伟'], id: '10.1/a_b' }, 'paper-101ab-nkn'],
  ])('%j: %s', (fields, key) => expect(citationKey(paper(fields))).toBe(key))

  test('are the same where a paper is cited alone', () => {
    const papers = [paper(), paper({ id: 'y' })]
    expect(exportPapers(papers, 'bibtex')).toBe(papers.map(citation).join('\n'))
  })

  test('are unique within one export', () => {
    const text = exportPapers([paper(), paper({ id: 'y' }), paper({ id: 'z' })], 'bibtex')
    expect(text.match(/(?<=@misc\{).*(?=,)/g)).toEqual([
      'key-value-transformer-dhp',
      'key-value-transformer-1w4',
      'key-value-transformer-seh',
    ])
  })
})

test('CSL-JSON holds what a reference manager needs', () => {
  const notes = new Map([[arxiv.id, { status: 'read', note: 'good', tags: ['kv'] }]])
  expect(JSON.parse(exportPapers([arxiv], 'csl-json', notes))).toEqual([
    {
      id: 'lovelace2024key-8kt',
      'citation-key': 'lovelace2024key-8kt',
      type: 'document',
      title: 'Key-Value Transformer',
      author: [
        { family: 'Lovelace', given: 'Ada' },
        { family: 'van Beethoven', given: 'Ludwig' },
        { literal: '王伟' },
        { family: 'Müller', given: 'Jörg' },
      ],
      issued: { 'date-parts': [[2024, 5, 30]] },
      URL: 'https://arxiv.org/abs/2405.19320',
      archive: 'arXiv',
      archive_location: '2405.19320',
      abstract: 'See https://github.com/a/b.',
      note: 'good',
      keyword: 'kv, read',
    },
  ])
})

describe('CSV', () => {
  const rows = (text: string) => text.replace(/^\ufeff/, '').split('\r\n')

  test('has a row for each paper', () => {
    const notes = new Map([
      [arxiv.id, { status: 'read', note: 'a "good" one,\nsays Jo', tags: ['kv', 'llm'] }],
    ])
    const text = exportPapers([arxiv], 'csv', notes)
    expect(text.startsWith('\ufeff')).toBe(true)
    expect(rows(text)).toEqual([
      'id,title,authors,published,venue,doi,arxiv,url,code,status,tags,note,abstract',
      '2405.19320,Key-Value Transformer,"Ada Lovelace; Ludwig van Beethoven; 王伟; Müller, Jörg",2024-05-30T12:00:00Z,,,2405.19320,https://arxiv.org/abs/2405.19320,https://github.com/a/b,read,kv; llm,"a ""good"" one,\nsays Jo",See https://github.com/a/b.',
      '',
    ])
  })

  test.each(['=1+1', '+cmd', '-2', '@SUM(A1)', '\t=1', '  =1', '＝1', '\r=1'])(
    'no cell is a formula: %j',
    text => {
      const notes = new Map<string, PaperNote>([['x', { note: text, tags: [text], status: text }]])
      const csv = exportPapers([paper({ title: text, authors: [text], venue: text })], 'csv', notes)
      expect(csv).not.toMatch(/(^|[,"\n])\s*[=+@＝-]/m)
    },
  )
})

describe('Markdown', () => {
  test('is a list of links', () => {
    const notes = new Map([[arxiv.id, { status: 'read', note: 'good\none', tags: ['kv'] }]])
    expect(exportPapers([arxiv, paper({ url: 'https://x.org/a_(b)' })], 'markdown', notes)).toBe(
      `- [Key-Value Transformer](https://arxiv.org/abs/2405.19320)\\
  Ada Lovelace et al. · 2024\\
  read · \\#kv\\
  good one
- [Key-Value Transformer](https://x.org/a_%28b%29)
`,
    )
  })

  test('has no marks, mentions or HTML of a title or a note', () => {
    const hostile = '**b** [x](javascript:1) <script> `c` @everyone # _i_ ~~s~~ |t| ![i](u)\n- item'
    const notes = new Map([['x', { note: hostile }]])
    const text = exportPapers([paper({ title: hostile })], 'markdown', notes)
    expect(text.split('\n')).toHaveLength(3)
    expect(text).not.toMatch(/(?<!\\)[*`<~|@!]/)
    expect(text.match(/(?<!\\)\[/g)).toHaveLength(1)
  })
})

test('no papers make an empty file of each format', () => {
  expect(exportPapers([], 'bibtex')).toBe('')
  expect(JSON.parse(exportPapers([], 'csl-json'))).toEqual([])
  expect(exportPapers([], 'csv')).toMatch(/^\ufeffid,title,.*\r\n$/)
  expect(exportPapers([], 'markdown')).toBe('')
})
