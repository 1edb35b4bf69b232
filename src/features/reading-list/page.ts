import type { BotContext } from '../../bot/context.ts'
import { paperRef } from '../../corpus/ids.ts'
import type { SaveFilter } from '../../store/ports.ts'
import { libraryPage, pageSize, pagesOf } from '../../view/library-page.ts'
import { type ListState, tagRef } from '../../view/list-state.ts'
import type { Message } from '../../view/reply.ts'
import { entryOf } from './entries.ts'

/** The page of the member's list that the state names; its last page when there are fewer by now. */
export async function pageOf(state: ListState, userId: string, bot: BotContext): Promise<Message> {
  const { saves } = bot.store
  const tags = await saves.tags(userId)
  const filter = filterOf(state, tags)
  const read = (page: number) => saves.list(userId, filter, { limit: pageSize, offset: page * pageSize })
  let page = state.page
  let found = await read(page)
  const last = pagesOf(found.total) - 1
  if (page > last) {
    page = last
    found = await read(page)
  }
  await bot.library.search.prepare({ refs: found.saves.map(({ paperId }) => paperRef(paperId)) })
  const entries = found.saves.map(save => entryOf(save, bot))
  return libraryPage({ state: { ...state, page }, entries, total: found.total, tags })
}

/** The store's filter for a state. A tag that no entry has any more finds nothing. */
export function filterOf(state: ListState, tags: readonly { readonly tag: string }[]): SaveFilter {
  if (state.tag === undefined) return { status: state.status }
  const tag = tags.find(one => tagRef(one.tag) === state.tag)?.tag
  return { status: state.status, tag: tag ?? '\u0000' }
}
