import type { Libraries } from '../../bot/libraries.ts'
import { paperRef } from '../../corpus/ids.ts'
import type { Paper } from '../../corpus/paper.ts'
import type { PeriodicTask } from '../../delivery/periodic-tasks.ts'
import { messageOf } from '../../errors.ts'
import type { Log } from '../../log.ts'
import { newId } from '../../store/ids.ts'
import { sharedCollection } from '../../store/paper-ports.ts'
import type { Store } from '../../store/ports.ts'
import type { ZoteroEntry, ZoteroLink } from '../../store/zotero-ports.ts'
import type { OpenZotero, ZoteroClient } from '../../zotero/client.ts'
import { itemKey } from '../../zotero/items.ts'
import { sendPaper } from '../../zotero/send-paper.ts'
import { ZoteroError } from '../../zotero/zotero-error.ts'

export interface ZoteroParts {
  readonly store: Pick<Store, 'zotero' | 'papers'>
  readonly libraries: Pick<Libraries, 'whole'>
  readonly open: OpenZotero
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly log: Log
}

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
/** How long one process may send for a server before another takes over. */
const lease = 10 * minute
/** Entries that are sent in one go. */
const batch = 25
/** The pause after a failure, doubled with each that follows, and the longest: of what may pass by itself, */
const passing = { first: 30 * second, longest: 4 * hour }
/** of a key or library that is not right, until somebody sees to it, */
const refusedLink = { first: hour, longest: day }
/** and of an entry that Zotero does not take. */
const refusedEntry = { first: hour, longest: day }
/** An entry that Zotero refused so often, over some thirty hours, is given up. */
const mostRefusals = 6
/** So is what could not be sent for so long, for whatever reason, and was tried that often. */
const mostAge = 14 * day
const leastTries = 6

const pauseAfter = ({ first, longest }: typeof passing, failures: number): number =>
  Math.min(longest, first * 2 ** Math.min(failures, 20))

/** Sends what waits to the servers' Zotero libraries; of several processes one sends for a server at a time. */
export const zoteroTask = (parts: ZoteroParts): PeriodicTask => ({
  failure: 'nothing could be sent to Zotero',
  every: minute,
  onWake: true,
  run: async stopping => {
    while (!stopping.aborted && (await sendNext(parts, stopping))) {
      // The next server whose entries are due.
    }
    return undefined
  },
})

/** @returns whether something was due */
export async function sendNext(parts: ZoteroParts, stopping: AbortSignal): Promise<boolean> {
  const { store, now } = parts
  const owner = newId('c')
  const link = await store.zotero.claim(owner, now(), now() + lease)
  if (link === undefined) return false
  const client = parts.open(link)
  const after = await sendAll(parts, { link, client, owner, stopping })
  // What Zotero asks for counts whatever went well.
  const nextAt = Math.max(after.nextAt, client.pausedUntil())
  await store.zotero.release(link.guildId, owner, { ...after, nextAt })
  return true
}

interface After {
  readonly nextAt: number
  readonly problem: string | undefined
  readonly failures: number
}

interface Sending {
  readonly link: ZoteroLink
  readonly client: ZoteroClient
  readonly owner: string
  readonly stopping: AbortSignal
}

async function sendAll(parts: ZoteroParts, sending: Sending): Promise<After> {
  const { store, now } = parts
  const { link, client, stopping } = sending
  let { failures } = link
  let problem: string | undefined
  for (const entry of await store.zotero.entries(link.guildId, batch, now())) {
    if (stopping.aborted || client.pausedUntil() > now()) break
    const failure = await tried(parts, sending, entry)
    problem = failure?.message ?? problem
    // One that is not taken holds up no other; else the next would fare no better.
    if (failure === undefined || failure.kind === 'invalid') failures = 0
    else return held(parts, sending, { failure, failures })
  }
  return { nextAt: now(), problem, failures }
}

/** Nothing gets there now: when there is another try. What has waited for too long is given up. */
async function held(
  { store, now }: ZoteroParts,
  { link }: Sending,
  { failure, failures }: { readonly failure: ZoteroError; readonly failures: number },
): Promise<After> {
  const reason = reasonOf(failure)
  if (failures + 1 >= leastTries)
    await store.zotero.giveUp(link.guildId, { until: now() - mostAge, reason }, now())
  const pause = pauseAfter(failure.kind === 'refused' ? refusedLink : passing, failures)
  const nextAt = Math.max(now() + pause, failure.notBefore ?? 0)
  return { nextAt, problem: failure.message, failures: failures + 1 }
}

/** @returns why it is not there; undefined: it is */
async function tried(
  parts: ZoteroParts,
  sending: Sending,
  entry: ZoteroEntry,
): Promise<ZoteroError | undefined> {
  const { store, log } = parts
  try {
    await sendOne(parts, sending, entry)
    await store.zotero.done(entry.id, sending.owner)
    return undefined
  } catch (error) {
    if (!(error instanceof ZoteroError)) throw error
    const { guildId } = sending.link
    log.info({ guildId, kind: error.kind, problem: messageOf(error) }, 'Zotero took nothing')
    await failed(parts, guildId, entry, error)
    return error
  }
}

/** Puts down that an entry did not get there; one that Zotero never takes, or never in time, is given up. */
async function failed(
  { store, now }: ZoteroParts,
  guildId: string,
  { id, attempts, refusals, createdAt }: ZoteroEntry,
  error: ZoteroError,
): Promise<void> {
  const isRefused = error.kind === 'invalid'
  const nextAt = isRefused ? now() + pauseAfter(refusedEntry, refusals) : 0
  await store.zotero.failed(id, { isRefused, nextAt, reason: reasonOf(error) })
  const isOld = createdAt <= now() - mostAge && attempts + 1 >= leastTries
  if (isOld || (isRefused && refusals + 1 >= mostRefusals))
    await store.zotero.giveUp(guildId, { entryId: id }, now())
}

/** With what Zotero says itself, which no log may hold. */
const reasonOf = ({ message, said }: ZoteroError): string =>
  said === undefined ? message : `${message}: ${said}`

async function sendOne(
  { store, libraries }: ZoteroParts,
  { link, client }: Sending,
  { paperId, tag, note }: ZoteroEntry,
): Promise<void> {
  const library = await libraries.whole(link.guildId)
  await library.search.prepare({ refs: [paperRef(paperId)] })
  const paper = library.paper(paperRef(paperId)) ?? (await stored(store, link.guildId, paperId))
  // Taken out of the library since: nobody can say what it was.
  if (paper === undefined) return
  const known = await store.zotero.itemOf(link, paper.id)
  const key = await sendPaper(client, { paper, collection: link.collection, tag, note, known })
  if (key !== (known ?? itemKey(paper.id))) await store.zotero.noteItem(link, paper.id, key)
}

/** What has just come is stored before it is found. */
async function stored(
  { papers }: Pick<Store, 'papers'>,
  guildId: string,
  id: string,
): Promise<Paper | undefined> {
  const found = (await papers.get(guildId, id)) ?? (await papers.get(sharedCollection, id))
  return found?.paper
}
