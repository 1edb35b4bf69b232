import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import type { CitationTask } from './styled-citation.ts'

interface Processor {
  resetReferences(items: readonly unknown[]): void
  includeUncited(which: 'All'): void
  makeBibliography(): { readonly value: string }[]
}

function cite({ style, item }: CitationTask): string {
  const file = new URL(`./citation-styles/${style}.csl`, import.meta.url)
  // A package in CommonJS alone.
  const require = createRequire(import.meta.url)
  const { Driver } = require('@citeproc-rs/wasm')
  const processor: Processor = new Driver({
    style: readFileSync(file, 'utf8'),
    format: 'plain',
    fetcher: { fetchLocale: () => '' },
  })
  processor.resetReferences([item])
  processor.includeUncited('All')
  return (processor.makeBibliography()[0]?.value ?? '').replace(/\s+/gu, ' ').trim()
}

parentPort?.postMessage(cite(workerData as CitationTask))
