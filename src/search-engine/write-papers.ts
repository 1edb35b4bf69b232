import { hash } from 'node:crypto'
import type { Paper } from '../corpus/paper.ts'
import type { SyncEmbedder } from '../search/embedding/port.ts'
import { storedDocuments } from '../search/partial/stored-document.ts'
import type { PaperChange, StoredPaper } from '../store/paper-ports.ts'
import { type Operation, writeAll } from './bulk.ts'
import type { Indexes } from './indexes.ts'
import { entryOf, joinedEntry, keyOf, keyOfFile } from './papers-in-engine.ts'

/** Analysed and written at once. */
const batch = 250

export interface Writer {
  readonly indexes: Indexes
  /** Without vectors where the index has none. */
  readonly embedder: SyncEmbedder | undefined
}

/** Tells files with other papers, or in another order, apart. */
export const filesHash = (papers: readonly Paper[]): string => {
  let sum = `${papers.length}`
  // In pieces: all of them as one text would take as much memory again.
  for (let at = 0; at < papers.length; at += batch)
    sum = hash('sha256', sum + JSON.stringify(papers.slice(at, at + batch)))
  return sum.slice(0, 32)
}

/** Puts the papers of files into an index. */
export async function writeFiles(
  index: string,
  papers: readonly Paper[],
  files: string,
  { indexes, embedder }: Writer,
): Promise<void> {
  for (let at = 0; at < papers.length; at += batch) {
    const documents = await storedDocuments(papers.slice(at, at + batch), embedder)
    const operations = documents.map((document, i) => ({
      id: keyOfFile(document.paper.id),
      entry: entryOf(document, { kind: 'file', files, order: at + i }),
    }))
    await writeAll(indexes.engine, index, operations)
  }
}

/** Puts changes of the database into an index. Doing it twice, or after a later change, changes nothing. */
export async function writeChanges(
  index: string,
  changes: readonly PaperChange[],
  writer: Writer,
): Promise<void> {
  for (let at = 0; at < changes.length; at += batch) {
    const some = changes.slice(at, at + batch)
    await writeAll(writer.indexes.engine, index, await operationsOf(some, writer))
    for (const change of some)
      if ('isEmptied' in change) await empty(index, change.collection, change.revision, writer)
  }
}

async function operationsOf(changes: readonly PaperChange[], { embedder }: Writer): Promise<Operation[]> {
  const stored = changes.filter((change): change is StoredPaper => 'paper' in change)
  const documents = await storedDocuments(
    stored.map(({ paper }) => paper),
    embedder,
  )
  const written = documents.map((document, i): Operation => {
    const { collection, revision } = stored[i] as StoredPaper
    return {
      id: keyOf(collection, document.paper.id),
      version: revision,
      entry: entryOf(document, { kind: 'stored', collection, revision }),
    }
  })
  const removed = changes.flatMap((change): Operation[] => {
    if ('paper' in change || 'isEmptied' in change) return []
    const { collection, id, joinedInto, revision } = change
    const entry = joinedInto === undefined ? undefined : joinedEntry({ collection, id, revision }, joinedInto)
    return [{ id: keyOf(collection, id), version: revision, entry }]
  })
  return [...written, ...removed]
}

async function empty(
  index: string,
  collection: string,
  revision: number,
  { indexes }: Writer,
): Promise<void> {
  await indexes.refresh(index)
  const filter = [
    { term: { collection } },
    { terms: { kind: ['stored', 'joined'] } },
    { range: { revision: { lte: revision } } },
  ]
  await indexes.deleteWhere(index, { bool: { filter } })
}
