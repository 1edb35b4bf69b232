import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Failure } from '../../src/errors.ts'
import { parseSpec, sourceName } from '../../src/sources/spec.ts'
import type { Store } from '../../src/store/ports.ts'
import { ann, channel, daily, guild, openSlot, otherGuild, type Setting } from './fixture.ts'

type Row = [table: string, values: Record<string, unknown>]

/** A backup with one value changed, and the checksum made anew as its forger would. */
function forged(lines: readonly string[], at: number, row: Row): string {
  const body = `${lines.map((line, i) => (i === at ? JSON.stringify(row) : line)).join('\n')}\n`
  const sha256 = createHash('sha256').update(body).digest('hex')
  return `${body}${JSON.stringify({ end: true, rows: lines.length - 1, sha256 })}\n`
}

const hostile = (value: unknown): unknown[] =>
  typeof value === 'number' ? [1e308, 2 ** 60, -0.5, '1', null] : ['\u0000', '\ud800', '', 1, null]

/** A backup of a small life, as lines without the end. */
async function honest(store: Store, folder: string) {
  await store.guilds.joined(guild, 1)
  await store.saves.put(ann, { paperId: 'p1', guildId: guild, note: 'a', tags: ['x'], at: 1 })
  const share = { guildId: guild, channelId: channel, userId: ann, paperId: 'p1', note: '', at: 1 }
  await store.posts.share({ ...share, id: 's1' })
  const vote = { guildId: guild, postId: 's1', paperId: 'p1', userId: ann, useful: true, at: 1 }
  await store.votes.cast(vote)
  await store.dailies.create(daily('d1'))
  await openSlot(store, 'd1')
  const paper = { id: 'p4', title: 'A title', abstract: 'What it is.', authors: [], categories: [] }
  await store.papers.upsert({ collection: guild, source: 'a.bib', at: 1, papers: [paper] })
  const spec = parseSpec('arxiv', ['cs.CL'])
  const source = { id: 'l1', collection: guild, name: sourceName(spec), spec, createdBy: ann, lane: 'arxiv' }
  await store.sources.add({ ...source, at: 1 })
  const file = join(folder, 'honest.jsonl')
  await store.backup(file, 5)
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(0, -1)
  return { file, lines, bad: join(folder, 'forged.jsonl') }
}

export function hostileBackupContract(setting: () => Setting) {
  describe('a backup that somebody forged', () => {
    it('is taken or refused in words, whichever value was changed, and the database serves on', async () => {
      const { store, folder } = setting()
      const { file, lines, bad } = await honest(store, folder)
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

    const meaningless: [table: string, change: Record<string, unknown>, says: RegExp][] = [
      ['schedules', { hour: 24 }, /row 1 of schedules, hour is not between 0 and 23/u],
      ['schedules', { minute: -1 }, /minute is not between/u],
      ['schedules', { zone: 'Mars/Olympus_Mons' }, /zone is not a time zone/u],
      ['schedules', { days: '' }, /days names no weekdays/u],
      ['schedules', { days: '18' }, /days names no weekdays/u],
      ['schedules', { count: 400 }, /count is not between 1 and 5/u],
      ['schedules', { next_at: 9e15 }, /next_at is not a time/u],
      ['schedules', { next_offset: 90_000 }, /next_offset is not between/u],
      ['schedules', { channel_id: '../../users/@me' }, /channel_id is not a Discord id/u],
      ['schedules', { channel_id: null }, /channel_id is missing/u],
      ['slots', { date: '2026-02-30' }, /row 1 of slots, date is not a date/u],
      ['slots', { date: 'tomorrow' }, /date is not a date/u],
      ['slots', { expires_at: 1 }, /expires_at is before/u],
      ['slots', { attempts: -4 }, /attempts is not a count/u],
      ['slots', { schedule_id: 'other' }, /conflicts with other rows/u],
      ['saves', { saved_at: -1 }, /saved_at is not a time/u],
      ['saves', { status: 'devoured' }, /status is not an allowed value/u],
      ['saves', { note: 'x'.repeat(10_001) }, /note is too long/u],
      ['votes', { value: 50 }, /value is neither 1 nor -1/u],
      ['votes', { guild_id: otherGuild }, /a vote belongs to another server/u],
      ['votes', { post_id: 's9' }, /conflicts with other rows/u],
      ['posts', { message_id: '1/../2' }, /message_id is not a Discord id/u],
      ['guilds', { guild_id: 'everywhere' }, /guild_id is not a Discord id/u],
      ['papers', { paper: '{"id":"p4"}' }, /row 1 of papers, paper is not a paper/u],
      ['papers', { collection: 'all of them' }, /collection is not a Discord id/u],
      ['papers', { keys: '{"a":1}' }, /keys is not a list of keys/u],
      ['sources', { spec: '{"kind":"folder","path":""}' }, /row 1 of sources, spec is not a source/u],
      ['sources', { spec: '{"kind":"folder","path":7}' }, /spec is not a source/u],
      ['sources', { health: '{}' }, /health is not a state/u],
      ['sources', { state: '{' }, /state is not JSON/u],
    ]
    it.each(meaningless)(
      'with a row of %s that means nothing, %j, is refused in one line',
      async (...row) => {
        const [table, change, says] = row
        const { store, folder, rows } = setting()
        const { lines, bad } = await honest(store, folder)
        const at = lines.findIndex(line => line.startsWith(`["${table}"`))
        const [, values] = JSON.parse(lines[at] ?? '') as Row
        writeFileSync(bad, forged(lines, at, [table, { ...values, ...change }]))
        await rows.updateTable('saves').set({ note: 'as it is now' }).execute()
        const refused: unknown = await store.restore(bad, 10).catch(error => error)
        expect(refused).toMatchObject({
          name: 'Failure',
          kind: 'input',
          message: expect.stringMatching(says),
        })
        expect((refused as Failure).message).not.toContain('\n')
        expect((refused as Failure).message).not.toContain(String(Object.values(change)[0]).padEnd(9, '#'))
        expect((await store.saves.get(ann, 'p1'))?.note).toBe('as it is now')
      },
    )

    it('with more rows than one may have, or of a time to come, is refused', async () => {
      const { store, folder } = setting()
      const { lines, bad } = await honest(store, folder)
      const at = lines.findIndex(line => line.startsWith('["schedules"'))
      const [table, values] = JSON.parse(lines[at] ?? '') as Row
      const many = Array.from({ length: 50 }, (_, i) =>
        JSON.stringify([table, { ...values, schedule_id: `more${i}` }]),
      )
      writeFileSync(bad, forged([...lines.slice(0, at), ...many, ...lines.slice(at)], -1, [table, values]))
      await expect(store.restore(bad, 10)).rejects.toThrow(
        /schedules holds 51 rows of one guild_id, 25 at most/u,
      )
      const header = { ...JSON.parse(lines[0] ?? ''), at: 9e12 }
      writeFileSync(bad, forged([JSON.stringify(header), ...lines.slice(1)], -1, [table, values]))
      await expect(store.restore(bad, 10)).rejects.toThrow('made in the future')
    })

    it('keeps what a later version may have written', async () => {
      const { store, folder, rows } = setting()
      const { lines, bad } = await honest(store, folder)
      const changes = {
        slots: { state: 'of a later release', reason: 'too hot', settled_at: 5 },
        sources: { spec: '{"kind":"of-a-later-release","feed":1}', lane: 'later' },
      }
      for (const table of ['slots', 'sources'] as const) {
        const at = lines.findIndex(line => line.startsWith(`["${table}"`))
        const [, values] = JSON.parse(lines[at] ?? '') as Row
        writeFileSync(bad, forged(lines, at, [table, { ...values, ...changes[table] }]))
        await store.restore(bad, 10)
        expect(await rows.selectFrom(table).selectAll().execute()).toMatchObject([changes[table]])
      }
    })
  })
}
