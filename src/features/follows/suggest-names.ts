import type { Choice } from '../../bot/command.ts'
import { nameIndex } from '../../corpus/name-index.ts'
import { saidName } from '../../corpus/names.ts'
import { readable } from '../../corpus/readable.ts'
import { lengths } from '../../lengths.ts'
import type { Library } from '../../library/library.ts'
import { visible } from '../../view/escape.ts'
import { limits } from '../../view/limits.ts'
import { label } from '../../view/pieces.ts'

/** More than can be offered: some names are too long to be a choice. */
const mostLookedAt = 4 * limits.choices

const choicesOf = (
  counted: readonly { readonly name: string; readonly papers: number }[],
  say: (name: string) => string,
): Choice[] =>
  counted
    .map(({ name, papers }) => ({ said: visible(say(name)), papers }))
    .filter(({ said }) => said !== '' && said.length <= limits.choiceText)
    .slice(0, limits.choices)
    .map(({ said, papers }) => ({ name: label(`${said} (${papers})`), value: said }))

const readTyped = (typed: string): string => visible(typed.slice(0, lengths.completed))

/** Authors of the papers, each once however they are written, those with the most papers first. */
export async function suggestAuthors(typed: string, { search }: Library): Promise<Choice[]> {
  await search.prepare({ nameBegin: typed })
  const { authors } = await nameIndex(search.papers)
  return choicesOf(await authors.beginning(readTyped(typed), mostLookedAt), saidName)
}

/** Venues and categories of the papers, without their years, those with the most papers first. */
export async function suggestVenues(typed: string, { search }: Library): Promise<Choice[]> {
  await search.prepare({ nameBegin: typed })
  const { venues } = await nameIndex(search.papers)
  const found = await venues.beginning(readTyped(typed), mostLookedAt)
  return choicesOf(found, name => readable(name).replaceAll(years, ' '))
}

/** A venue is followed from year to year. */
const years = /\b(?:19|20)\d\d\b/gu
