import { describe, expect, it } from 'vitest'
import library from '../../commands/library.ts'
import save from '../../commands/save.ts'
import type { BotContext } from '../../src/bot/context.ts'
import { paperRef } from '../../src/corpus/ids.ts'
import { Failure } from '../../src/errors.ts'
import {
  ada,
  bob,
  context,
  guild,
  idOf,
  labelsOf,
  now,
  openBotContext,
  papersFrom,
  run,
  textOf,
} from '../fixtures/members.ts'
import { choice, open, pressAs } from './library-papers.ts'

describe('/save', () => {
  it('puts a paper on the list with status, note and tags', async () => {
    const bot = await open()
    const reply = await run(
      save,
      { paper: choice('p1'), status: 'reading', note: ' read *this* ', tags: '#KV, Cache; kv' },
      context(ada),
      bot,
    )
    expect(textOf(reply)).toContain('Saved to your list.')
    expect(textOf(reply)).toContain('> read \\*this\\*')
    expect(await bot.store.saves.get(ada, 'p1')).toEqual({
      paperId: 'p1',
      status: 'reading',
      note: 'read *this*',
      tags: ['cache', 'kv'],
      savedAt: now.getTime(),
      changedAt: now.getTime(),
    })
  })

  it('is always for the member alone', () => {
    expect(save.audience({ paper: 'x', status: undefined, note: undefined, tags: undefined })).toBe(
      'ephemeral',
    )
    expect(library.audience({})).toBe('ephemeral')
    expect(Object.values(library.actions ?? {}).map(action => action.answers)).not.toContain('public')
    expect(Object.values(library.actions ?? {}).map(action => action.answers)).not.toContain('update')
  })

  it('keeps what is not said, adds tags, and shows a note that it replaces', async () => {
    const bot = await open()
    await run(save, { paper: choice('p1'), status: 'read', note: 'first', tags: 'a' }, context(ada), bot)
    const reply = await run(save, { paper: choice('p1'), note: 'second', tags: 'b' }, context(ada), bot)
    expect(await bot.store.saves.get(ada, 'p1')).toMatchObject({
      status: 'read',
      note: 'second',
      tags: ['a', 'b'],
    })
    expect(textOf(reply)).toContain('The note before\n> first')
  })

  it('takes the best match for typed words, and says when nothing fits', async () => {
    const bot = await open()
    await run(save, { paper: 'speculative decoding' }, context(ada), bot)
    expect(await bot.store.saves.get(ada, 'p2')).toBeDefined()
    const nothing = await run(save, { paper: 'zzzzqqqq' }, context(ada), bot)
    expect(textOf(nothing)).toContain('No paper here fits')
    expect((await bot.store.saves.list(ada)).total).toBe(1)
  })

  it('refuses notes and tags that are too long, and changes nothing', async () => {
    const bot = await open()
    const refused = [
      { paper: choice('p1'), note: 'x'.repeat(1001) },
      { paper: choice('p1'), tags: 'y'.repeat(41) },
      { paper: choice('p1'), tags: Array.from({ length: 11 }, (_, i) => `t${i}`).join() },
    ]
    for (const input of refused) await expect(run(save, input, context(ada), bot)).rejects.toThrow(Failure)
    expect((await bot.store.saves.list(ada)).total).toBe(0)
    const whole = await run(save, { paper: choice('p1'), note: '😀'.repeat(1000) }, context(ada), bot)
    expect(textOf(whole)).toContain('😀'.repeat(1000))
  })

  it('saves from a paper’s button, once', async () => {
    const bot = await open()
    const first = await pressAs(ada, `L1:save:add::${paperRef('10.1145/2407085.2407086')}`, bot)
    const second = await pressAs(ada, `L1:save:add::${paperRef('10.1145/2407085.2407086')}`, bot)
    expect(textOf(first)).toContain('Saved to your list.')
    expect(textOf(second)).toContain('Already on your list.')
    expect((await bot.store.saves.list(ada)).total).toBe(1)
    expect(textOf(await pressAs(ada, 'L1:save:add::nothing', bot))).toContain('no longer in this corpus')
  })
})

describe('/library', () => {
  async function filled(count: number): Promise<BotContext> {
    const many = papersFrom(Array.from({ length: count }, (_, i) => ({ title: `Study number ${i + 1}` })))
    const bot = await openBotContext(many)
    for (const [i, paper] of many.entries())
      await bot.store.saves.put(ada, {
        paperId: paper.id,
        guildId: guild,
        status: i % 2 === 0 ? 'to-read' : 'read',
        tags: i % 3 === 0 ? ['third', 'größe'] : [],
        at: i,
      })
    return bot
  }

  it('pages through the list, newest first, and back', async () => {
    const bot = await filled(20)
    const first = await run(library, {}, context(ada), bot)
    expect(textOf(first)).toMatch(/^Your list\n\*\*1\.\*\* \[Study number 20\]/u)
    expect(textOf(first)).toContain('20 papers · page 1 of 3')
    const second = await pressAs(ada, idOf(first, 'Next'), bot, { on: first })
    const third = await pressAs(ada, idOf(second, 'Next'), bot, { on: second })
    expect(textOf(third)).toContain('**20.** [Study number 1]')
    expect(labelsOf(third)).not.toContain('Next')
    expect(textOf(await pressAs(ada, idOf(third, 'First'), bot))).toBe(textOf(first))
  })

  it('filters by status and tag together, and opens an entry that leads back to the same place', async () => {
    const bot = await filled(60)
    const start = await run(library, { status: 'read' }, context(ada), bot)
    expect(textOf(start)).toContain('30 papers')
    const tags = idOf(start, 'Tag')
    const both = await pressAs(ada, tags, bot, { values: ['third'], on: start })
    expect(textOf(both)).toContain('Your list · Read · \\#third')
    expect(textOf(both)).toContain('10 papers · page 1 of 2')
    const page = await pressAs(ada, idOf(both, 'Next'), bot)
    const entry = await pressAs(ada, idOf(page, 'Open one to edit or remove it'), bot, {
      values: ['p10'],
      on: page,
    })
    expect(textOf(entry)).toContain('Study number 10')
    const changed = await pressAs(ada, idOf(entry, 'Reading'), bot, { on: entry })
    const back = await pressAs(ada, idOf(changed, 'My list'), bot, { on: changed })
    expect(textOf(back)).toContain('9 papers · page 2 of 2')
    const any = await pressAs(ada, idOf(back, 'Status'), bot, { values: ['*'], on: back })
    expect(textOf(any)).toContain('Your list · \\#third')
  })

  it('takes a tag of any letters from options, and says when nothing fits', async () => {
    const bot = await filled(10)
    expect(textOf(await run(library, { tag: '#Größe' }, context(ada), bot))).toContain('4 papers')
    expect(textOf(await run(library, { tag: 'never' }, context(ada), bot))).toContain(
      'Nothing on your list matches',
    )
    expect(textOf(await run(library, {}, context(bob), bot))).toContain('Your list is empty')
  })

  it('shows the last page when the one asked for is gone', async () => {
    const bot = await filled(9)
    expect(textOf(await pressAs(ada, 'L1:library:page::99,,', bot))).toContain('page 2 of 2')
    expect(textOf(await pressAs(ada, 'L1:library:page::-1,junk,~~', bot))).toContain('matches these filters')
  })

  it('suggests the member’s own entries and tags alone', async () => {
    const bot = await filled(30)
    const typed = (focused: string, text: string) => ({ focused, text, options: {} })
    const own = await library.suggest?.(typed('paper', 'study 12'), context(ada), bot)
    expect(own).toEqual([{ name: 'Study number 12', value: 'entry:p12' }])
    expect(await library.suggest?.(typed('paper', ''), context(ada), bot)).toHaveLength(25)
    expect(await library.suggest?.(typed('paper', ''), context(bob), bot)).toEqual([])
    expect(await library.suggest?.(typed('tag', 'grosse'), context(ada), bot)).toEqual([])
    expect(await library.suggest?.(typed('tag', 'gro'), context(ada), bot)).toEqual([
      { name: '#größe (10)', value: 'größe' },
    ])
    expect(await library.suggest?.(typed('tag', ''), context(bob), bot)).toEqual([])
    expect(textOf(await run(library, { paper: 'entry:p12' }, context(ada), bot))).toContain('Study number 12')
    expect(textOf(await run(library, { paper: 'number 12' }, context(ada), bot))).toContain('Study number 12')
    expect(textOf(await run(library, { paper: 'entry:p12' }, context(bob), bot))).toContain(
      'No paper on your list',
    )
  })

  it('exports what the filters let through, in four formats', async () => {
    const bot = await open()
    await bot.store.saves.put(ada, { paperId: 'p1', status: 'read', note: 'a {note}', tags: ['kv'], at: 1 })
    await bot.store.saves.put(ada, { paperId: 'p2', at: 2 })
    const file = async (format: string, status?: string) =>
      (await run(library, { export: format, status }, context(ada), bot)).files?.[0]
    const text = async (format: string, status?: string) => String((await file(format, status))?.data)
    expect((await file('bibtex'))?.name).toBe('library.bib')
    expect(await text('bibtex')).toMatch(/@misc\{.*Speculative/su)
    expect(JSON.parse(await text('csl-json', 'read'))).toMatchObject([{ note: 'a {note}' }])
    expect(await text('csv')).toContain('Key value caches')
    expect(await text('markdown')).toContain('- [Key value caches')
    const page = await run(library, { status: 'read' }, context(ada), bot)
    const question = await pressAs(ada, idOf(page, 'Export'), bot, { on: page })
    const reply = await pressAs(ada, idOf(question, 'CSV'), bot, { on: question })
    expect(String(reply.files?.[0]?.data)).not.toContain('Speculative')
    expect(textOf(await run(library, { export: 'csv' }, context(bob), bot))).toContain('nothing to export')
  })
})
