import { ApplicationCommandType } from 'discord-api-types/v10'
import { z } from 'zod'
import { defineCommand } from '../src/bot/command.ts'
import type { BotContext } from '../src/bot/context.ts'
import {
  chosenPaper,
  inOption,
  lookIn,
  privately,
  privateOption,
  stringOption,
  suggestPapers,
  text,
} from '../src/bot/options.ts'
import { withPaper } from '../src/bot/with-paper.ts'
import type { Paper } from '../src/corpus/paper.ts'
import { narrowed } from '../src/features/narrowing/narrowing.ts'
import { lookUpMeant } from '../src/library/relevance.ts'
import { nothingFound, relatedList } from '../src/view/lists.ts'
import type { Reply } from '../src/view/reply.ts'
import { scopeNote } from '../src/view/scopes.ts'

const neighbours = (paper: Paper, bot: BotContext): Reply =>
  relatedList(paper, bot.library.search.related(paper.id, 5))

export default defineCommand({
  spec: {
    type: ApplicationCommandType.ChatInput,
    name: 'related',
    description: 'The closest related papers, and why',
    options: [
      stringOption('paper', 'The paper to start from', { required: true, autocomplete: true }),
      inOption,
      privateOption,
    ],
  },
  input: z.object({ paper: text, in: lookIn, private: privately }),
  searches: ({ paper }) => paper,
  // A member's list is theirs alone, and so is what was found on it.
  audience: input => (input.private || input.in === 'mine' ? 'ephemeral' : 'public'),
  suggest: (typed, _context, bot) => suggestPapers(typed, bot.library),
  run: async ({ paper: named, in: place }, context, bot) => {
    // Any paper may be the one to start from: what is narrowed is what is related to it.
    const { bot: some, scope } = await narrowed(place, context, bot)
    const reply = await context.inTurn(() => {
      const paper = chosenPaper(named, bot.library)
      if (paper !== undefined) return neighbours(paper, some)
      const found = lookUpMeant(bot.library, named)
      return found.paper === undefined
        ? nothingFound(named, found.result, found.near)
        : neighbours(found.paper, some)
    })
    return scope === undefined ? reply : { content: scopeNote(scope), ...reply }
  },
  actions: {
    list: withPaper('ephemeral', (paper, _interaction, bot) => neighbours(paper, bot), {
      isExpensive: true,
    }),
  },
})
