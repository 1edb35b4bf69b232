import { runTask } from '../worker-task.ts'
import { citationKey, cslOf } from './citation.ts'
import type { Paper } from './paper.ts'

/** Citation styles for people to read. Each has a style file in `citation-styles`, in CSL 1.0. */
export const citationStyles = {
  apa: 'APA',
  chicago: 'Chicago',
  ieee: 'IEEE',
} as const
export type CitationStyle = keyof typeof citationStyles

/** What the thread is given: the style, and an item of CSL-JSON. */
export interface CitationTask {
  readonly style: CitationStyle
  readonly item: Readonly<Record<string, unknown>>
}

/** Authors that a style may name: it abbreviates lists of more than twenty, and then names the last one too. */
const namedAuthors = 20

/**
 * The paper's entry in a bibliography, as plain text on one line.
 * @example await styledCitation(paper, 'ieee') // 'A. Lovelace, “Key caches,” May 2024, arXiv: 2405.19320.'
 * @throws Failure `limit` when it takes too long
 */
export const styledCitation = (paper: Paper, style: CitationStyle): Promise<string> =>
  runTask(
    new URL('./styled-citation-worker.ts', import.meta.url),
    { style, item: itemOf(paper) } satisfies CitationTask,
    { timeout: 10_000, memory: 64 },
  )

function itemOf(paper: Paper): CitationTask['item'] {
  const { abstract: _, note: __, keyword: ___, type, author = [], ...item } = cslOf(paper, citationKey(paper))
  const last = author.at(-1)
  const authors =
    author.length > namedAuthors + 1 && last !== undefined ? [...author.slice(0, namedAuthors), last] : author
  return {
    ...item,
    // The processor knows the types of CSL 1.0.1, in which a preprint is an article.
    type: type === 'document' ? 'article' : type,
    title: literal(item.title),
    ...(item['container-title'] === undefined ? {} : { 'container-title': literal(item['container-title']) }),
    ...(authors.length === 0 ? {} : { author: authors.map(escaped) }),
  }
}

/** Tags and entities in a text are letters of it: the processor would read them as formatting. */
const literal = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

const escaped = (name: object): object =>
  Object.fromEntries(Object.entries(name).map(([part, text]) => [part, literal(String(text))]))
