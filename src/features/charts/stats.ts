import type { CommandContext } from '../../bot/command.ts'
import type { BotContext } from '../../bot/context.ts'
import { described, papersOverTime, readingOverTime, readingSince } from '../../charts/over-time.ts'
import { statsChart } from '../../charts/stats-chart.ts'
import type { Theme } from '../../charts/theme.ts'
import { sharedCollection } from '../../store/paper-ports.ts'
import type { Reply } from '../../view/reply.ts'
import { statsReply } from '../../view/stats-card.ts'
import { pictureOf, sampledPapers } from './picture.ts'

/**
 * The papers over time and, in a server, what it read in public: shares, picks, votes. What members keep to themselves is in
 * no number.
 */
export async function showStats(theme: Theme, context: CommandContext, bot: BotContext): Promise<Reply> {
  const { guildId, at } = context
  const { search } = bot.library
  await search.prepare({ sample: sampledPapers })
  const papers = await context.inTurn(() => papersOverTime(search.papers, at, search.count))
  const days = guildId === undefined ? [] : await bot.store.reading.days(guildId, readingSince(at.getTime()))
  const panels = guildId === undefined ? [papers] : [papers, readingOverTime(days, at.getTime())]
  const collections = guildId === undefined ? [sharedCollection] : [sharedCollection, guildId]
  const sources = await Promise.all(collections.map(name => bot.store.papers.sources(name)))
  return statsReply({
    picture: await pictureOf('stats', statsChart(panels, theme), panels.map(described).join(' ')),
    files: bot.facts.sources,
    sources: sources.flat().sort((a, b) => b.papers - a.papers),
  })
}
