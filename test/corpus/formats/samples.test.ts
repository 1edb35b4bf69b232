import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCorpus } from '../../../src/corpus/read.ts'

interface Right {
  readonly papers: readonly Readonly<Record<string, unknown>>[]
  /** Parts of what is reported, with the line before. */
  readonly left?: readonly string[]
}

const samples = resolve(import.meta.dirname, 'samples')
const expected: Readonly<Record<string, Right>> = JSON.parse(
  await readFile(resolve(import.meta.dirname, 'samples-right.json'), 'utf8'),
)
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'samples-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function read(name: string, bytes: Uint8Array) {
  const file = join(folder, name)
  await writeFile(file, bytes)
  return readCorpus([file])
}

const names = Object.keys(expected)
const isXml = (name: string) => name.endsWith('.xml')
/** Formats of text that old programs save in one byte a character; JSON and XML tell their encoding. */
const isOld = (name: string) => /\.(?:bib|ris|csv|txt|nbib|enw)$/.test(name)

describe('files as their sources give them', () => {
  test('every sample has its right values', async () => {
    expect((await readdir(samples)).sort()).toEqual(names.toSorted())
  })

  test.each(names)('%s', async name => {
    const { papers, rejected } = await readCorpus([join(samples, name)])
    const { papers: right, left = [] } = expected[name] ?? { papers: [] }
    expect(papers).toHaveLength(right.length)
    for (const [at, one] of right.entries()) expect(papers[at]).toMatchObject(one)
    expect(rejected.map(({ line, reason }) => `${line}: ${reason}`)).toEqual(
      left.map(part => expect.stringContaining(part)),
    )
  })

  test.each(names)('%s with another line break, a mark, in UTF-16, and known by its content', async name => {
    const text = await readFile(join(samples, name), 'utf8')
    const right = (await readCorpus([join(samples, name)])).papers
    const windows = text.replace(/\r?\n/g, '\r\n')
    expect((await read(`crlf-${name}`, Buffer.from(windows))).papers).toEqual(right)
    expect((await read(`bom-${name}`, Buffer.from(`\ufeff${text}`))).papers).toEqual(right)
    expect((await read('unnamed', Buffer.from(text))).papers).toEqual(right)
    // An XML declaration that says UTF-8 is wrong there.
    if (!isXml(name))
      expect((await read(`wide-${name}`, Buffer.from(`\ufeff${text}`, 'utf16le'))).papers).toEqual(right)
  })

  test.each(names.filter(isOld))('%s in Latin-1', async name => {
    const text = (await readFile(join(samples, name), 'utf8')).replaceAll('Bees', 'Béés')
    const right = (await read(`new-${name}`, Buffer.from(text))).papers
    // What Latin-1 lacks is left as it is.
    if (/[^\0-\xff]/.test(text)) return
    expect((await read(`old-${name}`, Buffer.from(text, 'latin1'))).papers).toEqual(right)
  })

  test('cut anywhere, or with bytes changed, a file is read or reported, and never loses its place', async () => {
    const files = await Promise.all(
      names.map(async name => [name, await readFile(join(samples, name))] as const),
    )
    const change = fc.record({
      file: fc.constantFrom(...files),
      length: fc.double({ min: 0, max: 1, noNaN: true }),
      places: fc.array(
        fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.integer({ min: 0, max: 255 })),
      ),
    })
    await fc.assert(
      fc.asyncProperty(change, async ({ file: [name, bytes], length, places }) => {
        const hurt = Buffer.from(bytes.subarray(0, Math.floor(bytes.length * length)))
        for (const [place, byte] of places) hurt[Math.floor(place * hurt.length)] = byte
        const { papers, rejected } = await read(`hurt-${name}`, hurt)
        const lines = hurt.toString('latin1').split(/\r\n|\n|\r/).length
        expect(papers.length + rejected.length).toBeGreaterThan(0)
        for (const one of rejected) {
          expect(one.line).toBeLessThanOrEqual(lines + 1)
          expect(one.reason).not.toMatch(/\p{Cc}/u)
        }
      }),
      { numRuns: 150 },
    )
  })
})
