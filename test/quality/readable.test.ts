import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readCorpus } from '../../src/corpus/read.ts'
import { readable } from '../../src/corpus/readable.ts'

const shared = fileURLToPath(new URL('../../../shared/eval/public', import.meta.url))
test.skipIf(!existsSync(shared))('once is enough for every published abstract', async () => {
  for (const name of ['scitldr', 'scifact', 'pubmedqa', 'cranfield']) {
    const { papers } = await readCorpus([`${shared}/${name}/corpus.jsonl`])
    expect(papers.length).toBeGreaterThan(900)
    for (const text of papers.flatMap(paper => [paper.title, paper.abstract])) {
      const once = readable(text)
      if (readable(once) !== once) expect(readable(once)).toBe(once)
    }
  }
})
if (!existsSync(shared)) console.warn('SKIPPED: ../shared is not there, no published abstract was cleaned')
