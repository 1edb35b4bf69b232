import type { Libraries } from '../../bot/libraries.ts'
import { paperRef } from '../../corpus/ids.ts'
import type { PeriodicTask } from '../../delivery/periodic-tasks.ts'
import { messageOf } from '../../errors.ts'
import type { Log } from '../../log.ts'
import { newId } from '../../store/ids.ts'
import type { Store } from '../../store/ports.ts'
import type { ZoteroEntry, ZoteroLink } from '../../store/zotero-ports.ts'
import type { OpenZotero, ZoteroClient } from '../../zotero/client.ts'
import { itemKey } from '../../zotero/items.ts'
import { sendPaper } from '../../zotero/send-paper.ts'
import { ZoteroError } from '../../zotero/zotero-error.ts'

export interface ZoteroParts {
  readonly store: Pick<Store, 'zotero'>
  readonly libraries: Pick<Libraries, 'of'>
  readonly open: OpenZotero
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly log: Log
}

const second = 1_000
const minute = 60 * second
/** How long one process may send for a server before another takes over. */
const lease = 10 * minute
/** Entries that are sent in one go. */
const batch = 25
/** The pause after a failure that may pass, doubled with each of the first entry's, and the longest. */
const firstPause = 30 * second
const longestPause = 4 * 60 * minute
/** A key that is refused is tried again in case somebody has given it the right. */
const refusedPause = 60 * minute

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
  await store.zotero.release(link.guildId, owner, { nextAt, problem: after.problem })
  return true
}

interface Sending {
  readonly link: ZoteroLink
  readonly client: ZoteroClient
  readonly owner: string
  readonly stopping: AbortSignal
}

async function sendAll(
  parts: ZoteroParts,
  sending: Sending,
): Promise<{ nextAt: number; problem: string | undefined }> {
  const { store, now } = parts
  const { link, client, stopping } = sending
  let problem: string | undefined
  for (const entry of await store.zotero.entries(link.guildId, batch)) {
    if (stopping.aborted || client.pausedUntil() > now()) break
    const failure = await tried(parts, sending, entry)
    problem = failure?.message ?? problem
    // One that is not taken holds up no other; else the next would fare no better.
    if (failure !== undefined && failure.kind !== 'invalid') {
      const pause = failure.kind === 'refused' ? refusedPause : pauseAfter(entry.attempts)
      return { nextAt: Math.max(now() + pause, failure.notBefore ?? 0), problem }
    }
  }
  return { nextAt: problem === undefined ? now() : now() + refusedPause, problem }
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
    await store.zotero.failed(entry.id)
    return error
  }
}

const pauseAfter = (attempts: number): number =>
  Math.min(longestPause, firstPause * 2 ** Math.min(attempts, 12))

async function sendOne(
  { store, libraries }: ZoteroParts,
  { link, client }: Sending,
  { paperId, tag, note }: ZoteroEntry,
): Promise<void> {
  const paper = libraries.of(link.guildId).paper(paperRef(paperId))
  // Taken out of the library since: nobody can say what it was.
  if (paper === undefined) return
  const known = await store.zotero.itemOf(link, paper.id)
  const key = await sendPaper(client, { paper, collection: link.collection, tag, note, known })
  if (key !== (known ?? itemKey(paper.id))) await store.zotero.noteItem(link, paper.id, key)
}
