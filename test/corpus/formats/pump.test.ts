import { expect, it } from 'vitest'
import { formats } from '../../../src/corpus/records.ts'
import { readWith } from '../bytes.ts'

/**
 * No field of a corpus file may stop the process, in whichever format: each gets what makes expressions and loops run
 * away. The budget is far above what any of them takes, and far below what grows with the square of the length.
 */
const budget = 300
const size = 60_000

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
const inXml = (field: string, is: string, value: string) => (field === is ? escaped(value) : is)

const records: Readonly<Record<string, (field: string, value: string) => string>> = {
  BibTeX: (field, value) => `@article{k,\n  title = {A title},\n  ${field} = {${value}}\n}\n`,
  RIS: (field, value) => {
    const tags: Readonly<Record<string, string>> = {
      ...{ title: 'TI', abstract: 'AB', author: 'AU', editor: 'ED' },
      ...{ year: 'PY', doi: 'DO', url: 'UR', journal: 'T2', keywords: 'KW', note: 'N1' },
    }
    return `TY  - JOUR\nTI  - A title\n${tags[field]}  - ${value}x\nER  - \n`
  },
  EndNote: (field, value) => {
    const tags: Readonly<Record<string, string>> = {
      ...{
        title: 'T',
        abstract: 'X',
        author: 'A',
        year: 'D',
        doi: 'R',
        url: 'U',
        journal: 'J',
        keywords: 'K',
      },
      ...{ editor: 'E', note: 'Z' },
    }
    return `%0 Journal Article\n%T A title\n%${tags[field]} ${value}x\n`
  },
  'JSON lines': (field, value) => `${JSON.stringify({ title: 'A title', [field]: value })}\n`,
  CSV: (field, value) => `title,${field}\nA title,"${value.replaceAll('"', '""')}"\n`,
  labelled: (field, value) => `Title: A title\nAuthors: Ada One\n**${field}:** ${value}\n${value}x\n`,
  XML: (field, value) =>
    `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>${inXml(field, 'title', value)}</title><id>a</id>` +
    `<summary>${inXml(field, 'abstract', value)}</summary><published>${inXml(field, 'year', value)}</published>` +
    `<author><name>${inXml(field, 'author', value)}</name></author></entry></feed>`,
}
const fields = ['title', 'abstract', 'author', 'editor', 'year', 'doi', 'url', 'journal', 'keywords', 'note']
const pieces = [
  ...' \t,;.-{$a1"\\&<',
  ...["'", "['", '["', '|', 'al-', '\\ensuremath{', 'arXiv ', 'doi ', '%', '\n%', '.-'],
  ...[', ', ' and ', 'A. ', '. ', 'a, b; ', '{\\"a}', '}{', '$a$', '<i>', '&amp;', '2020-', '10.1/', '\n'],
]

/** @returns milliseconds of processor time, of the cheapest of up to three runs: other work on the machine does not count */
async function taken(run: () => Promise<unknown>): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < 3 && least > budget; i++) {
    const start = process.cpuUsage()
    await run()
    const { user, system } = process.cpuUsage(start)
    least = Math.min(least, (user + system) / 1_000)
  }
  return least
}

it.each(Object.keys(records))(
  'no field in %s is read for longer than its budget',
  async name => {
    const format = formats.find(one => one.name.startsWith(name))
    const record = records[name]
    if (format === undefined || record === undefined) throw new Error(`no format ${name}`)
    await readWith(format, record('title', 'a'))
    const slow: string[] = []
    for (const field of fields)
      for (const piece of pieces) {
        const text = record(field, piece.repeat(size / piece.length))
        const ms = await taken(() => readWith(format, text))
        if (ms > budget) slow.push(`${Math.round(ms)} ms: ${field} of ${JSON.stringify(piece)}`)
      }
    expect(slow).toEqual([])
  },
  180_000,
)
