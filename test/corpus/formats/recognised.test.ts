import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { exportPapers } from '../../../src/corpus/export.ts'
import { filedUnder } from '../../../src/corpus/identity.ts'
import { readCorpus } from '../../../src/corpus/read.ts'
import { readable } from '../../../src/corpus/readable.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'formats-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function read(name: string, content: string | Uint8Array) {
  const file = join(folder, name)
  await writeFile(file, content)
  return readCorpus([file])
}

const samples: Readonly<Record<string, string>> = {
  bib: '@misc{a, title={Same}, author={One, Ada}}',
  ris: 'TY  - JOUR\nTI  - Same\nER  - \n',
  csv: 'Title,Year\nSame,2020\n',
  json: '[{"title":"Same"}]',
  jsonl: '{"title":"Same"}\n{"title":"Other"}\n',
  xml: '<?xml version="1.0"?><feed><entry><id>urn:x</id><title>Same</title></entry></feed>',
}

describe('a format is known by what is in the file', () => {
  test.each(Object.entries(samples))('%s under another name', async (_, text) => {
    expect((await read('papers', text)).papers[0]?.title).toBe('Same')
    expect((await read('papers.dat.gz', gzipSync(text))).papers[0]?.title).toBe('Same')
  })

  test('all of them in one zip archive, and what is broken in it named', async () => {
    const files = Object.entries(samples).map(([end, text]) => [`folder/a.${end}`, Buffer.from(text)])
    const zip = zipSync({
      ...Object.fromEntries(files),
      'README.md': Buffer.from('no papers'),
      'bad.bin': Buffer.from([1, 2, 3]),
    })
    const { papers, rejected } = await read('all.zip', zip)
    expect(new Set(papers.map(paper => paper.title))).toEqual(new Set(['Same', 'Other']))
    expect(rejected.map(({ file, reason }) => `${file.slice(folder.length)}: ${reason}`)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^\/all\.zip\/bad\.bin: no reader/)]),
    )
  })

  test('an archive whose names lead out of it is refused from there on', async () => {
    const { papers, rejected } = await read(
      'out.zip',
      zipSync({
        'a.csv': Buffer.from('Title,Year\nIn,2020\n'),
        '../b.csv': Buffer.from('Title,Year\nOut,2020\n'),
      }),
    )
    expect(papers.map(paper => paper.title)).toEqual(['In'])
    expect(rejected.map(({ reason }) => reason)).toEqual([expect.stringContaining('invalid relative path')])
  })

  test('many files that are small each are no way to unfold without end', async () => {
    const spaces = Buffer.alloc(6 * 1024 ** 2, ' ')
    const files = Array.from({ length: 8 }, (_, i) => [
      `${i}.jsonl`,
      Buffer.concat([Buffer.from(`{"title":"Paper ${i}"}\n`), spaces]),
    ])
    const { papers, rejected } = await read('many.zip', zipSync(Object.fromEntries(files)))
    expect(papers).toHaveLength(2)
    expect(rejected.at(-1)?.reason).toContain('the files expand to more than a hundred times its size')
  })

  test('a bomb is not unfolded', async () => {
    const zip = zipSync({ 'a.csv': Buffer.alloc(40 * 1024 ** 2, 'a') }, { level: 9 })
    const { papers, rejected } = await read('bomb.zip', zip)
    expect(papers).toEqual([])
    expect(rejected[0]?.reason).toBe('expands to more than a hundred times its size')
  })
})

describe('the papers that ship', () => {
  test.each(['bibtex', 'csl-json', 'csv'] as const)('come back from an export as %s', async format => {
    const { papers } = await readCorpus(['corpus'])
    const end = { bibtex: 'bib', 'csl-json': 'json', csv: 'csv' }[format]
    const again = await read(`export.${end}`, exportPapers(papers, format))
    // BibTeX is for citing: it is written without abstracts.
    expect(again.rejected.map(({ kind }) => kind)).toEqual(format === 'bibtex' ? ['field'] : [])
    expect(again.papers.map(paper => readable(paper.title))).toEqual(
      papers.map(paper => readable(paper.title)),
    )
    expect(again.papers.every(paper => filedUnder(paper).length > 0)).toBe(true)
  })
})
