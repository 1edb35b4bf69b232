import { setImmediate as turn } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import type { CommandContext } from '../../bot/command.ts'
import type { BotContext } from '../../bot/context.ts'
import { paperRef } from '../../corpus/ids.ts'
import { isSamePaper, keyed } from '../../corpus/merging/same-paper.ts'
import type { Paper } from '../../corpus/paper.ts'
import type { Search } from '../../search/port.ts'

/** Papers that are looked for in one request, and in one turn: a search takes milliseconds. */
const mostLooked = 200
const perTurn = 5
const mostKnown = 10_000

/** What a server's paper is shown as, by server and id. */
const known = new LRUCache<string, string>({ max: mostKnown })

/**
 * The ids under which a server's own papers are found. One that the shared papers have too, under another id, is shown as
 * theirs, and one whose id another of them has is shown under a new one: each is looked for by its title once.
 * @param inTurn undefined: nothing is looked for, what was found before counts
 */
export async function shownIds(
  ids: readonly string[],
  guildId: string,
  bot: Pick<BotContext, 'library' | 'libraries' | 'store'>,
  inTurn?: CommandContext['inTurn'],
): Promise<Set<string>> {
  const { library, store } = bot
  const { found, missing } = foundAtOnce(ids, guildId, bot)
  if (inTurn === undefined) return found
  for (let at = 0; at < Math.min(missing.length, mostLooked); at += perTurn) {
    const some = missing.slice(at, at + perTurn)
    const stored = await Promise.all(some.map(id => store.papers.get(guildId, id)))
    const shown = await inTurn(() => stored.map(one => one && sameIn(library.search, one.paper)))
    for (const [i, id] of some.entries()) {
      const twin = shown[i]
      if (twin === undefined) continue
      known.set(`${guildId} ${id}`, twin)
      found.delete(id)
      found.add(twin)
    }
  }
  return found
}

/** What is found without a search, and what has to be looked for: last those that count as found until then. */
function foundAtOnce(
  ids: readonly string[],
  guildId: string,
  { library, libraries }: Pick<BotContext, 'library' | 'libraries'>,
): { found: Set<string>; missing: string[] } {
  const found = new Set<string>()
  const missing: string[] = []
  const doubtful: string[] = []
  for (const id of ids) {
    const twin = known.get(`${guildId} ${id}`)
    const isKnown = twin !== undefined && library.search.get(twin) !== undefined
    const shown = isKnown ? twin : library.paper(paperRef(id))?.id
    if (shown === undefined) missing.push(id)
    else found.add(shown)
    if (!isKnown && shown === id && libraries.isShared(library, id)) doubtful.push(id)
  }
  return { found, missing: [...missing, ...doubtful] }
}

/** The paper of a search that is the same as another. */
const sameIn = (search: Search, paper: Paper): string | undefined => allSameIn(search, paper)[0]

function allSameIn(search: Search, paper: Paper): string[] {
  const one = keyed(paper)
  return search
    .search(paper.title, { limit: 3 })
    .hits.filter(hit => isSamePaper(one, keyed(hit.paper)))
    .map(hit => hit.paper.id)
}

/**
 * The ids of papers in a search that are the same as those of a server's own among some: everybody may have got one of
 * them since, under another id, or another paper under its own.
 */
export async function twinsOf(
  ids: ReadonlySet<string>,
  guildId: string,
  { library, store }: Pick<BotContext, 'library' | 'store'>,
): Promise<Set<string>> {
  const found = new Set<string>()
  for (const id of await store.papers.ids(guildId)) {
    if (!ids.has(id)) continue
    const stored = await store.papers.get(guildId, id)
    if (stored === undefined) continue
    await library.search.prepare(stored.paper.title)
    for (const twin of allSameIn(library.search, stored.paper)) found.add(twin)
    await turn()
  }
  return found
}
