import { z } from 'zod'
import { authorName, splitAuthors } from './author-list.ts'
import { foldSpace } from './text.ts'

const part = z.string().nullish()
const parts = z.union([part, z.array(z.string())])

/** A name in pieces, under the keys of CSL and Crossref, of S2ORC, and of Zotero. */
const nameParts = z
  .object({
    family: part,
    last: part,
    lastName: part,
    given: part,
    first: part,
    firstName: part,
    middle: parts,
    suffix: part,
  })
  .transform(one => ({
    family: one.family ?? one.last ?? one.lastName ?? '',
    given: [one.given ?? one.first ?? one.firstName ?? '', ...[one.middle ?? ''].flat()],
    suffix: one.suffix ?? '',
  }))
  .refine(({ family }) => family.trim() !== '')
  .transform(({ family, given, suffix }) => joinedName(family, given, suffix))

/** `[last, first, suffix]`, as arXiv has it. */
const nameTuple = z
  .tuple([z.string(), z.string()], z.string())
  .transform(([family, given, suffix = '']) => joinedName(family, [given], suffix))

const nameLike = z.union([
  z.string().transform(authorName),
  z.object({ name: z.string() }).transform(({ name }) => authorName(name)),
  z.object({ literal: z.string() }).transform(({ literal }) => authorName(literal)),
  z.object({ display_name: z.string() }).transform(one => authorName(one.display_name)),
  z
    .object({ author: z.object({ display_name: z.string() }) })
    .transform(({ author }) => authorName(author.display_name)),
  nameParts,
  nameTuple,
  z.null().transform(() => ''),
])

/** Han and Hangul names begin with the family's and have no space inside. */
function joinedName(family: string, given: readonly string[], suffix: string): string {
  if (/^[\p{sc=Han}\p{sc=Hangul}]+$/u.test(family)) return foldSpace(family + given.join(''))
  return authorName([...given, family, suffix].filter(one => one.trim() !== '').join(' '))
}

/** Names as an array of text, of objects or of arXiv's triples, or as one text; people's and groups' names and nothing else. */
export const listOfNames = z
  .union(
    [
      z.string().transform(splitNames),
      z
        .array(z.string())
        .length(1)
        .transform(([one = '']) => splitNames(one)),
      z.array(nameLike),
    ],
    {
      error: 'is not a list of names',
    },
  )
  .transform(names => names.map(foldSpace).filter(name => name !== ''))

function splitNames(text: string): string[] {
  return splitAuthors(foldSpace(text))
}

/** Subjects as an array of text, or as one text with commas, semicolons or (arXiv's own way) spaces between. */
export const listOfTerms = z
  .union([z.string().transform(splitTerms), z.array(z.union([z.string(), z.null()]))], {
    error: 'is not a list of text',
  })
  .transform(terms => terms.map(term => foldSpace(term ?? '')).filter(term => term !== ''))

const arxivCategories = /^[a-z-]+(\.[A-Za-z-]+)?(\s+[a-z-]+(\.[A-Za-z-]+)?)*$/

function splitTerms(text: string): string[] {
  const trimmed = text.trim()
  return trimmed.includes('.') && arxivCategories.test(trimmed) ? trimmed.split(/\s+/) : trimmed.split(/[,;]/)
}

/** A year, a month, a day or an instant as ISO 8601; other ways of writing an instant are turned into it. */
export const isoDate = z
  .union([z.string(), z.number().int().min(1000).max(9999)], { error: 'is not a date' })
  .transform((value, context) => {
    const date = isoDateOf(String(value).trim())
    if (date !== undefined) return date
    context.addIssue('is not a date')
    return z.NEVER
  })

function isoDateOf(text: string): string | undefined {
  const iso = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text)
  if (iso !== null) {
    const [, year, month = '01', day = '01'] = iso
    const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
    const real = !Number.isNaN(date.getTime()) && date.toISOString().slice(8, 10) === day
    return real ? text : undefined
  }
  // Without a year of four digits the engine guesses: "1" becomes 2001.
  if (!/\d{4}/.test(text)) return undefined
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return Number.isNaN(Date.parse(text)) ? undefined : text
  // A date without a zone means UTC, not the zone of the machine.
  const instant = [Date.parse(`${text} UTC`), Date.parse(text)].find(time => !Number.isNaN(time))
  if (instant === undefined) return undefined
  const date = new Date(instant).toISOString()
  return text.includes(':') ? date : date.slice(0, 10)
}
