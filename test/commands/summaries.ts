import { analyzePaper } from '../../src/answer/analyzed-paper.ts'
import { summaryOf } from '../../src/answer/summary.ts'
import type { BotContext } from '../../src/bot/context.ts'
import { createLibrary } from '../../src/library/library.ts'

/** Real summaries for commands that show papers; questions are not theirs. */
export const withSummaries = (bot: Omit<BotContext, 'channels'>): Omit<BotContext, 'channels'> => ({
  ...bot,
  library: createLibrary(bot.library.search, {
    summarize: paper => summaryOf(analyzePaper(paper)),
    passage: () => undefined,
    ask: () => {
      throw new Error('nobody asks here')
    },
  }),
})
