import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { fixedLibraries } from '../../src/bot/libraries.ts'
import { Paper } from '../../src/corpus/paper.ts'
import { sendNext } from '../../src/features/zotero/zotero-task.ts'
import { openLog } from '../../src/log.ts'
import { openSqlite } from '../../src/store/open.ts'
import type { Store } from '../../src/store/ports.ts'
import { zoteroAt } from '../../src/zotero/client.ts'
import { libraryOfPapers } from '../fixtures/library.ts'
import { ZoteroServer } from '../fixtures/zotero-server.ts'

export const guildId = '900000000000000001'
export const papers = Array.from({ length: 40 }, (_, i) =>
  Paper.parse({
    id: `p${i}`,
    title: `On the ${['memory', 'speed', 'cost', 'shape'][i % 4]} of number ${i} among the caches`,
    abstract: 'An abstract.',
    authors: ['Ada Lovelace', `Grace Hopper ${i}`],
    published: '2024-05-01',
    ...(i % 3 === 0 ? { doi: `10.1234/x${i}` } : {}),
    ...(i % 3 === 1 ? { arxiv: `2405.${String(10_000 + i)}` } : {}),
    ...(i % 5 === 0 ? { venue: 'Nature' } : {}),
  }),
)

/** A server of Zotero, and a bot's database that is linked to it. */
export class Lab {
  now = Date.parse('2026-11-29T12:00:00Z')
  readonly server = new ZoteroServer()
  readonly folder = mkdtempSync(join(tmpdir(), 'lectern-zotero-'))
  #store: Store | undefined
  #base = ''

  get store(): Store {
    if (this.#store === undefined) throw new Error('not open')
    return this.#store
  }

  async open(): Promise<void> {
    this.server.collections.add('COLLECT1')
    this.#base = await this.server.listen()
    await this.restart()
    await this.link()
  }

  async link(): Promise<void> {
    await this.store.zotero.setLink({
      guildId,
      library: 'groups/77',
      collection: 'COLLECT1',
      writeKey: this.server.writeKey,
      sendsSaves: true,
      userId: '1',
      at: this.now,
    })
  }

  async restart(): Promise<void> {
    await this.#store?.close()
    this.#store = await openSqlite(join(this.folder, 'z.sqlite'))
  }

  async close(): Promise<void> {
    await this.store.close()
    await this.server.close()
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** @returns whether something was due */
  round(): Promise<boolean> {
    return sendNext(
      {
        store: this.store,
        libraries: fixedLibraries(libraryOfPapers(papers)),
        open: zoteroAt(this.#base, () => this.now),
        now: () => this.now,
        log: openLog({ level: 'silent', secrets: [] }),
      },
      new AbortController().signal,
    )
  }

  /** Until nothing waits. */
  async settle(): Promise<void> {
    for (let rounds = 0; (await this.store.zotero.waiting(guildId)) > 0; rounds++) {
      if (rounds > 200) throw new Error('something waits for ever')
      await this.round()
      this.now += 5 * 3_600_000
    }
  }

  /** As the bot does each minute, for so many hours. */
  async pass(hours: number): Promise<void> {
    for (const end = this.now + hours * 3_600_000; this.now < end; this.now += 10 * 60_000)
      while (await this.round()) {
        // The next that is due.
      }
  }

  add(paperId: string, { tag = '', note = '' } = {}): Promise<unknown> {
    return this.store.zotero.add({ guildId, paperId, tag, note, userId: '2', isSave: false, at: this.now })
  }

  notesOf(parent: string): string[] {
    return [...this.server.items.values()]
      .filter(({ data }) => data['parentItem'] === parent)
      .map(({ data }) => String(data['note']))
      .sort()
  }
}

/** A new lab before each test, closed after it. */
export function useLab(): () => Lab {
  let lab: Lab | undefined
  beforeEach(async () => {
    lab = new Lab()
    await lab.open()
  })
  afterEach(() => lab?.close())
  return () => {
    if (lab === undefined) throw new Error('no lab yet')
    return lab
  }
}
