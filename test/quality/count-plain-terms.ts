import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readCorpus } from '../../src/corpus/read.ts'
import { tokenize } from '../../src/search/analysis/analyze.ts'
import { evalFolder, haveData } from './data.ts'

/**
 * Writes src/answer/abstain/plain-terms.json: stems that many abstracts of ACM-CR (Unlicense) hold. They are plain
 * English, or plain to write about: a paper that lacks one need not lack the answer. `node test/quality/count-plain-terms.ts`
 */
const leastPapers = 15
const step = 2

if (haveData()) {
  const { papers } = await readCorpus([resolve(evalFolder, 'public/acmcr/corpus.jsonl.gz')])
  const counts = new Map<string, number>()
  for (const { title, abstract } of papers.filter((_, i) => i % step === 0))
    for (const term of new Set(tokenize(`${title} ${abstract}`).map(token => token.term)))
      counts.set(term, (counts.get(term) ?? 0) + 1)
  const plain = [...counts].filter(([term, count]) => count >= leastPapers && /^[a-z]{2,}$/u.test(term))
  const terms = plain.map(([term]) => term).sort()
  const file = fileURLToPath(new URL('../../src/answer/abstain/plain-terms.json', import.meta.url))
  writeFileSync(file, `${JSON.stringify({ terms: terms.join(' ') })}\n`)
  console.log(`${terms.length} terms`)
} else console.error(`SKIPPED: no evaluation data at ${evalFolder}: nothing was counted.`)
