import { arxivIdOf } from '../identifiers.ts'
import { described } from './feed-description.ts'
import type { Reader } from './xml-reader.ts'
import { all, type Element, markupsAt, textAt } from './xml-tree.ts'

const web = (...addresses: (string | undefined)[]): string | undefined =>
  addresses.find(address => address !== undefined && /^https?:/i.test(address))

/** Atom with arXiv's extensions. Source: arXiv API User's Manual. */
export const atomEntry: Reader = entry => {
  const id = textAt(entry, 'id') ?? ''
  const summary = textAt(entry, 'summary') ?? textAt(entry, 'content')
  if (id.includes('/api/errors')) return { reason: `is an error of the source: ${summary ?? 'unknown'}` }
  const links = all(entry, 'link').map(link => link.attributes)
  const address = links.find(link => (link['rel'] ?? 'alternate') === 'alternate')?.['href']
  const doi = textAt(entry, 'doi') ?? links.find(link => link['title'] === 'doi')?.['href']
  const arxiv = arxivIdOf(id)
  return {
    id: arxiv ?? (id === '' ? undefined : id),
    arxiv,
    title: textAt(entry, 'title'),
    abstract: summary,
    authors: markupsAt(entry, 'author', 'name'),
    url: web(address, id),
    published: textAt(entry, 'published') ?? textAt(entry, 'updated'),
    doi,
    venue: textAt(entry, 'journal_ref'),
    categories: all(entry, 'category').flatMap(one => one.attributes['term'] ?? []),
  }
}

const announced = /^\s{0,9}arXiv:(\S{1,40})\s{1,9}Announce Type:\s?[\w-]{1,20}\s{1,9}(?:Abstract:\s?)?/i

/** Nature's journals repeat their name, the day and the DOI above what an article is about. */
const issued = /^\s{0,9}<p>[^<]{0,80}Published online: [^<]{0,60}(?:<a [^<]{0,300}<\/a>)?\s{0,9}<\/p>/

/** An item of RSS 2.0 or RDF; arXiv's has the abstract after an extra line. */
export const feedItem: Reader = item => {
  const description = textAt(item, 'description') ?? ''
  const told = described(description)
  const url = web(textAt(item, 'link'), item.attributes['about'], textAt(item, 'guid'))
  const arxiv = arxivIdOf(announced.exec(description)?.[1] ?? '') ?? arxivIdOf(url ?? '')
  return {
    id: arxiv ?? textAt(item, 'guid') ?? url,
    arxiv,
    url,
    title: textAt(item, 'title')
      ?.replace(/^\[ASAP\]\s/, '')
      .replace(/\.?\s\(arXiv:\S{1,40}(?:\s\[[^\]]{1,30}\])?(?:\s[A-Z]{1,10})?\)$/, ''),
    abstract: (textAt(item, 'encoded') ?? told.abstract).replace(announced, '').replace(issued, ''),
    authors: creatorsOf(item) ?? told.authors,
    published: textAt(item, 'pubDate') ?? textAt(item, 'date') ?? told.published,
    doi: textAt(item, 'DOI') ?? textAt(item, 'doi') ?? textAt(item, 'identifier') ?? told.doi,
    venue: textAt(item, 'publicationName') ?? told.venue,
    categories: [...markupsAt(item, 'category'), ...markupsAt(item, 'subject')],
  }
}

function creatorsOf(item: Element): string | string[] | undefined {
  const creators = [...markupsAt(item, 'creator'), ...markupsAt(item, 'author')].map(text =>
    text.replace(/<[^<>]{1,200}>/g, '').replace(/^\S{1,200}@\S{1,200} \(([^()]{1,200})\)$/, '$1'),
  )
  return creators.length <= 1 ? creators[0] : creators
}
