import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { endianness } from 'node:os'
import { join, resolve } from 'node:path'

const project = resolve(import.meta.dirname, '../..')
/** Whatever decides what a paper's index holds. */
const parts = ['src/search', 'src/corpus', 'src/indexing']
const files = ['src/embeddings.ts', 'package.json']

let known: Promise<string> | undefined

/** A hash of the code that indexes, and of what it runs on: another one may index the same papers otherwise. */
export function indexVersion(): Promise<string> {
  known ??= computed()
  return known
}

async function computed(): Promise<string> {
  const hash = createHash('sha256')
  hash.update(`${process.versions.unicode} ${process.versions.v8} ${endianness()}`)
  const names = [...files]
  for (const part of parts) {
    const inside = await readdir(join(project, part), { recursive: true })
    names.push(...inside.filter(name => name.endsWith('.ts')).map(name => join(part, name)))
  }
  for (const name of names.sort()) {
    const text = await readFile(join(project, name))
    hash.update(`\n${name} ${text.length}\n`).update(text)
  }
  return hash.digest('hex')
}
