import type { Paper } from '../corpus/paper.ts'
import { readable } from '../corpus/readable.ts'
import type { ZoteroClient, ZoteroItem } from './client.ts'
import { isItemOf, itemKey, itemOf, noteOf } from './items.ts'
import { ZoteroError } from './zotero-error.ts'

/** What is to be there afterwards. */
export interface Sent {
  readonly paper: Paper
  /** A collection's key; '': none. */
  readonly collection: string
  /** Empty: none. */
  readonly tag: string
  /** Empty: none. */
  readonly note: string
  /** The key of the item that it was the last time; undefined: it is looked for. */
  readonly known: string | undefined
}

/** How often an item is read again that somebody else is changing: then there is another try later. */
const mostConflicts = 5

/**
 * Sees to it that the library has the paper, in the collection, with the tag and the note. What is there already, whoever
 * put it there, is added to and never replaced: other fields, tags and collections stay. Doing it twice changes nothing:
 * what is new has the same key each time, and is refused when there is one.
 * @returns the key of its item
 * @throws ZoteroError; nothing is lost then, and the same call may be made again
 */
export async function sendPaper(client: ZoteroClient, sent: Sent): Promise<string> {
  for (let tries = 0; tries <= mostConflicts; tries++) {
    const there = await find(client, sent)
    const parent = there === undefined ? await made(client, sent) : await added(client, there, sent)
    if (parent === undefined) continue
    // A note that is there stays as it is, however it has been edited since.
    if (sent.note !== '') await client.create(noteOf(sent.paper.id, parent, sent.note))
    return parent
  }
  throw new ZoteroError('unreachable', 'somebody is changing the item in Zotero')
}

async function find(client: ZoteroClient, { paper, known }: Sent): Promise<ZoteroItem | undefined> {
  // By its key first: whatever a person has made of its title and its identifiers, it is still the one.
  for (const key of known === undefined ? [itemKey(paper.id)] : [known, itemKey(paper.id)]) {
    const item = await client.item(key)
    if (item !== undefined) return item
  }
  const found = await client.find(readable(paper.title).slice(0, 200))
  return found.find(item => isItemOf(item, paper))
}

/** @returns its key; undefined when there is one meanwhile */
async function made(client: ZoteroClient, { paper, collection, tag }: Sent): Promise<string | undefined> {
  const item = itemOf(paper, collection, tag === '' ? [] : [tag])
  return (await client.create(item)) ? itemKey(paper.id) : undefined
}

/** @returns its key; undefined when somebody else has changed it meanwhile */
async function added(
  client: ZoteroClient,
  { key, version, data }: ZoteroItem,
  { collection, tag }: Sent,
): Promise<string | undefined> {
  const lacksTag = tag !== '' && !data.tags.some(one => one.tag === tag)
  const lacksPlace = collection !== '' && !data.collections.includes(collection)
  const fields = {
    ...(lacksTag ? { tags: [...data.tags, { tag }] } : {}),
    ...(lacksPlace ? { collections: [...data.collections, collection] } : {}),
    // Whoever sends it wants it out of the bin.
    ...(data.deleted === 1 || data.deleted === true ? { deleted: 0 } : {}),
  }
  if (Object.keys(fields).length === 0) return key
  return (await client.patch(key, version, fields)) ? key : undefined
}
