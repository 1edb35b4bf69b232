import { describe, expect, it } from 'vitest'
import { itemKey } from '../../src/zotero/items.ts'
import { guildId, papers, useLab } from './lab.ts'

const lab = useLab()
const zotero = () => lab().store.zotero
const writes = () => lab().server.heard.filter(line => line.startsWith('POST')).length
const day = 24

describe('what Zotero does not take', () => {
  it('is tried at growing intervals, then kept with Zotero’s reason, while the others go on', async () => {
    lab().server.refusedTitle = papers[1]!.title
    await lab().add('p1', { tag: 'discussed' })
    await lab().add('p2')
    await lab().pass(0.1)
    expect(lab().server.items.has(itemKey('p2'))).toBe(true)
    expect(await zotero().waiting(guildId)).toBe(1)
    const tries: number[] = []
    for (let hour = 0; hour < 40; hour++) {
      const before = writes()
      await lab().pass(1)
      if (writes() > before) tries.push(hour)
    }
    expect(tries).toEqual([0, 2, 6, 14, 30])
    expect(await zotero().waiting(guildId)).toBe(0)
    expect((await zotero().givenUp(guildId, 5)).entries).toMatchObject([
      { paperId: 'p1', reason: "Zotero does not take an item (400): 'title' is not valid" },
    ])
    const before = lab().server.heard.length
    await lab().pass(30 * day)
    expect(lab().server.heard.length).toBe(before)
    await lab().add('p4')
    await lab().settle()
    expect(lab().server.items.has(itemKey('p4'))).toBe(true)
  })

  it('is there once somebody tries again and nothing is in its way', async () => {
    lab().server.refusedTitle = papers[1]!.title
    await lab().add('p1', { tag: 'discussed', note: 'kept' })
    await lab().pass(2 * day)
    expect((await zotero().givenUp(guildId, 5)).total).toBe(1)
    lab().server.refusedTitle = undefined
    await zotero().tryAgain(guildId, lab().now)
    await lab().pass(0.1)
    expect(lab().server.items.get(itemKey('p1'))?.data.tags).toEqual([{ tag: 'discussed' }])
    expect(lab().notesOf(itemKey('p1'))).toEqual(['<p>kept</p>'])
    expect(await zotero().givenUp(guildId, 5)).toEqual({ total: 0, entries: [] })
  })

  it('is given up after two weeks when nothing gets there at all, after few requests', async () => {
    lab().server.mayWrite = false
    for (const id of ['p1', 'p2', 'p4']) await lab().add(id)
    await lab().pass(13 * day)
    expect(await zotero().waiting(guildId)).toBe(3)
    await lab().pass(3 * day)
    expect(await zotero().waiting(guildId)).toBe(0)
    const { total, entries } = await zotero().givenUp(guildId, 5)
    expect([total, entries[0]?.reason]).toEqual([3, expect.stringContaining('refuses the key')])
    expect(writes()).toBeLessThan(25)
    const before = lab().server.heard.length
    await lab().pass(5 * day)
    expect(lab().server.heard.length).toBe(before)
    // A link that may write gets them.
    lab().server.mayWrite = true
    await lab().link()
    await lab().settle()
    expect(lab().server.items.size).toBe(3)
  })

  it('is kept while Zotero is away for less', async () => {
    await lab().add('p1')
    for (let i = 0; i < 10 * day * 6; i++) lab().server.faults.push('fault')
    await lab().pass(10 * day)
    lab().server.faults.length = 0
    expect(await zotero().waiting(guildId)).toBe(1)
    await lab().pass(5)
    expect(lab().server.items.size).toBe(1)
  })

  it('does not count the time for which the bot was off', async () => {
    await lab().add('p1')
    lab().now += 40 * day * 3_600_000
    lab().server.faults.push('fault')
    await lab().pass(1)
    expect(lab().server.items.size).toBe(1)
  })
})
