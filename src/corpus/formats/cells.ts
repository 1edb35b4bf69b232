import { arxivIdOf, doiOf } from '../identifiers.ts'
import { listIn } from '../printed-list.ts'
import { foldSpace } from '../text.ts'

/** What programs write into cells without a value. */
const empty = /^(?:nan|null|none|undefined|n\/?a|#n\/a|-|–|—)$/i

/**
 * A row as a record under the keys of `ownKeys`. A program's own row ids are not used: only identifiers that are valid
 * everywhere are taken from other columns.
 */
export function rowRecord(
  row: readonly string[],
  fields: readonly (string | undefined)[],
): Readonly<Record<string, unknown>> {
  const record: Record<string, unknown> = {}
  const people: string[] = []
  row.forEach((cell, at) => {
    const field = fields[at]
    if (field === undefined || record[field] !== undefined) return
    const value = cellValue(field, cell)
    if (field === 'oneAuthor' && value !== '') people.push(String(value))
    else if (value !== '') record[field] = value
  })
  if (people.length > 0) record['authors'] ??= people
  placeAddress(record)
  const own = [record['arxiv'], record['url'], record['doi']].filter(text => typeof text === 'string')
  const id = record['id'] ?? own.map(arxivIdOf).find(Boolean) ?? own.map(doiOf).find(Boolean)
  return { ...record, published: dateOf(record), ...(id === undefined ? {} : { id }) }
}

/** One column may be for both, `DOI/URL`: an address that is no DOI is an address. */
function placeAddress(record: Record<string, unknown>): void {
  const { doi } = record
  if (typeof doi !== 'string' || !/^https?:/i.test(doi) || doiOf(doi) !== undefined) return
  record['url'] ??= doi
  delete record['doi']
}

function cellValue(field: string, cell: string): unknown {
  // A mark that keeps spreadsheets from evaluating a cell is not part of the text.
  const text = foldSpace(cell).replace(/^'(?=[=+\-@])/, '')
  if (field !== 'title' && empty.test(text)) return ''
  if (field === 'authors') return listIn(text) ?? namesIn(cell)
  if (field === 'categories') return listIn(text) ?? text.replace(/ ?\| ?/g, '; ')
  if (field === 'extra') return cell
  // A number of a column that has gaps is a fraction to statistics programs.
  if (field === 'year' || field === 'published') return text.replace(/^(\d{4})\.0$/, '$1')
  return text
}

/** `AUG 5` beside a column with the year. */
function dateOf({ published, year }: Readonly<Record<string, unknown>>): unknown {
  if (typeof published !== 'string' || typeof year !== 'string') return published
  return /\d{4}/.test(published) ? published : `${published} ${year}`
}

/** Names without Scopus' numbers; one in each line of a cell, or with strokes between, as OpenAlex exports them. */
function namesIn(cell: string): string {
  const text = cell.replace(/ \(\d{6,20}\)/g, '').trim()
  if (/[|]/.test(text)) return foldSpace(text.replaceAll('|', '; '))
  return /[,;&]/.test(text) ? foldSpace(text) : text
}

/** Springer writes names without anything between: a capital inside a word begins the next, but for `McDonald`. */
export const parted = (names: string): string =>
  names.replace(/(?<!(?:^|[\s-])(?:Mc|Mac|De|Di|Du|La|Le|Fitz|Van|O['’]))(?<=\p{Ll})(?=\p{Lu}\p{L})/gu, '; ')
