import { setImmediate as turn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { formats } from '../../../src/corpus/records.ts'
import { readWith } from '../bytes.ts'

/** How a file of each format begins; then there is one line, or one field, without an end. */
const heads: Readonly<Record<string, string>> = {
  BibTeX: '@article{k,\n  title = {',
  RIS: 'TY  - JOUR\nTI  - ',
  JSON: '[{"title": "',
  'JSON lines': '{"title": "',
  CSV: 'title,abstract\n"',
  XML: '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>',
  PubMed: 'PMID- 1\nTI  - ',
  EndNote: '%0 Journal Article\n%T ',
  labelled: 'Title: A title\nAbstract: ',
  'Hugging Face': 'Get trending papers in your email inbox\n',
}

const mebibytes = 256
const chunk = Buffer.alloc(64 * 1024, 'abcdefg ')
/** Above what a record may have and what is not given back yet, far below the file. */
const mostMemory = 120 * 2 ** 20

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Bytes that something still holds. */
function inUse(): number {
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

it('knows all formats', () => {
  const known = Object.keys(heads)
  expect(
    formats.filter(({ name }) => !known.some(head => name.startsWith(head))).map(({ name }) => name),
  ).toEqual([])
})

it.each(formats.map(format => ({ name: format.name, format })))(
  'a line that never ends is not kept: $name',
  async ({ name, format }) => {
    const head = Object.entries(heads)
      .filter(([known]) => name.startsWith(known))
      .sort(([a], [b]) => b.length - a.length)[0]?.[1]
    let most = 0
    const before = inUse()
    async function* endless() {
      yield Buffer.from(head ?? '')
      for (let sent = 0; sent < mebibytes; sent++) {
        for (let part = 0; part < 2 ** 20; part += chunk.length) yield chunk
        // As between two reads of a file: buffers are given back there.
        await turn()
        if (sent % 12 === 11) most = Math.max(most, inUse() - before)
      }
    }
    const { papers, rejected } = await readWith(format, endless())
    expect(papers).toEqual([])
    expect(rejected.length).toBeGreaterThan(0)
    // A table goes on with the next line, of which there is one for each mebibyte that it gave up.
    expect(rejected.length).toBeLessThanOrEqual(mebibytes)
    expect(most).toBeLessThan(mostMemory)
  },
  60_000,
)
