import { all, type Element, textAt, textOf } from './xml-tree.ts'

type Values = Readonly<Record<string, unknown>>

const texts = (element: Element, ...path: string[]): string[] =>
  all(element, ...path)
    .map(one => textOf(one).trim())
    .filter(text => text !== '')

/** A record of EndNote's XML, whose texts are in elements for their style; undefined for other records. */
export function endnoteRecord(record: Element): Values | undefined {
  if (all(record, 'titles').length === 0) return undefined
  const [year] = texts(record, 'dates', 'year')
  const [day] = texts(record, 'dates', 'pub-dates', 'date')
  return {
    title: textAt(record, 'titles', 'title'),
    abstract: textAt(record, 'abstract'),
    authors: texts(record, 'contributors', 'authors', 'author'),
    published: day === undefined || /\d{4}/.test(day) ? day : `${day} ${year ?? ''}`,
    year,
    doi: texts(record, 'electronic-resource-num')[0],
    url: texts(record, 'urls', 'related-urls', 'url')[0],
    venue: texts(record, 'periodical', 'full-title')[0] ?? texts(record, 'titles', 'secondary-title')[0],
    volume: texts(record, 'volume')[0],
    note: texts(record, 'notes')[0],
    keywords: texts(record, 'keywords', 'keyword'),
  }
}

/** A record of MODS, as the ACL Anthology and Zotero export it. Source: Library of Congress, MODS 3. */
export function modsRecord(mods: Element): Values {
  const [title] = all(mods, 'titleInfo')
  const people = all(mods, 'name').filter(person => {
    const roles = texts(person, 'role', 'roleTerm')
    return roles.length === 0 || roles.some(role => /^(?:aut|author|cre|creator)$/i.test(role))
  })
  const [host] = all(mods, 'relatedItem').filter(({ attributes }) => attributes['type'] === 'host')
  const dates = [mods, ...(host === undefined ? [] : [host])].flatMap(one => [
    ...texts(one, 'originInfo', 'dateIssued'),
    ...texts(one, 'originInfo', 'copyrightDate'),
    ...texts(one, 'part', 'date'),
    ...texts(one, 'originInfo', 'dateCreated'),
  ])
  const doi = all(mods, 'identifier').find(({ attributes }) => /^doi$/i.test(attributes['type'] ?? ''))
  return {
    title: title && [textAt(title, 'nonSort'), textAt(title, 'title')].filter(Boolean).join(' '),
    subtitle: title && textAt(title, 'subTitle'),
    abstract: textAt(mods, 'abstract'),
    authors: people.map(modsName),
    published: dates[0],
    doi: doi && textOf(doi).trim(),
    url: texts(mods, 'location', 'url')[0],
    venue: host && textAt(host, 'titleInfo', 'title'),
    categories: texts(mods, 'subject', 'topic'),
  }
}

function modsName(person: Element): Values {
  const part = (kind: string | undefined) =>
    all(person, 'namePart')
      .filter(({ attributes }) => attributes['type'] === kind)
      .map(one => textOf(one).trim())
      .join(' ')
  const family = part('family')
  return family === '' ? { name: part(undefined) } : { family, given: part('given') }
}

/** A publication in DBLP's own XML; a person's page (`www`) is none. Source: DBLP, dblp.dtd. */
function dblpPublication(publication: Element): Values {
  const [doi, ...addresses] = texts(publication, 'ee').toSorted(
    (a, b) => Number(b.includes('doi.org/')) - Number(a.includes('doi.org/')),
  )
  return {
    title: textAt(publication, 'title'),
    authors: texts(publication, 'author'),
    published: textAt(publication, 'year'),
    doi: doi?.includes('doi.org/') === true ? doi : undefined,
    url: [doi, ...addresses].find(address => address !== undefined && !address.includes('doi.org/')) ?? doi,
    venue: textAt(publication, 'journal') ?? textAt(publication, 'booktitle'),
    volume: textAt(publication, 'volume'),
  }
}

/** In DBLP's files these are records; in others they are what holds them. */
export const dblpReaders: Readonly<Record<string, (element: Element) => Values>> = Object.fromEntries(
  [
    'article',
    'inproceedings',
    'proceedings',
    'book',
    'incollection',
    'phdthesis',
    'mastersthesis',
    'data',
  ].map(name => [name, dblpPublication]),
)
