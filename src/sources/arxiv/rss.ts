import { setImmediate as turn } from 'node:timers/promises'
import { all, type Element, textAt, textOf } from '../../corpus/formats/xml-tree.ts'
import type { Paper } from '../../corpus/paper.ts'
import { SourceError } from '../port.ts'
import { elementsOf, isPaper, paperOf, xmlRecord } from '../records.ts'

export interface FeedItem {
  readonly paper: Paper
  /** As arXiv announced it; other feeds do not say. */
  readonly type: string | undefined
}

/**
 * Reads RSS or Atom. Its dates are not taken: arXiv's feed may hold an earlier batch under today's build date, or items
 * dated a day behind.
 * @param enough of items: what is beyond is not read
 * @throws SourceError `unreadable` when it is no feed; a feed without items is sound, since there are none at weekends
 */
export async function readRss(bytes: Buffer, what = 'arXiv’s RSS', enough?: number): Promise<FeedItem[]> {
  // Its own title is one of them.
  const most = enough === undefined ? undefined : enough + 1
  const elements = await elementsOf(bytes, ['item', 'entry', 'title'], what, most)
  if (elements.length === 0) throw new SourceError('unreadable', `${what} is no feed`)
  const items: FeedItem[] = []
  for (const [at, element] of elements.entries()) {
    if (at % itemsPerTurn === itemsPerTurn - 1) await turn()
    const item = element.name === 'title' ? undefined : itemOf(element)
    if (item !== undefined) items.push(item)
  }
  return items.slice(0, enough)
}

const itemsPerTurn = 100

function itemOf(element: Element): FeedItem | undefined {
  const record = xmlRecord(element)
  const paper = record === undefined ? undefined : paperOf(record)
  if (paper === undefined || !isPaper(paper)) return undefined
  const declared = all(element, 'announce_type')[0]
  const description = textAt(element, 'description') ?? textAt(element, 'summary') ?? ''
  const type = declared === undefined ? announceType(description) : textOf(declared).trim()
  return { paper, type }
}

const announceType = (text: string): string | undefined =>
  /Announce Type:\s{0,9}([a-z-]{1,20})/i.exec(text)?.[1]

/** Whether the item brings a paper to its category, instead of another version of one that was there. */
export const isNews = ({ type }: FeedItem): boolean =>
  type === undefined || type === 'new' || type === 'cross'
