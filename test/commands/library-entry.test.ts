import { describe, expect, it } from 'vitest'
import library from '../../commands/library.ts'
import save from '../../commands/save.ts'
import type { BotContext } from '../../src/bot/context.ts'
import { paperRef } from '../../src/corpus/ids.ts'
import type { Reply } from '../../src/view/reply.ts'
import { ada, bob, context, idOf, labelsOf, run, textOf } from '../fixtures/members.ts'
import { choice, open, pressAs } from './library-papers.ts'

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
    expect(textOf(gone)).toContain('no longer on your list')
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

describe('a paper that has left the corpus', () => {
  const left = '10.9999/gone paper with ünusual [id]'

  it('is shown by its id, and can still be changed, exported and removed', async () => {
    const bot = await open()
    for (const id of [left, 'arxiv-2405.12345']) await bot.store.saves.put(ada, { paperId: id, at: 1 })
    const list = await run(library, {}, context(ada), bot)
    expect(textOf(list)).toContain('10\\.9999/gone paper with ünusual \\[id\\] (no longer in this corpus)')
    const entry = await pressAs(ada, idOf(list, 'Open one to edit or remove it'), bot, {
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
