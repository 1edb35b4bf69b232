import { z } from 'zod'
import { Paper } from '../corpus/paper.ts'

/* What the columns of a backup may hold. */

/** The end of the year 9999, in epoch milliseconds. */
export const endOfTime = 253_402_300_800_000
export const longestText = 10_000
export const longestId = 2_000
export const longestKeys = 200_000

export const text = z.string().max(longestText, 'is too long')
export const paper = z.string().min(1, 'is empty').max(longestId, 'is too long')
export const snowflake = z.string().regex(/^\d{1,20}$/, 'is not a Discord id')
export const id = z.string().regex(/^[\w+-]{1,64}$/, 'is not an id')
export const token = z.string().regex(/^[a-z][a-z -]{0,39}$/, 'is not an allowed value')
export const time = z.int('is not a time').min(0, 'is not a time').max(endOfTime, 'is not a time')
export const count = z.int('is not a count').min(0, 'is not a count').max(1_000_000, 'is not a count')
export const flag = z.int('is neither 0 nor 1').min(0, 'is neither 0 nor 1').max(1, 'is neither 0 nor 1')
export const word = <const Words extends readonly string[]>(...words: Words) =>
  z.enum(words, { error: 'is not an allowed value' })
export const collection = z.string().regex(/^\d{0,20}$/, 'is not a Discord id')
export const isJson = (text: string, schema: z.ZodType): boolean => {
  try {
    return schema.safeParse(JSON.parse(text)).success
  } catch {
    return false
  }
}
/** A paper that was removed has left no text. */
export const isPaper = (value: string): boolean => value === '' || isJson(value, Paper)
export const isNames = (value: string): boolean => isJson(value, z.array(z.string()))
export const between = (min: number, max: number) => {
  const what = `is not between ${min} and ${max}`
  return z.int(what).min(min, what).max(max, what)
}

/** A slot's date: 2026-11-23, or 2026-11-23+1 for an extra post. */
export const date = z.string().refine(value => {
  const [, day] = /^(\d{4}-\d{2}-\d{2})(?:\+[1-9]\d?)?$/u.exec(value) ?? []
  const at = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day ?? '-')
}, 'is not a date')
