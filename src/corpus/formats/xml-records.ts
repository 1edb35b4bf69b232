import { isoDate } from '../fields.ts'
import { arxivIdOf, doiOf } from '../identifiers.ts'
import { atomEntry, feedItem } from './xml-feeds.ts'
import { jatsFront, pubmedArticle, pubmedBook } from './xml-journals.ts'
import { endnoteRecord, modsRecord } from './xml-libraries.ts'
import type { Reader, XmlRecord } from './xml-reader.ts'
import { all, type Element, markupsAt, textAt, textOf } from './xml-tree.ts'

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
  const mods = metadata === undefined ? undefined : all(metadata, 'mods')[0]
  if (mods !== undefined) return modsRecord(mods)
  return { reason: 'holds no metadata in a format that is read (arXiv, arXivRaw, Dublin Core, MODS)' }
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
  const identifiers = markupsAt(core, 'identifier')
  const url = identifiers.find(text => /^https?:/i.test(text))
  const arxiv = identifiers.map(arxivIdOf).find(Boolean)
  return {
    id: arxiv ?? url ?? identifiers[0],
    arxiv,
    url,
    title: textAt(core, 'title'),
    // The longest one: notes are descriptions too.
    abstract: markupsAt(core, 'description')
      .filter(text => !/^Comments?:|^(?:Inter)?national audience$/i.test(text))
      .toSorted((a, b) => b.length - a.length)[0],
    doi: [...identifiers, ...markupsAt(core, 'relation')]
      .map(text => doiOf(text.replace(/^info:(?:doi\/|eu-repo\/semantics\/altIdentifier\/doi\/)/i, '')))
      .find(Boolean),
    venue: markupsAt(core, 'source')
      .filter(text => !/^https?:|^(?:e?issn:? ?)?\d{4}-?\d{3}[\dx]$|^(?:urn|isbn)\b/i.test(text))
      .map(text => text.split(/;\s/, 1)[0])[0],
    authors: markupsAt(core, 'creator'),
    published: markupsAt(core, 'date').toSorted()[0],
    categories: markupsAt(core, 'subject'),
  }
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
  mods: modsRecord,
  meta: volume,
  front: jatsFront,
  error: oaiError,
}
