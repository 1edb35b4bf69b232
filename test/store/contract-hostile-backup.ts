import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Failure } from '../../src/errors.ts'
import { ann, daily, guild, type Setting } from './fixture.ts'

type Row = [table: string, values: Record<string, unknown>]

/** A backup with one value changed, and the checksum made anew as its forger would. */
function forged(lines: readonly string[], at: number, row: Row): string {
  const body = `${lines.map((line, i) => (i === at ? JSON.stringify(row) : line)).join('\n')}\n`
  const sha256 = createHash('sha256').update(body).digest('hex')
  return `${body}${JSON.stringify({ end: true, rows: lines.length - 1, sha256 })}\n`
}

const hostile = (value: unknown): unknown[] =>
  typeof value === 'number' ? [1e308, 2 ** 60, -0.5, '1', null] : ['\u0000', '\ud800', '', 1, null]

export function hostileBackupContract(setting: () => Setting) {
  describe('a backup that somebody forged', () => {
    it('is taken or refused in words, whichever value was changed, and the database serves on', async () => {
      const { store, folder } = setting()
      await store.guilds.joined(guild, 1)
      await store.saves.put(ann, { paperId: 'p1', guildId: guild, note: 'a', tags: ['x'], at: 1 })
      await store.dailies.create(daily('d1'))
      const file = join(folder, 'honest.jsonl')
      await store.backup(file, 5)
      const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(0, -1)
      const bad = join(folder, 'forged.jsonl')
      const raw: string[] = []
      let refused = 0
      for (const [at, line] of lines.entries()) {
        if (at === 0) continue
        const [table, values] = JSON.parse(line) as Row
        for (const [column, value] of [...Object.entries(values), ['__proto__', 1] as const])
          for (const [i, other] of hostile(value).entries()) {
            // One hostile value a column is enough for a test that is run often.
            if (i !== (at + column.length) % 5) continue
            const changed = Object.fromEntries([...Object.entries(values), [column, other]])
            writeFileSync(bad, forged(lines, at, [table, changed]))
            await store.restore(bad, 10).catch(error => {
              refused++
              if (!(error instanceof Failure))
                raw.push(`${table}.${column} = ${JSON.stringify(other)}: ${error}`)
            })
          }
      }
      expect(raw).toEqual([])
      expect(refused).toBeGreaterThan(5)
      await store.restore(file, 10)
      expect((await store.saves.list(ann)).total).toBe(1)
    }, 60_000)
  })
}
