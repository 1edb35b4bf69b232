import type { BotContext } from '../../bot/context.ts'
import { arxivIdOf, doiOf } from '../../corpus/identifiers.ts'
import { paperRef } from '../../corpus/ids.ts'
import type { Paper } from '../../corpus/paper.ts'
import type { Save } from '../../store/ports.ts'
import type { Entry } from '../../view/entry.ts'

export const entryOf = (save: Save, bot: BotContext): Entry => ({
  save,
  paper: bot.library.paper(paperRef(save.paperId)),
})

/** The member's entry that a reference from a component or a choice names. */
export async function findEntry(ref: string, userId: string, bot: BotContext): Promise<Entry | undefined> {
  const { saves } = bot.store
  const id = bot.library.paper(ref)?.id ?? ref
  const save = await saves.get(userId, id)
  if (save !== undefined && paperRef(save.paperId) === ref) return entryOf(save, bot)
  if (!ref.startsWith('.')) return undefined
  // The paper has left the corpus and its reference is a hash: only the list itself knows the id.
  const all = await saves.list(userId)
  const hidden = all.saves.find(one => paperRef(one.paperId) === ref)
  return hidden && entryOf(hidden, bot)
}

/** What is left of a paper that has left the corpus: enough to name and to cite it. */
export const absentPaper = (id: string): Paper => ({
  id,
  title: id,
  abstract: '',
  authors: [],
  categories: [],
  arxiv: arxivIdOf(id.replace(/^arxiv-/u, '')),
  doi: doiOf(id),
})
