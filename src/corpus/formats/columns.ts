import { asciiOf } from '../text.ts'

/**
 * Column names of each field, in lower-case letters and digits: of spreadsheets (in some languages), Zotero, Scopus, Web
 * of Science, IEEE Xplore, Springer, PubMed, OpenAlex, Google Scholar and its tools. Of two columns for one field the one
 * that stands first here is taken.
 */
const names: Readonly<Record<string, string>> = {
  id: 'id paperid',
  title:
    'title articletitle papertitle papername documenttitle itemtitle publicationtitlearticle ti titel titre titulo titolo displayname 标题 题名 タイトル 제목',
  abstract:
    'abstract abstractnote abstracttext paperabstract summary ab zusammenfassung kurzfassung resume resumen riassunto 摘要 要旨 抄録 초록',
  authors:
    'authorfullnames authorsfullnames authorsfullname authorshipsauthordisplayname af author authors paperauthors authornames authorlist authorslist au creators autor autoren autores auteur auteurs autori 作者 著者 저자 firstauthor',
  url: 'url articleurl landingpageurl primarylocationlandingpageurl link paperurl weblink urls absurl pdflink pdfurl doilink lien enlace dimensionsurl',
  doi: 'doi di itemdoi doinumber doiurl doilink',
  arxiv: 'arxiv arxivid arxivnumber arxivurl arxivlink',
  published:
    'date published publicationdate publisheddate datepublished publishedat publishtime pubdate submitteddate datesubmitted pd updatedate',
  year: 'publicationyear year py pubyear yearofpublication publishedyear jahr erscheinungsjahr annee anneedepublication ano anodepublicacion anno annodipubblicazione 年份 年 연도',
  venue:
    'venue journal publicationtitle sourcetitle journaltitle journalname journalbook so publicationname publication conference conferencename booktitle primarylocationsourcedisplayname containertitle proceedingstitle publicationvenue journalconference conferencejournal zeitschrift publikation revue revista rivista 期刊 刊名 来源 雑誌名 학술지 source',
  categories:
    'categories keywords authorkeywords de keyword tags manualtags topics subjects fieldsofstudy schlagworter schlagworte stichworter motscles palabrasclave parolechiave 关键词 キーワード',
  // Where identifiers are found that have no column of their own.
  extra: 'extra',
  volume: 'volume vl',
  number: 'number issue is',
  pmid: 'pmid pubmedid pm',
}

const ranks = Object.values(names).flatMap(all => all.split(' '))
const fields = new Map(
  Object.entries(names).flatMap(([field, all]) => all.split(' ').map(name => [name, field] as const)),
)

/** Letters and digits; names in other scripts as they are. */
const bare = (header: string): string => {
  const text = header.slice(0, 200).trim().toLowerCase()
  return asciiOf(text).replace(/[^a-z0-9]/g, '') || text
}

/** The field of a column or key; `oneAuthor` for one of several columns with an author each (`Author 1`). */
export const named = (header: string): string | undefined => {
  const name = bare(header)
  return fields.get(name) ?? (/^author\d{1,2}$/.test(name) ? 'oneAuthor' : undefined)
}

/** The field of each column; undefined for those that are not read. */
export function fieldsOf(headers: readonly string[]): (string | undefined)[] {
  const found = headers.map(header => ({ field: named(header), rank: ranks.indexOf(bare(header)) }))
  return found.map(({ field, rank }) =>
    found.some(other => other.field === field && other.rank < rank) ? undefined : field,
  )
}

/** How many lines may stand above the header: spreadsheets' `sep=;`, a line that says where the table is from. */
export const mostAbove = 10

export function isTable(head: string): boolean {
  const [first = '', second = ''] = head.replace(/^\ufeff/, '').split(/\r?\n|\r/, 2)
  // Dimensions tells in one quoted cell what was exported, and when.
  return isHeader(/^sep=.$|^"[^"]{0,999}"[,;\t]{0,99}$/.test(first) ? second : first)
}

/** The first line that names columns, else the first. */
export function headerOf(head: string): string {
  const lines = head.split(/\r?\n|\r/, mostAbove + 1)
  return lines.find(isHeader) ?? lines[0] ?? ''
}

function isHeader(line: string): boolean {
  const found = line
    .split(separatorOf(line))
    .map(named)
    .filter(name => name !== undefined)
  return found.length > 1 && found.includes('title')
}

/** The separator that gives the most column names. */
export function separatorOf(line: string): string {
  const counts = ['\t', ';', ',', '|'].map(mark => ({ mark, count: line.split(mark).length }))
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).mark
}

/** Web of Science puts quotation marks around no cell: one at its beginning belongs to the title. */
export const isUnquoted = (header: string): boolean => /^\ufeff?PT\tAU\t/.test(header)
