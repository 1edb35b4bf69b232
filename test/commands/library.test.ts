import { describe, expect, it } from 'vitest'
import library from '../../commands/library.ts'
import save from '../../commands/save.ts'
import type { BotContext } from '../../src/bot/context.ts'
import { paperRef } from '../../src/corpus/ids.ts'
import { Failure } from '../../src/errors.ts'
import type { Reply } from '../../src/view/reply.ts'
import {
  ada,
  bob,
  context,
  guild,
  idOf,
  labelsOf,
  now,
  openKit,
  papersFrom,
  press,
  run,
  textOf,
} from '../fixtures/members.ts'

const commands = [save, library]
const papers = papersFrom([
  { title: 'Key value caches for transformers', url: 'https://arxiv.org/abs/2405.00001' },
  { title: 'Speculative decoding of long answers' },
  { id: '10.1145/2407085.2407086', title: 'Mixture of experts at the edge' },
])
const open = () => openKit(papers)
const pressAs = (userId: string, id: string, bot: BotContext, more: Parameters<typeof press>[1] = {}) =>
  press(id, more, context(userId), bot, commands)
const choice = (id: string) => `paper:${paperRef(id)}`

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
    expect(textOf(second)).toContain('In your list already.')
    expect((await bot.store.saves.list(ada)).total).toBe(1)
    expect(textOf(await pressAs(ada, 'L1:save:add::nothing', bot))).toContain('no longer in this corpus')
  })
})

describe('an entry', () => {
  async function saved(): Promise<{ bot: BotContext; card: Reply }> {
    const bot = await open()
    return { bot, card: await run(save, { paper: choice('p1') }, context(ada), bot) }
  }

  it('changes its status by a button', async () => {
    const { bot, card } = await saved()
    const after = await pressAs(ada, idOf(card, 'Read'), bot, { on: card })
    expect(textOf(after)).toContain('Status\nRead')
    expect((await bot.store.saves.get(ada, 'p1'))?.status).toBe('read')
  })

  it('takes note and tags from a form that begins with what is there', async () => {
    const { bot, card } = await saved()
    await bot.store.saves.put(ada, { paperId: 'p1', note: 'old *note*', tags: ['kv'], at: 1 })
    const form = await pressAs(ada, idOf(card, 'Note and tags'), bot, { on: card })
    expect(JSON.stringify(form.modal)).toContain('"value":"old *note*"')
    expect(JSON.stringify(form.modal)).toContain('"value":"kv"')
    const after = await pressAs(ada, form.modal?.custom_id ?? '', bot, {
      fields: { note: 'new\n\n@everyone', tags: '' },
      on: card,
    })
    expect(textOf(after)).toContain('> new\n> \\@everyone')
    expect(await bot.store.saves.get(ada, 'p1')).toMatchObject({ note: 'new\n\n@everyone', tags: [] })
  })

  it('keeps the note when the form’s tags cannot be used, and gives the note back when nothing can be kept', async () => {
    const { bot, card } = await saved()
    const form = await pressAs(ada, idOf(card, 'Note and tags'), bot)
    const id = form.modal?.custom_id ?? ''
    const half = await pressAs(ada, id, bot, { fields: { note: 'kept', tags: 'x'.repeat(60) } })
    expect(textOf(half)).toContain('The tags stay as they were.')
    expect((await bot.store.saves.get(ada, 'p1'))?.note).toBe('kept')
    await bot.store.saves.remove(ada, 'p1')
    const gone = await pressAs(ada, id, bot, { fields: { note: 'too late', tags: '' } })
    expect(textOf(gone)).toContain('not in your list any more')
    expect(textOf(gone)).toContain('> too late')
  })

  it('is removed at once when nothing was written, and can be put back', async () => {
    const { bot, card } = await saved()
    const removed = await pressAs(ada, idOf(card, 'Remove'), bot, { on: card })
    expect(textOf(removed)).toContain('Removed')
    expect(await bot.store.saves.get(ada, 'p1')).toBeUndefined()
    await pressAs(ada, idOf(removed, 'Put it back'), bot, { on: removed })
    expect(await bot.store.saves.get(ada, 'p1')).toBeDefined()
  })

  it('asks before a note goes', async () => {
    const { bot, card } = await saved()
    await bot.store.saves.put(ada, { paperId: 'p1', note: 'mine', at: 1 })
    const question = await pressAs(ada, idOf(card, 'Remove'), bot, { on: card })
    expect(await bot.store.saves.get(ada, 'p1')).toBeDefined()
    const kept = await pressAs(ada, idOf(question, 'Keep it'), bot, { on: question })
    expect(textOf(kept)).toContain('> mine')
    await pressAs(ada, idOf(question, 'Remove it'), bot, { on: question })
    expect(await bot.store.saves.get(ada, 'p1')).toBeUndefined()
  })

  it('finds only the presser’s own list, whatever the id says', async () => {
    const { bot, card } = await saved()
    await bot.store.saves.put(ada, { paperId: 'p1', note: 'secret of ada', tags: ['hidden'], at: 1 })
    const ids = ['Read', 'Note and tags', 'Remove', 'My list'].map(text => idOf(card, text))
    for (const id of [...ids, 'L1:library:edited::p1', 'L1:library:entry::p1', 'L1:library:remove::p1,yes']) {
      const reply = await pressAs(bob, id, bot, { fields: { note: 'x', tags: '' }, on: card })
      expect(JSON.stringify(reply)).not.toMatch(/secret|hidden/u)
    }
    expect(await bot.store.saves.get(ada, 'p1')).toMatchObject({ status: 'to-read', note: 'secret of ada' })
    expect((await bot.store.saves.list(bob)).total).toBe(0)
  })
})

describe('/library', () => {
  async function filled(count: number): Promise<BotContext> {
    const many = papersFrom(Array.from({ length: count }, (_, i) => ({ title: `Study number ${i + 1}` })))
    const bot = await openKit(many)
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
    const entry = await pressAs(ada, idOf(page, 'Open one: status, note, tags, remove'), bot, {
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
      'Nothing in your list fits',
    )
    expect(textOf(await run(library, {}, context(bob), bot))).toContain('Your list is empty')
  })

  it('shows the last page when the one asked for is gone', async () => {
    const bot = await filled(9)
    expect(textOf(await pressAs(ada, 'L1:library:page::99,,', bot))).toContain('page 2 of 2')
    expect(textOf(await pressAs(ada, 'L1:library:page::-1,junk,~~', bot))).toContain('fits these filters')
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
      'No paper in your list',
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

describe('a paper that has left the corpus', () => {
  const left = '10.9999/gone paper with ünusual [id]'

  it('is shown by its id, and can still be changed, exported and removed', async () => {
    const bot = await open()
    for (const id of [left, 'arxiv-2405.12345']) await bot.store.saves.put(ada, { paperId: id, at: 1 })
    const list = await run(library, {}, context(ada), bot)
    expect(textOf(list)).toContain('10\\.9999/gone paper with ünusual \\[id\\] (no longer in this corpus)')
    const entry = await pressAs(ada, idOf(list, 'Open one: status, note, tags, remove'), bot, {
      values: [paperRef(left)],
      on: list,
    })
    expect(labelsOf(entry)).not.toContain('Open the paper')
    await pressAs(ada, idOf(entry, 'Read'), bot, { on: entry })
    expect((await bot.store.saves.get(ada, left))?.status).toBe('read')
    const bib = await run(library, { export: 'bibtex' }, context(ada), bot)
    expect(String(bib.files?.[0]?.data)).toContain('eprint = {2405.12345}')
    await pressAs(ada, idOf(entry, 'Remove'), bot, { on: entry })
    expect(await bot.store.saves.get(ada, left)).toBeUndefined()
  })
})
