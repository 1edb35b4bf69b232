import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Failure } from './errors.ts'
import type { SyncEmbedder } from './search/embedding/port.ts'
import { StaticEmbedder } from './search/embedding/static-embedder.ts'
import { parseRows, parseTokenTable } from './search/embedding/token-table.ts'

const shipped = resolve(import.meta.dirname, 'search/embedding')
/** SHA-256 of the files that ship, as the scripts in `tools/embeddings` print them. */
const checksums: Readonly<Record<string, string>> = {
  'table.bin': '60dc5364f156ad02fd8955fdcfb9c60a29b592fa5e524ca852d484e7a6bf7ecc',
  'query-projection.bin': '2f624972aabd843ea0f94c04c5970bc18eba7b4b2822b8e514477a3418b34044',
  'vocabulary.txt': '21329d8314c0b02dc1a4f1f422b57cb1f57c72a646144ce823c0166167700729',
}

let loaded: Promise<SyncEmbedder> | undefined

/**
 * The static token table that ships, read at the first call (some 30 ms) and kept.
 *
 * @throws {Failure} `storage` where a file is not there or not the one that ships.
 */
export function shippedEmbedder(): Promise<SyncEmbedder> {
  loaded ??= loadEmbedder(shipped)
  return loaded
}

/** The same from a folder with `table.bin`, `vocabulary.txt` and `query-projection.bin`; not kept. */
export async function loadEmbedder(folder: string): Promise<SyncEmbedder> {
  const [table, vocabulary, projection] = await Promise.all([
    readChecked(folder, 'table.bin'),
    readChecked(folder, 'vocabulary.txt'),
    readChecked(folder, 'query-projection.bin'),
  ])
  return new StaticEmbedder(parseTokenTable(table, vocabulary.toString('utf8')), parseRows(projection))
}

async function readChecked(folder: string, name: string): Promise<Buffer> {
  const bytes = await readFile(join(folder, name)).catch((cause: unknown) => {
    throw new Failure('storage', `The token table's ${name} cannot be read.`, { cause })
  })
  if (createHash('sha256').update(bytes).digest('hex') !== checksums[name])
    throw new Failure('storage', `The token table's ${name} is damaged: its checksum is wrong.`)
  return bytes
}
