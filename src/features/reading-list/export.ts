import type { BotContext } from '../../bot/context.ts'
import { type ExportFormat, exportFormats, exportInSlices } from '../../corpus/export.ts'
import { paperRef } from '../../corpus/ids.ts'
import { fileOf } from '../../view/file.ts'
import type { ListState } from '../../view/list-state.ts'
import type { Reply } from '../../view/reply.ts'
import { absentPaper, entryOf } from './entries.ts'
import { filterOf } from './page.ts'

/** The filtered list as a file. Papers that have left the corpus are named by their ids. */
export async function exportList(
  state: ListState,
  format: ExportFormat,
  userId: string,
  bot: BotContext,
): Promise<Reply> {
  const { saves } = bot.store
  const { saves: kept } = await saves.list(userId, filterOf(state, await saves.tags(userId)))
  if (kept.length === 0) return { content: 'There is nothing to export.', components: [] }
  await bot.library.search.prepare({ refs: kept.map(({ paperId }) => paperRef(paperId)) })
  const papers = kept.map(save => entryOf(save, bot).paper ?? absentPaper(save.paperId))
  const text = await exportInSlices(papers, format, new Map(kept.map(save => [save.paperId, save])))
  const { name, extension } = exportFormats[format]
  return {
    content: `${kept.length === 1 ? '1 paper' : `${kept.length} papers`} as ${name}.`,
    components: [],
    files: [await fileOf(`library.${extension}`, text)],
  }
}
