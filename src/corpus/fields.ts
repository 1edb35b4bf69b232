import { z } from 'zod'
import { lengths } from '../lengths.ts'
import { authorName, isName, splitAuthors } from './author-list.ts'
import { isoDateOf } from './iso-date.ts'
import { listIn } from './printed-list.ts'
import { foldSpace } from './text.ts'

const part = z.string().nullish()
const parts = z.union([part, z.array(z.string())])

/** A name in parts, under the keys of CSL and Crossref, of S2ORC, of Zotero, or of other programs. */
const nameParts = z
  .object({
    family: part,
    last: part,
    lastName: part,
    lastname: part,
    last_name: part,
    familyName: part,
    family_name: part,
    surname: part,
    given: part,
    first: part,
    firstName: part,
    forename: part,
    first_name: part,
    givenName: part,
    given_name: part,
    'non-dropping-particle': part,
    'dropping-particle': part,
    middle: parts,
    suffix: part,
  })
  .transform(one => ({
    family: [
      one['dropping-particle'],
      one['non-dropping-particle'],
      one.family ??
        one.last ??
        one.lastName ??
        one.lastname ??
        one.last_name ??
        one.familyName ??
        one.family_name ??
        one.surname,
    ]
      .filter(Boolean)
      .join(' '),
    given: [
      one.given ??
        one.first ??
        one.firstName ??
        one.forename ??
        one.first_name ??
        one.givenName ??
        one.given_name ??
        '',
      ...[one.middle ?? ''].flat(),
    ],
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
  z.object({}).catchall(z.unknown()).transform(wholeName),
  z.null().transform(() => ''),
])

/** Names of persons and of groups under other keys: Europe PMC, INSPIRE, DBLP, JATS as JSON. */
const wholeKeys = [
  'fullName',
  'full_name',
  'collectiveName',
  'collective_name',
  'collab',
  'author_name',
  'text',
  'raw_author_name',
  'fullname',
  'displayName',
  'author',
  'creator',
]

/** A name that says nothing under a known key is left out; the others are names all the same. */
function wholeName(one: Readonly<Record<string, unknown>>): string {
  const name = wholeKeys.map(key => one[key]).find(value => typeof value === 'string')
  return typeof name === 'string' ? authorName(name) : ''
}

/** Chinese, Japanese and Korean names begin with the family name and contain no space. */
function joinedName(family: string, given: readonly string[], suffix: string): string {
  if (/^[\p{sc=Han}\p{sc=Hangul}]+$/u.test(family)) return foldSpace(family + given.join(''))
  return authorName([...given, family, suffix].filter(one => one.trim() !== '').join(' '))
}

/**
 * Names as an array of texts, of objects or of arXiv's triples, or as one text. Items that are not names are left
 * out.
 */
export const listOfNames = z
  .union(
    [
      z.string().transform(splitNames),
      z
        .array(z.string())
        .length(1)
        .transform(([one = '']) => splitNames(one)),
      z.array(nameLike).refine(names => names.length === 0 || names.some(name => name !== ''), {
        error: 'is not a list of names',
      }),
    ],
    {
      error: 'is not a list of names',
    },
  )
  .transform(names => firstOf(names.map(foldSpace).filter(isName)))

/** As of a text with all of them: what is beyond is no author's name. */
function firstOf(names: readonly string[]): string[] {
  let room = lengths.authors
  return names.filter(name => {
    room -= name.length
    return room >= 0
  })
}

function splitNames(text: string): string[] {
  const list = listIn(text)
  if (list !== undefined) return list.map(authorName)
  // One name per line, when nothing else separates them.
  const lines = /[,;&]|\band\b/i.test(text) ? text : text.trim().replace(/\s*\n\s*/g, '; ')
  return splitAuthors(foldSpace(lines))
}

/** A subject under the key of OpenAlex, Semantic Scholar, Zotero, DataCite or INSPIRE. */
const term = z.union([
  z.object({ display_name: z.string() }).transform(one => one.display_name),
  z.object({ category: z.string() }).transform(one => one.category),
  z.object({ tag: z.string() }).transform(one => one.tag),
  z.object({ subject: z.string() }).transform(one => one.subject),
  z.object({ value: z.string() }).transform(one => one.value),
])

/** Subjects as an array of texts, or as one text separated by commas, semicolons or (as in arXiv) spaces. */
export const listOfTerms = z
  .union([z.string().transform(splitTerms), z.array(z.union([z.string(), z.null(), term]))], {
    error: 'is not a list of text',
  })
  .transform(terms =>
    terms
      .map(term => foldSpace(term ?? ''))
      .filter(isTerm)
      .slice(0, lengths.categories),
  )

const isTerm = (term: string): boolean => term !== '' && term.length <= lengths.category

const arxivCategories = /^[a-z-]+(\.[A-Za-z-]+)?(\s+[a-z-]+(\.[A-Za-z-]+)?)*$/

function splitTerms(text: string): string[] {
  const trimmed = text.trim()
  return trimmed.includes('.') && arxivCategories.test(trimmed) ? trimmed.split(/\s+/) : trimmed.split(/[,;]/)
}

/** A year, month, date or instant in ISO 8601; other forms of an instant are converted. */
export const isoDate = z
  .union([z.string().max(100), z.number().int().min(1000).max(9999)], { error: 'is not a date' })
  .transform((value, context) => {
    const date = isoDateOf(String(value).trim())
    if (date !== undefined) return date
    context.addIssue('is not a date')
    return z.NEVER
  })
