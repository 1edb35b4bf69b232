import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** Inputs from the field with their right values, beside the project; they are no part of it. */
export const casesFolder = resolve(import.meta.dirname, '../../../shared/cases')

/** More inputs of the same kinds, which are part of the project. */
const ownFolder = resolve(import.meta.dirname, 'field')

export interface Case {
  readonly id: string
  readonly situation: string
  /** Records of JSON lines, or the text of a saved page; neither for checks of a text alone. */
  readonly corpus?: readonly Readonly<Record<string, unknown>>[]
  readonly jsonl?: readonly Readonly<Record<string, unknown>>[]
  readonly page?: string
  /** Relative to the project. */
  readonly corpusFile?: string
  readonly checks: readonly Check[]
}

/** What is done, and what is right; which keys count depends on `do`. */
export interface Check {
  readonly do: string
  readonly text?: string
  readonly format?: string
  readonly joiner?: string
  readonly first?: string | null
  readonly right?: unknown
  readonly says?: { readonly regex: string; readonly flags: string }
  readonly has?: readonly string[]
  readonly hasNot?: readonly string[]
  readonly titles?: readonly string[]
  readonly abstracts?: boolean
  readonly authors?: boolean
  readonly published?: boolean
  readonly distinct?: boolean
  readonly sentenceCountPerQuote?: number
}

/** Every case, the project's own last, each in the order of the files' names; says so where the others are not there. */
export function allCases(): Case[] {
  if (!existsSync(casesFolder))
    console.warn(`SKIPPED: no cases from the field at ${casesFolder}: only the project's own were checked`)
  return [casesFolder, ownFolder].flatMap(casesIn)
}

const casesIn = (folder: string): Case[] =>
  (existsSync(folder) ? readdirSync(folder) : [])
    .filter(name => name.endsWith('.json'))
    .sort()
    .map(name => JSON.parse(readFileSync(resolve(folder, name), 'utf8')) as Case)
