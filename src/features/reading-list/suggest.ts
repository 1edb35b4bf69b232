import type { Choice } from '../../bot/command.ts'
import type { BotContext } from '../../bot/context.ts'
import { paperRef } from '../../corpus/ids.ts'
import { lengths } from '../../lengths.ts'
import { type Entry, entryLabel } from '../../view/entry.ts'
import { visible } from '../../view/escape.ts'
import { limits } from '../../view/limits.ts'
import { tagRef } from '../../view/list-state.ts'
import { entryOf } from './entries.ts'

const fold = (text: string): string => visible(text).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** The member's entries whose titles have a word that begins with each typed word, newest first; all when nothing is typed. */
export async function matchingEntries(
  typed: string,
  userId: string,
  bot: BotContext,
  limit: number,
): Promise<Entry[]> {
  const words = [...new Set(fold(typed.slice(0, lengths.completed)).split(' '))].filter(word => word !== '')
  const page = words.length === 0 ? { limit, offset: 0 } : undefined
  const { saves } = await bot.store.saves.list(userId, {}, page)
  await bot.library.search.prepare({ refs: saves.map(({ paperId }) => paperRef(paperId)) })
  const found: Entry[] = []
  for (const save of saves) {
    const entry = entryOf(save, bot)
    const title = ` ${fold(entry.paper?.title ?? save.paperId)}`
    if (words.every(word => title.includes(` ${word}`))) found.push(entry)
    if (found.length === limit) break
  }
  return found
}

export async function suggestEntries(typed: string, userId: string, bot: BotContext): Promise<Choice[]> {
  const entries = await matchingEntries(typed, userId, bot, limits.choices)
  return entries.map(entry => ({ name: entryLabel(entry), value: entryValue(entry) }))
}

const chosen = 'entry:'

const entryValue = (entry: Entry): string => chosen + paperRef(entry.save.paperId)

/** The reference that a choice of `suggestEntries` carries; undefined for text that somebody typed. */
export const chosenEntry = (value: string): string | undefined =>
  value.startsWith(chosen) ? value.slice(chosen.length) : undefined

/** The member's tags that contain the typed text, most used first. */
export async function suggestTags(typed: string, userId: string, bot: BotContext): Promise<Choice[]> {
  const wanted = fold(typed).replace(/^#/u, '')
  const tags = await bot.store.saves.tags(userId)
  const fitting = tags.filter(({ tag }) => fold(tag).includes(wanted))
  return fitting
    .slice(0, limits.choices)
    .map(({ tag, count }) => ({ name: `#${tag} (${count})`, value: tag }))
}

/** A tag as it was typed or chosen, as the reference that a list's state carries. */
export const typedTag = (text: string): string =>
  tagRef(
    visible(text)
      .replace(/^#+\s*/u, '')
      .normalize('NFC')
      .toLowerCase(),
  )
