import { generateJsonFeed, generateRssFeed } from 'feedsmith'
import { exportPapers } from '../../corpus/export.ts'
import { pageOf } from '../../corpus/links.ts'
import { saidName } from '../../corpus/names.ts'
import type { Paper } from '../../corpus/paper.ts'
import { readable } from '../../corpus/readable.ts'
import { visible } from '../../view/escape.ts'

/** Formats of a feed by the ending of its address. */
export const feedFormats = {
  rss: 'application/rss+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
  bib: 'text/x-bibtex; charset=utf-8',
} as const
export type FeedFormat = keyof typeof feedFormats

/** What a feed holds, by the beginning of its address. */
export const feedKinds = {
  shares: 'Papers that were shared',
  picks: 'Picks',
} as const
export type FeedKind = keyof typeof feedKinds

export interface FeedItem {
  /** Stays the same for good: readers know by it what they have shown. */
  readonly id: string
  readonly paper: Paper
  readonly at: number
}

export interface Feed {
  readonly kind: FeedKind
  /** Its own address. */
  readonly url: string
  /** Newest first. */
  readonly items: readonly FeedItem[]
}

/** UTF-16 units of an abstract: readers show a summary. */
const summaryLength = 2_000

/** The feed as text. It names no member and holds no note: whoever has the address can read it. */
export function feedText({ kind, url, items }: Feed, format: FeedFormat): string {
  if (format === 'bib') {
    const papers = new Map(items.map(({ paper }) => [paper.id, paper]))
    return exportPapers([...papers.values()], 'bibtex')
  }
  const entries = items.map(({ id, paper, at }) => ({
    id: `urn:lectern:${encodeURIComponent(id)}`,
    title: text(paper.title) || 'Untitled',
    link: pageOf(paper)?.url,
    summary: text(paper.abstract).slice(0, summaryLength).toWellFormed(),
    authors: paper.authors.slice(0, 50).map(name => visible(saidName(name))),
    at: new Date(at),
  }))
  return format === 'json' ? jsonFeed(kind, url, entries) : rssFeed(kind, url, entries)
}

const text = (written: string): string => visible(readable(written))

interface Entry {
  readonly id: string
  readonly title: string
  readonly link: string | undefined
  readonly summary: string
  readonly authors: readonly string[]
  readonly at: Date
}

function jsonFeed(kind: FeedKind, url: string, entries: readonly Entry[]): string {
  const feed = generateJsonFeed({
    title: feedKinds[kind],
    feed_url: url,
    items: entries.map(({ id, title, link, summary, authors, at }) => ({
      id,
      title,
      ...(link === undefined ? {} : { url: link }),
      content_text: summary,
      date_published: at,
      authors: authors.map(name => ({ name })),
    })),
  })
  // Without items it leaves their list out, which the format wants.
  return JSON.stringify(Object.assign({ items: [] }, feed))
}

const rssFeed = (kind: FeedKind, url: string, entries: readonly Entry[]): string =>
  generateRssFeed({
    title: feedKinds[kind],
    link: url,
    description: `${feedKinds[kind]} in a server, newest first`,
    items: entries.map(({ id, title, link, summary, authors, at }) => ({
      title,
      ...(link === undefined ? {} : { link }),
      description: escapedHtml(summary),
      guid: { value: id, isPermaLink: false },
      pubDate: at,
      dc: { creators: [...authors] },
    })),
  })

/** Readers take a description for HTML. */
const escapedHtml = (plain: string): string =>
  plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
