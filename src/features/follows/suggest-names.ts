import { setImmediate as turn } from 'node:timers/promises'
import type { Choice } from '../../bot/command.ts'
import { saidName } from '../../corpus/names.ts'
import type { Paper } from '../../corpus/paper.ts'
import { readable } from '../../corpus/readable.ts'
import { authorKey } from '../../corpus/same-author.ts'
import { asciiOf } from '../../corpus/text.ts'
import { venueKeys } from '../../corpus/venues.ts'
import { lengths } from '../../lengths.ts'
import type { Library } from '../../library/library.ts'
import { visible } from '../../view/escape.ts'
import { limits } from '../../view/limits.ts'
import { label } from '../../view/pieces.ts'

/** Papers that are looked through between two turns of the event loop. */
const slice = 2_000
/** Different names that are counted: of a library that has more, those found first are offered. */
const mostCounted = 5_000

const fold = (text: string): string => asciiOf(text).toLowerCase()
const wordsOf = (typed: string): string[] =>
  fold(visible(typed.slice(0, lengths.completed)))
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '')

interface Counted {
  readonly name: string
  papers: number
}

/** Names in the papers whose words begin with each typed word, by how many papers have them. */
async function countNames(
  typed: string,
  library: Library,
  namesOf: (paper: Paper) => readonly string[],
  keyOf: (name: string) => string,
): Promise<Counted[]> {
  const words = wordsOf(typed)
  await library.search.prepare({ nameBegin: typed })
  const found = new Map<string, Counted>()
  for (const [at, paper] of library.search.papers.entries()) {
    if (at % slice === slice - 1) await turn()
    for (const name of namesOf(paper)) {
      if (!holds(name, words)) continue
      const key = keyOf(name)
      const counted = found.get(key)
      if (counted !== undefined) counted.papers++
      else if (found.size < mostCounted) found.set(key, { name, papers: 1 })
    }
  }
  return [...found.values()].sort((a, b) => b.papers - a.papers || (a.name < b.name ? -1 : 1))
}

function holds(name: string, words: readonly string[]): boolean {
  if (words.length === 0) return true
  const text = ` ${fold(name).replace(/[^\p{L}\p{N}]+/gu, ' ')}`
  return words.every(word => text.includes(` ${word}`))
}

const choicesOf = (counted: readonly Counted[], say: (name: string) => string): Choice[] =>
  counted
    .map(({ name, papers }) => ({ said: visible(say(name)), papers }))
    .filter(({ said }) => said !== '' && said.length <= limits.choiceText)
    .slice(0, limits.choices)
    .map(({ said, papers }) => ({ name: label(`${said} (${papers})`), value: said }))

/** Authors of the papers, each once however they are written, those with the most papers first. */
export const suggestAuthors = async (typed: string, library: Library): Promise<Choice[]> =>
  choicesOf(await countNames(typed, library, ({ authors }) => authors, authorKey), saidName)

/** Venues and categories of the papers, without their years, those with the most papers first. */
export const suggestVenues = async (typed: string, library: Library): Promise<Choice[]> =>
  choicesOf(
    await countNames(
      typed,
      library,
      ({ venue, categories }) => (venue === undefined ? categories : [venue, ...categories]),
      name => venueKeys(name).at(-1) ?? name,
    ),
    name => readable(name).replaceAll(years, ' '),
  )

/** A venue is followed from year to year. */
const years = /\b(?:19|20)\d\d\b/gu
