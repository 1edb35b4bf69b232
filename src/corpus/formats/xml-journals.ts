import type { Reader } from './xml-reader.ts'
import { all, type Element, markupOf, markupsAt, textAt, textOf } from './xml-tree.ts'

/** A record of PubMed. Source: the NLM's PubMed DTD. */
export const pubmedArticle: Reader = record => {
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
    categories: distinct([
      ...markupsAt(citation, 'MeshHeadingList', 'MeshHeading', 'DescriptorName'),
      ...markupsAt(citation, 'KeywordList', 'Keyword'),
    ]),
  }
}

/** An author's keyword may be a subject heading as well. */
const distinct = (terms: readonly string[]): string[] =>
  [...new Map(terms.toReversed().map(term => [term.toLowerCase(), term])).values()].toReversed()

/** A chapter of a book at PubMed. */
export const pubmedBook: Reader = record => {
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

/** The front of an article in JATS, as PubMed Central and bioRxiv give whole articles. Source: NISO Z39.96. */
export const jatsFront: Reader = front => {
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
    authors: people.map(jatsName),
    published: all(meta, 'pub-date').map(dateParts).toSorted(byLength)[0],
    doi: doi === undefined ? undefined : textOf(doi),
    venue:
      textAt(front, 'journal-meta', 'journal-title-group', 'journal-title') ??
      textAt(front, 'journal-meta', 'journal-title'),
    categories: markupsAt(meta, 'kwd-group', 'kwd').map(term => term.replace(/<\/?[a-z]{1,9}>/g, '')),
  }
}

/** A person in one of three elements, or a group, whose members may be listed inside. */
function jatsName(person: Element): unknown {
  const inside = [person, ...all(person, 'name-alternatives')]
  const name = inside.flatMap(one => [...all(one, 'name'), ...all(one, 'string-name')])[0]
  const [family, given] = ['surname', 'given-names'].map(part => name && textAt(name, part))
  if (family !== undefined)
    return { family, given: given ?? '', suffix: (name && textAt(name, 'suffix')) ?? '' }
  const group = [...all(person, 'collab'), ...all(person, 'collab-alternatives', 'collab')][0]
  if (group === undefined) return { name: name === undefined ? '' : textOf(name) }
  const own = group.children.filter(child => typeof child === 'string' || child.name !== 'contrib-group')
  return { name: textOf({ ...group, children: own }).trim() }
}

const byLength = (a: string, b: string): number => b.length - a.length

function dateParts(date: Element): string {
  const [year = '', month, day] = ['year', 'month', 'day'].map(name => textAt(date, name)?.padStart(2, '0'))
  return [year, ...(month === undefined ? [] : [month, ...(day === undefined ? [] : [day])])].join('-')
}
