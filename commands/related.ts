import { ApplicationCommandType } from 'discord-api-types/v10'
import { z } from 'zod'
import { defineCommand } from '../src/bot/command.ts'
import type { BotContext } from '../src/bot/context.ts'
import {
  chosenPaper,
  privately,
  privateOption,
  stringOption,
  suggestPapers,
  text,
} from '../src/bot/options.ts'
import { withPaper } from '../src/bot/with-paper.ts'
import type { Paper } from '../src/corpus/paper.ts'
import { lookUpMeant } from '../src/library/relevance.ts'
import { nothingFound, relatedList } from '../src/view/lists.ts'
import type { Reply } from '../src/view/reply.ts'

const neighbours = (paper: Paper, bot: BotContext): Reply =>
  relatedList(paper, bot.library.search.related(paper.id, 5))

export default defineCommand({
  spec: {
    type: ApplicationCommandType.ChatInput,
    name: 'related',
    description: 'The closest related papers, and why',
    options: [
      stringOption('paper', 'The paper to start from', { required: true, autocomplete: true }),
      privateOption,
    ],
  },
  input: z.object({ paper: text, private: privately }),
  isExpensive: true,
  searches: ({ paper }) => paper,
  audience: input => (input.private ? 'ephemeral' : 'public'),
  suggest: (typed, _context, bot) => suggestPapers(typed, bot.library),
  run: async ({ paper: named }, _context, bot) => {
    const paper = chosenPaper(named, bot.library)
    if (paper !== undefined) return neighbours(paper, bot)
    const found = lookUpMeant(bot.library, named)
    return found.paper === undefined
      ? nothingFound(named, found.result, found.near)
      : neighbours(found.paper, bot)
  },
  actions: {
    list: withPaper('ephemeral', (paper, _interaction, bot) => neighbours(paper, bot), {
      isExpensive: true,
    }),
  },
})
