import { createHash } from 'node:crypto'
import { citationKey, cslOf } from '../corpus/citation.ts'
import { isSamePaper, keyed } from '../corpus/merging/same-paper.ts'
import { nameOf } from '../corpus/names.ts'
import type { Paper } from '../corpus/paper.ts'
import { readable } from '../corpus/readable.ts'
import { foldSpace } from '../corpus/text.ts'
import { papersOf } from '../sources/records.ts'
import type { ZoteroItem } from './client.ts'

/** The letters of Zotero's keys: none that is taken for another. */
const letters = '23456789ABCDEFGHIJKLMNPQRSTUVWXYZ'

/**
 * The key under which something of a paper is kept in whatever library: the same each time, so that what was sent twice is
 * there once.
 * @param note the text of a note; undefined: the paper itself
 */
export function itemKey(paperId: string, note?: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([paperId, note ?? null]))
    .digest()
  return Array.from(digest.subarray(0, 8), byte => letters[byte % letters.length]).join('')
}

/** The paper as a new item of Zotero. */
export function itemOf(paper: Paper, collection: string, tags: readonly string[]): Record<string, unknown> {
  const item = cslOf(paper, citationKey(paper))
  const venue = item['container-title']
  const kinds = {
    'article-journal': { itemType: 'journalArticle', publicationTitle: venue },
    'paper-conference': { itemType: 'conferencePaper', proceedingsTitle: venue },
    document: {
      itemType: 'preprint',
      ...(paper.arxiv === undefined ? {} : { repository: 'arXiv', archiveID: `arXiv:${paper.arxiv}` }),
    },
  }
  const fields = {
    ...kinds[item.type],
    title: item.title || 'Untitled',
    creators: paper.authors.map(name => creatorOf(foldSpace(name))).filter(one => one !== undefined),
    abstractNote: readable(paper.abstract),
    date: paper.published?.slice(0, 10),
    DOI: paper.doi,
    url: item.URL,
    extra: item.type !== 'document' && paper.arxiv !== undefined ? `arXiv: ${paper.arxiv}` : undefined,
  }
  return {
    ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== '')),
    key: itemKey(paper.id),
    collections: collection === '' ? [] : [collection],
    tags: tags.map(tag => ({ tag })),
  }
}

function creatorOf(text: string): Readonly<Record<string, string>> | undefined {
  if (text === '') return undefined
  const name = nameOf(text)
  if ('literal' in name) return { creatorType: 'author', name: name.literal }
  const lastName = name.suffix === undefined ? name.family : `${name.family}, ${name.suffix}`
  return { creatorType: 'author', lastName, firstName: name.given }
}

/** A note on an item: its text as HTML, which Zotero keeps notes in. */
export const noteOf = (paperId: string, parent: string, note: string): Record<string, unknown> => ({
  itemType: 'note',
  key: itemKey(paperId, note),
  parentItem: parent,
  note: note
    .split(/\r\n|\r|\n/u)
    .map(line => `<p>${line.replace(/[&<>]/gu, mark => `&#${mark.charCodeAt(0)};`)}</p>`)
    .join('\n'),
})

/** What a library holds besides papers. */
const noPapers = new Set(['attachment', 'note', 'annotation'])

/** Whether an item of the library is this paper, whoever put it there. */
export function isItemOf({ key, data }: ZoteroItem, paper: Paper): boolean {
  if (noPapers.has(data.itemType)) return false
  const [theirs] = papersOf([{ ...data, id: `zotero:${key}` }])
  if (theirs === undefined) return false
  return isSamePaper(keyed(paper), keyed(theirs))
}
