import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { commands } from '../../commands/index.ts'
import { formats } from '../../src/corpus/records.ts'
import { Failure } from '../../src/errors.ts'
import { readHeader, readRows } from '../../src/store/backup-file.ts'
import { decodeId } from '../../src/view/ids.ts'
import { readWith } from '../corpus/bytes.ts'

/** One kind of input from outside: any of it is read or refused in words, and never throws anything else. */
export interface Target {
  readonly name: string
  /** Of all inputs, so many are of this kind. */
  readonly share: number
  /** @throws Error with the smallest input that is read wrongly, and the seed */
  fuzz(runs: number, seed: number): Promise<void>
}

const pure = (property: fc.IRawProperty<unknown, boolean>) => async (numRuns: number, seed: number) =>
  fc.assert(property as fc.IAsyncProperty<unknown>, { numRuns, seed })

const text = fc.string({ unit: 'binary', maxLength: 200 })
const key = fc.constantFrom('__proto__', 'constructor', 'title', 'abstract', 'id', 'authors', 'url', 'year')
const record = fc.dictionary(
  key,
  fc.oneof(text, fc.integer(), fc.array(text, { maxLength: 3 }), fc.jsonValue()),
)
const line = fc.oneof(
  text,
  record.map(value => JSON.stringify(value)),
  fc.json().map(String),
)
const lines = fc.array(line, { maxLength: 8 }).map(all => all.join('\n'))

const header = JSON.stringify({ lectern: 'backup', format: 1, migrations: ['0001-life-in-the-lab'], at: 1 })
const backup = fc.tuple(fc.boolean(), lines).map(([isBegun, rest]) => (isBegun ? `${header}\n${rest}` : rest))

const customId = fc.oneof(
  fc.anything(),
  fc
    .array(fc.oneof(fc.constantFrom('L1', ...commands.map(one => one.spec.name), '__proto__'), text))
    .map(all => all.join(':')),
)
const options = fc.dictionary(
  fc.oneof(
    fc.constantFrom('query', 'paper', 'question', 'note', 'tags', 'private', 'topic', '__proto__'),
    text,
  ),
  fc.anything(),
)

async function readBackup(content: string): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'lectern-fuzz-'))
  const file = join(folder, 'backup.jsonl')
  try {
    writeFileSync(file, content)
    await readHeader(file)
    for await (const row of readRows(file)) if (!Array.isArray(row)) return false
    return true
  } catch (error) {
    return error instanceof Failure && error.kind === 'input'
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export const readers: readonly Target[] = [
  ...formats.map(format => ({
    name: `corpus files of ${format.name}`,
    share: 0.4 / formats.length,
    fuzz: pure(
      fc.asyncProperty(lines, async content => Array.isArray((await readWith(format, content)).papers)),
    ),
  })),
  {
    name: 'custom ids',
    share: 0.2,
    fuzz: pure(
      fc.property(customId, id => {
        const decoded = decodeId(id)
        return decoded === 'older' || decoded.args.every(arg => /^[A-Za-z0-9._~-]*$/u.test(arg))
      }),
    ),
  },
  {
    name: 'options of commands',
    share: 0.2,
    fuzz: pure(
      fc.property(options, given =>
        commands.every(({ input }) => typeof input.safeParse(given).success === 'boolean'),
      ),
    ),
  },
  { name: 'backups', share: 0.1, fuzz: pure(fc.asyncProperty(backup, readBackup)) },
]
