import { isoDate } from '../fields.ts'
import { arxivIdOf, doiOf } from '../identifiers.ts'
import { endnoteRecord } from './xml-libraries.ts'
import { all, type Element, markupOf, textAt, textOf } from './xml-tree.ts'

/** A record under the keys of `ownKeys`, or why the element gives none. */
export type XmlRecord = Readonly<Record<string, unknown>> | { readonly reason: string }

/** What a reader remembers of a document besides its records: the volume of the following papers. */
export interface Surroundings {
  venue?: string | undefined
  published?: string | undefined
}

type Reader = (element: Element, surroundings: Surroundings) => XmlRecord | undefined

const texts = (element: Element, ...path: string[]): string[] =>
  all(element, ...path)
    .map(markupOf)
    .filter(text => text !== '')

const web = (...addresses: (string | undefined)[]): string | undefined =>
  addresses.find(address => address !== undefined && /^https?:/i.test(address))

/** Atom with arXiv's extensions. Source: arXiv API User's Manual. */
const atomEntry: Reader = entry => {
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
    authors: texts(entry, 'author', 'name'),
    url: web(address, id),
    published: textAt(entry, 'published') ?? textAt(entry, 'updated'),
    doi,
    venue: textAt(entry, 'journal_ref'),
    categories: all(entry, 'category').flatMap(one => one.attributes['term'] ?? []),
  }
}

/** A record of OAI-PMH in the formats arXiv, arXivRaw or Dublin Core. */
const oaiRecord: Reader = record => {
  const header = all(record, 'header')[0]
  const metadata = all(record, 'metadata')[0]
  if (header === undefined && metadata === undefined) return endnoteRecord(record)
  if (header?.attributes['status'] === 'deleted') return { reason: 'is a record that its source deleted' }
  const raw = metadata === undefined ? undefined : all(metadata, 'arXivRaw')[0]
  const own = metadata === undefined ? undefined : all(metadata, 'arXiv')[0]
  const core = metadata === undefined ? undefined : all(metadata, 'dc')[0]
  if (raw !== undefined) return arxivRecord(raw, textAt(raw, 'authors'))
  if (own !== undefined) return arxivRecord(own, all(own, 'authors', 'author').map(arxivName))
  if (core !== undefined) return dublinCore(core)
  return { reason: 'holds no metadata in a format that is read (arXiv, arXivRaw, Dublin Core)' }
}

const arxivName = (author: Element): Record<string, string> => ({
  family: textAt(author, 'keyname') ?? '',
  given: textAt(author, 'forenames') ?? '',
  suffix: textAt(author, 'suffix') ?? '',
})

function arxivRecord(metadata: Element, authors: unknown): XmlRecord {
  const id = textAt(metadata, 'id') ?? ''
  return {
    id: arxivIdOf(id) ?? id,
    arxiv: arxivIdOf(id),
    title: textAt(metadata, 'title'),
    abstract: textAt(metadata, 'abstract'),
    authors,
    published: textAt(metadata, 'created') ?? textAt(metadata, 'version', 'date'),
    doi: textAt(metadata, 'doi')?.split(/\s/)[0],
    venue: textAt(metadata, 'journal-ref'),
    categories: textAt(metadata, 'categories'),
  }
}

function dublinCore(core: Element): XmlRecord {
  const identifiers = texts(core, 'identifier')
  const url = identifiers.find(text => /^https?:/i.test(text))
  const arxiv = identifiers.map(arxivIdOf).find(Boolean)
  return {
    id: arxiv ?? url ?? identifiers[0],
    arxiv,
    url,
    title: textAt(core, 'title'),
    // The longest one: notes are descriptions too.
    abstract: texts(core, 'description')
      .filter(text => !/^Comments?:/.test(text))
      .toSorted((a, b) => b.length - a.length)[0],
    doi: [...identifiers, ...texts(core, 'relation')]
      .map(text => doiOf(text.replace(/^info:doi\//i, '')))
      .find(Boolean),
    authors: texts(core, 'creator'),
    published: texts(core, 'date').toSorted()[0],
    categories: texts(core, 'subject'),
  }
}

const announced = /^\s{0,9}arXiv:(\S{1,40})\s{1,9}Announce Type:\s?[\w-]{1,20}\s{1,9}(?:Abstract:\s?)?/i

/** Nature's journals repeat their name, the day and the DOI above what an article is about. */
const issued = /^\s{0,9}<p>[^<]{0,80}Published online: [^<]{0,60}(?:<a [^<]{0,300}<\/a>)?\s{0,9}<\/p>/

/** An item of RSS 2.0 or RDF; arXiv's has the abstract after an extra line. */
const feedItem: Reader = item => {
  const description = textAt(item, 'description') ?? ''
  const url = web(textAt(item, 'link'), item.attributes['about'], textAt(item, 'guid'))
  const arxiv = arxivIdOf(announced.exec(description)?.[1] ?? '') ?? arxivIdOf(url ?? '')
  return {
    id: arxiv ?? textAt(item, 'guid') ?? url,
    arxiv,
    url,
    title: textAt(item, 'title')?.replace(
      /\.?\s\(arXiv:\S{1,40}(?:\s\[[^\]]{1,30}\])?(?:\s[A-Z]{1,10})?\)$/,
      '',
    ),
    abstract: (textAt(item, 'encoded') ?? description).replace(announced, '').replace(issued, ''),
    authors: creatorsOf(item),
    published: textAt(item, 'pubDate') ?? textAt(item, 'date'),
    doi: textAt(item, 'DOI') ?? textAt(item, 'doi') ?? textAt(item, 'identifier'),
    venue: textAt(item, 'publicationName'),
    categories: [...texts(item, 'category'), ...texts(item, 'subject')],
  }
}

function creatorsOf(item: Element): string | string[] | undefined {
  const creators = [...texts(item, 'creator'), ...texts(item, 'author')].map(text =>
    text.replace(/<[^<>]{1,200}>/g, ''),
  )
  return creators.length <= 1 ? creators[0] : creators
}

/** A record of PubMed. Source: the NLM's PubMed DTD. */
const pubmedArticle: Reader = record => {
  const citation = all(record, 'MedlineCitation')[0]
  const article = citation === undefined ? undefined : all(citation, 'Article')[0]
  if (citation === undefined || article === undefined) return undefined
  const pmid = textAt(citation, 'PMID') ?? ''
  const doi =
    all(article, 'ELocationID').find(
      ({ attributes }) => attributes['EIdType'] === 'doi' && attributes['ValidYN'] !== 'N',
    ) ??
    all(record, 'PubmedData', 'ArticleIdList', 'ArticleId').find(one => one.attributes['IdType'] === 'doi')
  return {
    id: `pmid:${pmid}`,
    url: `https://pubmed.ncbi.nlm.nih.gov/${pmid}/`,
    title: textAt(article, 'ArticleTitle')?.replace(/^\[(.*)\]\.?$/, '$1'),
    abstract: all(article, 'Abstract', 'AbstractText').map(section).join(' '),
    authors: all(article, 'AuthorList', 'Author').map(pubmedName),
    published: pubmedDate(article),
    doi: doi === undefined ? undefined : textOf(doi),
    venue: textAt(article, 'Journal', 'Title'),
    categories: texts(citation, 'MeshHeadingList', 'MeshHeading', 'DescriptorName'),
  }
}

/** A chapter of a book at PubMed. */
const pubmedBook: Reader = record => {
  const chapter = all(record, 'BookDocument')[0]
  if (chapter === undefined) return undefined
  const pmid = textAt(chapter, 'PMID') ?? ''
  return {
    id: `pmid:${pmid}`,
    url: `https://pubmed.ncbi.nlm.nih.gov/${pmid}/`,
    title: textAt(chapter, 'ArticleTitle') ?? textAt(chapter, 'Book', 'BookTitle'),
    abstract: all(chapter, 'Abstract', 'AbstractText').map(section).join(' '),
    authors: all(chapter, 'AuthorList', 'Author').map(pubmedName),
    published: textAt(chapter, 'Book', 'PubDate', 'Year'),
    venue: textAt(chapter, 'Book', 'BookTitle'),
  }
}

const pubmedName = (author: Element): Record<string, string> => ({
  family: textAt(author, 'LastName') ?? textAt(author, 'CollectiveName') ?? '',
  given: textAt(author, 'ForeName') ?? textAt(author, 'Initials') ?? '',
  suffix: textAt(author, 'Suffix') ?? '',
})

/** A part of a structured abstract, with its label as in print. */
function section(part: Element): string {
  const label = part.attributes['Label'] ?? ''
  const text = markupOf(part)
  return label === '' || /^unlabelled$/i.test(label) ? text : `${label}: ${text}`
}

/** The day of online publication, otherwise the date as far as it is given. */
function pubmedDate(article: Element): string | undefined {
  for (const date of [
    ...all(article, 'ArticleDate'),
    ...all(article, 'Journal', 'JournalIssue', 'PubDate'),
  ]) {
    const [year, month, day] = ['Year', 'Month', 'Day'].map(name => textAt(date, name))
    if (year === undefined) continue
    if (month === undefined) return year
    const parts = [year, month.padStart(2, '0'), ...(day === undefined ? [] : [day.padStart(2, '0')])]
    return /^\d/.test(month) ? parts.join('-') : [year, month, day].filter(Boolean).join(' ')
  }
  return textAt(article, 'Journal', 'JournalIssue', 'PubDate', 'MedlineDate')?.slice(0, 4)
}

/** A paper of the ACL Anthology's own files; its volume's metadata precedes it. */
const anthologyPaper: Reader = (paper, { venue, published }) => {
  const title = textAt(paper, 'title')
  if (title === undefined) return undefined
  const url = textAt(paper, 'url')
  return {
    id: url,
    url: url === undefined ? undefined : url.includes('://') ? url : `https://aclanthology.org/${url}/`,
    title,
    abstract: textAt(paper, 'abstract'),
    authors: all(paper, 'author').map(author => ({
      family: textAt(author, 'last') ?? '',
      given: textAt(author, 'first') ?? '',
    })),
    published: textAt(paper, 'year') ?? published,
    doi: textAt(paper, 'doi'),
    venue,
  }
}

const volume: Reader = (meta, surroundings) => {
  surroundings.venue = textAt(meta, 'booktitle')
  const year = textAt(meta, 'year')
  const month = isoDate.safeParse(`${textAt(meta, 'month') ?? ''} ${year ?? ''}`)
  surroundings.published = month.success ? month.data : year
  return undefined
}

/** The front of an article in JATS, as PubMed Central and bioRxiv give whole articles. Source: NISO Z39.96. */
const jatsFront: Reader = front => {
  const meta = all(front, 'article-meta')[0]
  if (meta === undefined) return undefined
  const id = (kind: string) => all(meta, 'article-id').find(one => one.attributes['pub-id-type'] === kind)
  const doi = id('doi')
  const pmid = id('pmid')
  const people = all(meta, 'contrib-group', 'contrib').filter(
    one => (one.attributes['contrib-type'] ?? 'author') === 'author',
  )
  // Without a kind: the graphical and the plain-language abstract are others.
  const abstract = all(meta, 'abstract').find(one => one.attributes['abstract-type'] === undefined)
  return {
    id: pmid === undefined ? undefined : `pmid:${textOf(pmid)}`,
    title: textAt(meta, 'title-group', 'article-title'),
    subtitle: textAt(meta, 'title-group', 'subtitle'),
    abstract: abstract === undefined ? undefined : markupOf(abstract),
    authors: people.map(one => ({
      family: textAt(one, 'name', 'surname') ?? textAt(one, 'collab') ?? '',
      given: textAt(one, 'name', 'given-names') ?? '',
      suffix: textAt(one, 'name', 'suffix') ?? '',
    })),
    published: all(meta, 'pub-date').map(dateParts).toSorted(byLength)[0],
    doi: doi === undefined ? undefined : textOf(doi),
    venue: textAt(front, 'journal-meta', 'journal-title-group', 'journal-title'),
  }
}

const byLength = (a: string, b: string): number => b.length - a.length

function dateParts(date: Element): string {
  const [year = '', month, day] = ['year', 'month', 'day'].map(name => textAt(date, name)?.padStart(2, '0'))
  return [year, ...(month === undefined ? [] : [month, ...(day === undefined ? [] : [day])])].join('-')
}

/** OAI-PMH's answer in place of records. */
const oaiError: Reader = error => {
  const code = error.attributes['code']
  return code === undefined
    ? undefined
    : { reason: `is an error of the source: ${code} ${textOf(error)}`.trim() }
}

/** By the name of the record's element. */
export const xmlReaders: Readonly<Record<string, Reader>> = {
  entry: atomEntry,
  record: oaiRecord,
  item: feedItem,
  PubmedArticle: pubmedArticle,
  PubmedBookArticle: pubmedBook,
  paper: anthologyPaper,
  meta: volume,
  front: jatsFront,
  error: oaiError,
}
