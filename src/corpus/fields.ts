import { z } from 'zod'
import { foldSpace } from './text.ts'

const nameLike = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name), z.null()])

/** Names as an array of text or of objects with a `name`, or as one text. */
export const listOfNames = z
  .union([z.string().transform(splitNames), z.array(nameLike)], { error: 'is not a list of names' })
  .transform(names => names.map(name => foldSpace(name ?? '')).filter(name => name !== ''))

/** `A. One, B. Two and C. Three`, or semicolons between; `Lovelace, Ada` alone is one person. */
function splitNames(typed: string): string[] {
  const text = foldSpace(typed)
  if (text.includes(';')) return text.split(';')
  if (/^[^\s,]+,[^,]+$/.test(text) && !text.includes(' and ')) return [text]
  return text.split(/, and | and |, /)
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
