import { expect, it } from 'vitest'
import { mulberry32 } from '../../src/charts/layout.ts'
import type { Paper } from '../../src/corpus/paper.ts'
import { itemKey } from '../../src/zotero/items.ts'
import type { ZoteroFault } from '../fixtures/zotero-server.ts'
import { guildId, papers, useLab } from './lab.ts'

const lab = useLab()

const tags = ['discussed', 'saved', 'cache', '']
const faults: readonly ZoteroFault[] = ['lost', 'lost', 'fault', 'busy', 'backoff', 'race', 'race']

/** What has to be there in the end, by paper. */
interface Wanted {
  readonly tags: Set<string>
  readonly notes: Set<string>
  /** The tags of persons, on what was not deleted. */
  readonly theirs: Set<string>
  /** What a person made of its title. */
  title: string | undefined
}

const none = (): Wanted => ({ tags: new Set(), notes: new Set(), theirs: new Set(), title: undefined })

it.each([1, 2, 3])(
  '1,000 random edits on both sides end without a loss or a duplicate (seed %i)',
  async seed => {
    const random = mulberry32(seed)
    const int = (most: number) => Math.floor(random() * most)
    const wanted = new Map<string, Wanted>()
    const pending = new Map<string, { tag: string; note: string }[]>()
    const keyOf = (paper: Paper) =>
      [...lab().server.items].find(
        ([key, { data }]) => key === itemKey(paper.id) || (key.startsWith('HUM') && data['of'] === paper.id),
      )?.[0]
    const of = (id: string) => wanted.get(id) ?? wanted.set(id, none()).get(id)!
    let edits = 0
    lab().server.onRace = key => {
      const item = lab().server.items.get(key)
      const paper = papers.find(one => keyOf(one) === key)
      if (item === undefined || paper === undefined) return
      const tag = `race ${edits}`
      lab().server.put(key, { tags: [...item.data.tags, { tag }] })
      of(paper.id).theirs.add(tag)
    }
    /** Those that have not been sent yet are sent after whatever a person did. */
    const stillWaits = async () =>
      new Set(
        (await lab().store.zotero.entries(guildId, 1_000, Number.MAX_SAFE_INTEGER)).map(
          one => `${one.paperId} ${one.tag} ${one.note}`,
        ),
      )

    const acts: (() => Promise<void> | void)[] = [
      async () => {
        const paper = papers[int(40)]!
        const entry = { tag: tags[int(4)]!, note: int(3) === 0 ? `note ${int(5)}` : '' }
        await lab().add(paper.id, entry)
        pending.set(paper.id, [...(pending.get(paper.id) ?? []), entry])
        of(paper.id).tags.add(entry.tag)
        if (entry.note !== '') of(paper.id).notes.add(entry.note)
      },
      () => {
        const paper = papers[int(40)]!
        const key = keyOf(paper)
        const item = key === undefined ? undefined : lab().server.items.get(key)
        if (key === undefined || item === undefined) return
        const tag = `person ${edits}`
        // What was never here, under another name and without an identifier, nobody could know for the paper.
        const isKnown = item.data.collections.includes('COLLECT1')
        lab().server.put(key, {
          tags: [...item.data.tags, { tag }],
          ...(isKnown ? { title: `${paper.title} (edited ${edits})` } : {}),
        })
        of(paper.id).theirs.add(tag)
        if (isKnown) of(paper.id).title = `${paper.title} (edited ${edits})`
      },
      () => {
        const paper = papers[int(40)]!
        if (keyOf(paper) !== undefined) return
        const tag = `person ${edits}`
        const key = `HUM${String(edits + 22_222)
          .replaceAll(/[01]/gu, '2')
          .slice(0, 5)}`
        if (lab().server.items.has(key)) return
        const said = {
          title: paper.title,
          creators: [{ creatorType: 'author', firstName: 'Ada', lastName: 'Lovelace' }],
        }
        lab().server.put(key, { ...said, of: paper.id, DOI: paper.doi ?? '', tags: [{ tag }] })
        of(paper.id).theirs.add(tag)
      },
      async () => {
        if (int(4) > 0) return
        const paper = papers[int(40)]!
        const key = keyOf(paper)
        if (key === undefined) return
        const waits = await stillWaits()
        lab().server.remove(key)
        const again = none()
        for (const { tag, note } of pending.get(paper.id) ?? []) {
          if (!waits.has(`${paper.id} ${tag} ${note}`)) continue
          again.tags.add(tag)
          if (note !== '') again.notes.add(note)
        }
        wanted.set(paper.id, again)
      },
      async () => {
        if (int(2) === 0) lab().server.faults.push(faults[int(faults.length)]!)
        await lab().round()
        lab().now += int(3) === 0 ? 3_600_000 : 10_000
      },
    ]
    for (; edits < 1_000; edits++) await acts[[0, 0, 1, 2, 3, 4, 4][int(7)]!]!()
    lab().server.faults.length = 0
    await lab().settle()

    for (const paper of papers) {
      const keys = [...lab().server.items].filter(
        ([key, { data }]) =>
          key === itemKey(paper.id) ||
          data['of'] === paper.id ||
          (data['DOI'] === paper.doi && paper.doi !== undefined),
      )
      const want = wanted.get(paper.id)
      const isWanted = want !== undefined && (want.tags.size > 0 || want.theirs.size > 0)
      expect(
        keys.map(([key]) => key),
        `${paper.id}, seed ${seed}`,
      ).toHaveLength(isWanted ? 1 : 0)
      if (!isWanted) continue
      const [key = '', item] = keys[0] ?? []
      if (item === undefined) continue
      const { data } = item
      const all = data.tags.map(({ tag }) => tag)
      expect(all.length, 'a tag twice').toBe(new Set(all).size)
      expect(new Set(all)).toEqual(new Set([...want.tags, ...want.theirs].filter(tag => tag !== '')))
      expect(data.title).toBe(want.title ?? paper.title)
      if (want.tags.size > 0) expect(data.collections).toContain('COLLECT1')
      expect(lab().notesOf(key)).toEqual([...want.notes].map(note => `<p>${note}</p>`).sort())
    }
    const known = new Set(papers.flatMap(paper => [keyOf(paper)]))
    expect(
      [...lab().server.items].filter(
        ([key, { data }]) => data['parentItem'] === undefined && !known.has(key),
      ),
    ).toEqual([])
  },
)
