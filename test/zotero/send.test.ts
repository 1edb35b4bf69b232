import { describe, expect, it } from 'vitest'
import { itemKey } from '../../src/zotero/items.ts'
import { paper } from '../fixtures/paper.ts'
import { guildId, papers, useLab } from './lab.ts'

const lab = useLab()

describe('what is sent to Zotero', () => {
  it('is an item in the collection, with tag and note, once', async () => {
    await lab().add('p3', { tag: 'discussed', note: 'Read <b>this</b> & that\nsoon' })
    await lab().settle()
    await lab().add('p3', { tag: 'discussed', note: 'Read <b>this</b> & that\nsoon' })
    await lab().settle()
    const key = itemKey('p3')
    expect(lab().server.items.get(key)?.data).toMatchObject({
      itemType: 'preprint',
      title: papers[3]!.title,
      creators: [
        { creatorType: 'author', firstName: 'Ada', lastName: 'Lovelace' },
        { creatorType: 'author', firstName: 'Grace Hopper', lastName: '3' },
      ],
      DOI: '10.1234/x3',
      date: '2024-05-01',
      collections: ['COLLECT1'],
      tags: [{ tag: 'discussed' }],
    })
    expect(lab().notesOf(key)).toEqual(['<p>Read &#60;b&#62;this&#60;/b&#62; &#38; that</p>\n<p>soon</p>'])
    expect(lab().server.items.size).toBe(2)
  })

  it('is added to what a person put there, and changes nothing else of it', async () => {
    lab().server.put('HUMAN234', {
      title: papers[0]!.title,
      DOI: '10.1234/X0',
      tags: [{ tag: 'mine' }],
      extra: 'kept',
      collections: ['OTHER222'],
    })
    await lab().add('p0', { tag: 'discussed' })
    await lab().settle()
    expect([...lab().server.items.keys()]).toEqual(['HUMAN234'])
    expect(lab().server.items.get('HUMAN234')?.data).toMatchObject({
      tags: [{ tag: 'mine' }, { tag: 'discussed' }],
      collections: ['OTHER222', 'COLLECT1'],
      extra: 'kept',
    })
  })

  it('is also what is stored and cannot be found yet; what is stored no more is left out', async () => {
    const { store, now } = lab()
    const [own, everybodys, gone] = ['own', 'everybodys', 'gone'].map(id => paper(id, `The ${id} paper`))
    await store.papers.upsert({ collection: guildId, source: 'test', papers: [own!, gone!], at: now })
    await store.papers.upsert({ collection: '', source: 'test', papers: [everybodys!], at: now })
    await store.papers.remove(guildId, { ids: ['gone'] }, now)
    for (const id of ['own', 'everybodys', 'gone']) await lab().add(id)
    await lab().settle()
    expect([...lab().server.items.values()].map(({ data }) => data['title']).sort()).toEqual([
      'The everybodys paper',
      'The own paper',
    ])
  })

  it('waits as long as Zotero asks, and is refused in words for a key that may not write', async () => {
    lab().server.faults.push('busy')
    await lab().add('p1')
    await lab().round()
    expect((await lab().store.zotero.link(guildId))?.problem).toBe('Zotero answers 429')
    const before = lab().server.heard.length
    lab().now += 6_000
    expect(await lab().round()).toBe(false)
    expect(lab().server.heard.length).toBe(before)
    lab().server.mayWrite = false
    lab().now += 60_000
    await lab().round()
    expect((await lab().store.zotero.link(guildId))?.problem).toMatch(/refuses the key/u)
    lab().server.mayWrite = true
    await lab().settle()
    expect(lab().server.items.size).toBe(1)
    expect((await lab().store.zotero.link(guildId))?.problem).toBeUndefined()
  })

  it('stops within an answer’s Backoff', async () => {
    for (const id of ['p1', 'p2', 'p4']) await lab().add(id)
    lab().server.faults.push('backoff')
    await lab().round()
    expect(await lab().store.zotero.waiting(guildId)).toBe(2)
    expect(await lab().round()).toBe(false)
    lab().now += 5_001
    await lab().settle()
    expect(lab().server.items.size).toBe(3)
  })

  it('goes on after a restart in the middle', async () => {
    await lab().add('p1', { note: 'n' })
    lab().server.faults.push('backoff', 'backoff', 'lost')
    await lab().round()
    await lab().restart()
    await lab().settle()
    expect([...lab().server.items.keys()].sort()).toEqual([itemKey('p1'), itemKey('p1', 'n')].sort())
  })
})
