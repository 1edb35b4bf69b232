import { ApplicationCommandType } from 'discord-api-types/v10'
import { z } from 'zod'
import { defineCommand } from '../src/bot/command.ts'
import {
  chosenPaper,
  privately,
  privateOption,
  stringOption,
  suggestPapers,
  text,
} from '../src/bot/options.ts'
import { cite, styles } from '../src/features/citing/cite.ts'
import { lookUpMeant } from '../src/library/relevance.ts'
import { nothingFound } from '../src/view/lists.ts'

export default defineCommand({
  spec: {
    type: ApplicationCommandType.ChatInput,
    name: 'cite',
    description: 'A paper’s reference, to be copied: BibTeX, RIS, APA, Chicago or IEEE',
    options: [
      stringOption('paper', 'The paper to cite', { required: true, autocomplete: true }),
      stringOption('style', 'How it is written; BibTeX when left out', {
        choices: styles.map(({ id, name }) => ({ name, value: id })),
      }),
      privateOption,
    ],
  },
  input: z.object({
    paper: text,
    style: z.string().max(20).default('bibtex'),
    private: privately,
  }),
  searches: ({ paper }) => paper,
  audience: input => (input.private ? 'ephemeral' : 'public'),
  suggest: (typed, _context, bot) => suggestPapers(typed, bot.library),
  run: async ({ paper: named, style }, context, bot) => {
    const chosen = chosenPaper(named, bot.library)
    if (chosen !== undefined) return cite(chosen, style)
    const found = await context.inTurn(() => lookUpMeant(bot.library, named))
    return found.paper === undefined
      ? nothingFound(named, found.result, found.near)
      : cite(found.paper, style)
  },
  actions: {
    style: {
      answers: 'update-ephemeral',
      run: async (interaction, bot) => {
        const paper = bot.library.paper(interaction.args[0] ?? '')
        if (paper !== undefined) return cite(paper, interaction.values[0] ?? '')
        return { audience: 'ephemeral', content: 'That paper is no longer in this corpus.' }
      },
    },
  },
})
