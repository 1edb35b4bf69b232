import { DatabaseSync } from 'node:sqlite'
import type { APIMessage } from 'discord-api-types/v10'
import { describe, expect, it } from 'vitest'
import { choiceOf } from '../../src/bot/options.ts'
import { paperRef } from '../../src/corpus/ids.ts'
import { papersFrom } from '../fixtures/members.ts'
import { openSharedServer, type SharedServer, type SharedServerOptions } from '../fixtures/shared-server.ts'
import { withSummaries } from './summaries.ts'

const papers = papersFrom([
  { title: 'Key value caches for transformers', url: 'https://arxiv.org/abs/2405.00001' },
  { title: 'Speculative decoding of long answers' },
  { id: '10.1145/2407085.2407086', title: 'Mixture of experts at the edge' },
])
const open = (options: Partial<SharedServerOptions> = {}) =>
  openSharedServer({ papers, wrap: withSummaries, ...options })
const idOf = (lab: SharedServer, name: string) => lab.sandbox.person(name).person.user.id

/** A file that the bot sent, as text. */
async function fileOf(message: APIMessage): Promise<string> {
  const [file] = message.attachments
  if (file === undefined) throw new Error('no file')
  return (await fetch(file.url)).text()
}

/** Ada's id in every sandbox. */
const adaId = '1196378239795200011'

const nasty = '*bold* <@100000000000000011> @everyone [x](https://evil.example) ||y|| `z`\n# '

describe('a private list', () => {
  it('begins with the Save button under a public paper, for whoever presses it', async () => {
    const lab = await open()
    const [ada, grace] = [lab.sandbox.person('ada'), lab.sandbox.person('grace')]
    const paper = await ada.slash('general', 'paper', { query: choiceOf('p1') })
    const saved = await grace.press(paper.message, 'Save')
    expect(saved.ephemeral).toBe(true)
    expect(saved.content).toBe('Saved to your list.')
    expect((await lab.bot.store.saves.list(idOf(lab, 'grace'))).total).toBe(1)
    expect((await lab.bot.store.saves.list(idOf(lab, 'ada'))).total).toBe(0)
    expect(paper.buttons).toContain('Save')
    expect(lab.sandbox.refused).toEqual([])
  })

  it('has all the tags that two commands at once bring', async () => {
    const lab = await open()
    const save = (tags: string) =>
      lab.sandbox.person('ada').slash('general', 'save', { paper: choiceOf('p1'), tags })
    await Promise.all(['a', 'b', 'c', 'd'].map(save))
    expect((await lab.bot.store.saves.get(idOf(lab, 'ada'), 'p1'))?.tags).toEqual(['a', 'b', 'c', 'd'])
  })

  it('is read, marked, annotated, filtered, exported and emptied in one private message', async () => {
    const lab = await open()
    const ada = lab.sandbox.person('ada')
    const note = nasty.repeat(20).slice(0, 1000)
    const card = await ada.slash('general', 'save', { paper: choiceOf('p1'), note, tags: 'KV, größe' })
    expect(card.ephemeral).toBe(true)
    expect(card.message.mentions).toEqual([])
    const form = await card.press('Note and tags')
    expect(JSON.stringify(form.modal)).toContain(JSON.stringify(note.trim()))
    const changed = await form.submit({ note: `${nasty}second line`, tags: 'kv, @everyone' })
    expect(changed.state).toBe('updated')
    expect(card.embeds[0]?.description).toContain('\\@everyone')
    await card.press('Reading')
    expect(card.embeds[0]?.fields?.[0]?.value).toBe('Reading')
    await card.press('My list')
    expect(card.embeds[0]?.title).toBe('Your list')
    await card.choose('reading', 'Status')
    await card.choose(paperRef('@everyone'), 'Tag')
    expect(card.embeds[0]?.title).toBe('Your list · Reading · \\#\\@everyone')
    const question = await card.press('Export')
    expect(question.ephemeral).toBe(true)
    await question.press('CSL-JSON')
    expect(JSON.parse(await fileOf(question.message))).toMatchObject([{ keyword: '@everyone, kv, reading' }])
    await card.choose('p1')
    await card.press('Remove')
    await card.press('Remove it')
    expect(card.content).toContain('Removed')
    await card.press('My list')
    expect(card.embeds[0]?.description).toContain('Nothing on your list matches')
    expect(lab.sandbox.refused).toEqual([])
    for (const person of ['grace', 'alan']) expect(lab.sandbox.person(person).messages('general')).toEqual([])
  })

  it('works alike in direct messages and in every server', async () => {
    const lab = await open()
    const mallory = lab.sandbox.person('mallory')
    await mallory.slash('lobby', 'save', { paper: choiceOf('p2') })
    const list = await mallory.slash('dm', 'library')
    expect(list.embeds[0]?.description).toContain('Speculative decoding')
  })

  it('holds thousands of papers, and shows and suggests any of them', async () => {
    const many = papersFrom(
      Array.from({ length: 3000 }, (_, i) => ({ title: `Study ${i + 1} of *everything*` })),
    )
    const fill = (database: string) => {
      const rows = new DatabaseSync(database)
      const save = rows.prepare(`insert into saves values (?, ?, null, 'read', ?, ?, ?)`)
      const tag = rows.prepare('insert into save_tags values (?, ?, ?)')
      rows.exec('begin')
      for (const [i, { id }] of many.entries()) {
        save.run(adaId, id, i % 7 === 0 ? 'n'.repeat(1000) : '', i, i)
        for (const name of [`tag ${i % 40}`, 'all']) tag.run(adaId, id, name)
      }
      rows.exec('commit')
      rows.close()
    }
    const lab = await open({ papers: many, fill })
    const ada = lab.sandbox.person('ada')
    expect(idOf(lab, 'ada')).toBe(adaId)
    const list = await ada.slash('general', 'library')
    expect(list.embeds[0]?.footer?.text).toBe('3000 papers · page 1 of 375')
    await list.press('Last')
    expect(list.embeds[0]?.description).toContain('Study 1 of \\*everything\\*')
    await list.press('Previous')
    const choices = await ada.suggest('general', 'library', 'paper', 'study 2718')
    expect(choices?.map(choice => choice.name)).toEqual(['Study 2718 of *everything*'])
    expect(await ada.suggest('general', 'library', 'tag', '')).toHaveLength(25)
    const bib = await ada.slash('general', 'library', { export: 'bibtex' })
    expect((await fileOf(bib.message)).match(/^@/gmu)).toHaveLength(3000)
    expect(lab.sandbox.refused).toEqual([])
  })
})

describe('forged ids', () => {
  it('change no public message, and reach nothing of another member', async () => {
    const lab = await open()
    const [ada, alan] = [lab.sandbox.person('ada'), lab.sandbox.person('alan')]
    await ada.slash('general', 'save', {
      paper: choiceOf('p1'),
      note: 'secret of ada',
      tags: 'kept-from-alan, hidden',
    })
    await ada.slash('general', 'follow add', { topic: 'secret topic', hour: 7, timezone: 'Europe/Berlin' })
    const [follow] = await lab.bot.store.follows.list(idOf(lab, 'ada'))
    const paper = await ada.slash('general', 'paper', { query: choiceOf('p1') })
    const before = JSON.stringify(paper.message)
    const forged: [string, string[]?][] = [
      ['L1:library:page::0,,'],
      ['L1:library:entry::p1'],
      ['L1:library:pick::0,,', ['p1']],
      ['L1:library:mark::p1,read'],
      ['L1:library:remove::p1,yes'],
      ['L1:library:export::csv,0,,'],
      ['L1:library:tag::0,,', ['kept-from-alan']],
      ['L1:follow:list::'],
      [`L1:follow:open::${follow?.id}`],
      [`L1:follow:remove::${follow?.id}`],
      ['L1:follow:open::', [String(follow?.id)]],
      ['L1:privacy:delete::yes'],
      ['L1:privacy:export::'],
      [`L1:library:page:${idOf(lab, 'ada')}:0,,`],
      [`L1:paper:pick:${idOf(lab, 'alan')}:`, ['p2']],
      ['L1:paper:page::p2,0'],
    ]
    for (const [id, values] of forged) {
      const reply = await alan.sendRaw(paper.message, id, values)
      expect(reply.ephemeral, id).toBe(true)
      expect(JSON.stringify(reply.message), id).not.toMatch(/secret|hidden/u)
    }
    expect(JSON.stringify(ada.message(paper.message))).toBe(before)
    expect(await lab.bot.store.saves.get(idOf(lab, 'ada'), 'p1')).toMatchObject({ note: 'secret of ada' })
    expect(await lab.bot.store.follows.list(idOf(lab, 'ada'))).toHaveLength(1)
    expect(lab.sandbox.refused).toEqual([])
  })
})

describe('/follow', () => {
  it('asks for hour and time zone in a form once, then follows with one option', async () => {
    const lab = await open()
    const ada = lab.sandbox.person('ada')
    const zones = await ada.suggest('general', 'follow add', 'timezone', 'berl', { topic: 'x' })
    expect(zones?.[0]?.value).toBe('Europe/Berlin')
    const form = await ada.slash('general', 'follow add', { topic: 'caches' })
    expect(form.state).toBe('modal')
    const card = await form.submit({ topic: 'caches', hour: ['6'], zone: 'Kolkata', days: ['12345'] })
    expect(card.ephemeral).toBe(true)
    expect(card.embeds[0]?.fields?.[0]?.value).toBe('06:00, Asia/Kolkata, Monday to Friday')
    const time = await card.press('Change time')
    const later = await time.submit({ hour: ['21'], zone: 'Asia/Kolkata', days: ['1234567'] })
    expect(later.state).toBe('updated')
    expect(card.embeds[0]?.fields?.[0]?.value).toBe('21:00, Asia/Kolkata, every day')
    await ada.slash('general', 'follow add', { topic: choiceOf('p2') })
    await card.press('All I follow')
    expect(card.embeds[0]?.description).toContain('papers related to Speculative decoding')
    const [choice] = (await ada.suggest('general', 'follow pause', 'follow', 'cach')) ?? []
    const paused = await ada.slash('general', 'follow pause', { follow: String(choice?.value) })
    expect(paused.embeds[0]?.description).toMatch(/caches\n.*paused/u)
    expect(lab.sandbox.refused).toEqual([])
  })

  it('tells an unknown time zone in its own words', async () => {
    const lab = await open()
    const reply = await lab.sandbox
      .person('ada')
      .slash('general', 'follow add', { topic: 'x', timezone: 'Mars' })
    expect(reply.ephemeral).toBe(true)
    expect(reply.content).toContain('There is no time zone **Mars**')
  })
})

describe('/privacy', () => {
  it('gives a file, asks, deletes, and takes the name off shared messages', async () => {
    const lab = await open()
    const ada = lab.sandbox.person('ada')
    const channel = [...lab.sandbox.world.channels.values()].find(one => one.name === 'papers')
    await ada.slash('general', 'save', { paper: choiceOf('p1'), note: 'mine' })
    await ada.slash('general', 'share', {
      paper: choiceOf('p2'),
      channel: channel?.id ?? '',
      note: 'my words',
    })
    const [shared] = ada.messages('papers')
    expect(shared?.content).toContain('my words')
    const copy = await ada.slash('general', 'privacy export')
    expect(copy.ephemeral).toBe(true)
    expect(JSON.parse(await fileOf(copy.message))).toMatchObject({ saves: [{ note: 'mine' }] })
    const question = await ada.slash('general', 'privacy delete')
    expect(question.ephemeral).toBe(true)
    await question.press('Delete it all')
    expect(question.content).toMatch(/^Deleted: 1 saved paper\./u)
    await lab.connection.close()
    const after = ada.messages('papers')[0]
    expect(after?.content).toBe('**Somebody** shares a paper.')
    expect(after?.embeds[0]?.title).toBe(shared?.embeds[0]?.title)
    expect(after?.components).toEqual(shared?.components)
    expect(Object.values(await lab.bot.store.members.export(idOf(lab, 'ada'))).flat()).toEqual([])
    expect(lab.sandbox.refused).toEqual([])
  })
})
