import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readCorpus } from '../../../src/corpus/read.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foreign-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function read(name: string, content: string | Uint8Array) {
  const file = join(folder, name)
  await writeFile(file, content)
  const { papers, rejected } = await readCorpus([file])
  return {
    titles: papers.map(paper => paper.title),
    said: rejected.map(({ file: at, line, reason }) => `${at.slice(file.length)}${line}: ${reason}`),
  }
}

const bytes = (...start: number[]) =>
  Buffer.concat([Buffer.from(start), Buffer.from(Array.from({ length: 3_000 }, (_, at) => (at * 37) % 256))])
const bib = Buffer.from('@misc{a, title={Inside}}\n')
const tar = Buffer.alloc(1024)
tar.write('a.bib', 0)
tar.write('ustar', 257)

describe('a file of another kind says what it is, whatever its name, in one report', () => {
  test.each<[string, Uint8Array | string, string]>([
    ['a PDF', Buffer.concat([Buffer.from('%PDF-1.7\n'), bytes()]), '0: is a PDF document'],
    ['a picture', bytes(0x89, 0x50, 0x4e, 0x47), '0: is a picture'],
    ['any bytes', bytes(1), '0: is no text'],
    ['bytes of zero', Buffer.alloc(10_000), '0: is no text'],
    ['a tar archive', gzipSync(tar), '0: is a tar archive'],
    ['twice compressed', gzipSync(gzipSync(bib)), '0: is compressed twice'],
    ['a compressed archive', gzipSync(zipSync({ 'a.bib': bib })), '0: is an archive in another'],
    ['UTF-32', bytes(0xff, 0xfe, 0, 0), '0: is in UTF-32'],
    ['a page to sign in', '<!DOCTYPE html>\n<title>Sign in</title>', '0: is a web page (“Sign in”)'],
    [
      'a workbook',
      zipSync({ '[Content_Types].xml': bib, 'xl/workbook.xml': bib, 'xl/worksheets/sheet1.xml': bib }),
      '0: is an Excel workbook: save it as CSV',
    ],
    ['a document', zipSync({ 'word/document.xml': bib }), '0: is an Office document'],
  ])('%s', async (_, content, says) => {
    for (const name of ['papers.bib', 'papers.csv', 'papers']) {
      const { titles, said } = await read(name, content)
      expect(titles).toEqual([])
      expect(said).toEqual([expect.stringContaining(says)])
    }
  })

  test('inside an archive, beside what is read', async () => {
    const { titles, said } = await read(
      'a.zip',
      zipSync({ 'b.zip': zipSync({ 'a.bib': bib }), 'c.bib': bib }),
    )
    expect(titles).toEqual(['Inside'])
    expect(said).toEqual(['/b.zip0: is an archive in another: unpack it first'])
  })
})

describe('an answer in place of papers', () => {
  test.each([
    ['{"error":"Rate limit exceeded","code":429}', '1: is no paper but an answer: “Rate limit exceeded”'],
    [
      '<?xml version="1.0"?><OAI-PMH><error code="badResumptionToken">gone</error></OAI-PMH>',
      '1: is an error of the source: badResumptionToken gone',
    ],
  ])('%s', async (text, says) => expect(await read('answer', text)).toEqual({ titles: [], said: [says] }))
})

describe('encodings that are not read', () => {
  test('are told, and not taken for Windows-1252', async () => {
    // GBK, Shift JIS and Windows-1251 for a title.
    const chinese = Buffer.from('d6d0cec4cce2c4bfb1eacce2', 'hex')
    expect(
      await read(
        'a.csv',
        Buffer.concat([Buffer.from('Title,Year\n'), chinese, Buffer.from(',2020\nB,2021\n')]),
      ),
    ).toEqual({
      titles: ['B'],
      said: ['2: the row is in an encoding that is not read: save the table in UTF-8'],
    })
    const japanese = Buffer.from('93fa967b8cea82cc91e8', 'hex')
    expect(
      await read(
        'a.bib',
        Buffer.concat([Buffer.from('@misc{a,title={'), japanese, Buffer.from('}}\n'), bib]),
      ),
    ).toEqual({ titles: ['Inside'], said: ['1: a line of the entry is not valid UTF-8'] })
  })

  test('a damaged line costs its own entry alone', async () => {
    const damaged = Buffer.from('@misc{b, title={Caf\xe9 \xc3\xa9}}\n', 'latin1')
    const other = Buffer.from('@misc{c, title={Other}}\n')
    expect(await read('a.bib', Buffer.concat([bib, damaged, other]))).toEqual({
      titles: ['Inside', 'Other'],
      said: ['2: a line of the entry is not valid UTF-8'],
    })
  })
})

test('a quotation mark without its end costs what is up to the next, and is told', async () => {
  expect(
    await read('a.csv', 'Title,Authors,Year\n"Bad,B Two,2002\n"One","A One",2001\n"Two","B Two",2002\n'),
  ).toEqual({
    titles: ['Two'],
    said: ['2: the row’s quotation marks do not match'],
  })
})

describe('a value without end is refused where the limit is', () => {
  const endless = 'a'.repeat(40 * 1024 * 1024)
  test.each([
    ['json', `[{"title":"${endless}"}]`, 'a record is longer than 4 MiB'],
    ['json', `{\n"foo": "${endless}"}`, 'holds no list of papers in its first 16 MiB'],
    ['xml', `<?xml version="1.0"?><feed><entry><title>${endless}</title></entry></feed>`, 'is too long'],
    [
      'xml',
      `<?xml version="1.0"?><feed><entry x="${endless}"><title>A</title></entry></feed>`,
      'is too long',
    ],
    ['csv', `Title,Year\n"${endless}",2001\n`, 'the row cannot be read'],
    ['enw', `%0 Book\n%T ${endless}\n`, 'is too long'],
  ])('%s', async (end, text, says) => {
    const { titles, said } = await read(`a.${end}`, text)
    expect(titles).toEqual([])
    expect(said).toEqual([expect.stringContaining(says)])
  })
})
