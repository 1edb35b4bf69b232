import { codeBlock } from '@discordjs/formatters'
import { ApplicationCommandType } from 'discord-api-types/v10'
import { z } from 'zod'
import { defineCommand } from '../src/bot/command.ts'
import type { BotContext } from '../src/bot/context.ts'
import {
  chosenPaper,
  papersAround,
  privately,
  privateOption,
  stringOption,
  suggestPapers,
  text,
} from '../src/bot/options.ts'
import { withPaper } from '../src/bot/with-paper.ts'
import { citation } from '../src/corpus/export.ts'
import type { Paper } from '../src/corpus/paper.ts'
import { readable } from '../src/corpus/readable.ts'
import { describe, type Found, lookUp } from '../src/library/library.ts'
import { wordsMissing } from '../src/library/relevance.ts'
import { clip } from '../src/view/escape.ts'
import { nothingFound } from '../src/view/lists.ts'
import { abstractPage, paperCardFor, shownBy } from '../src/view/paper-card.ts'
import type { Reply } from '../src/view/reply.ts'

type Shown = Omit<Found, 'others' | 'result'> & Partial<Pick<Found, 'result'>>

const card = (found: Shown, owner: string, bot: BotContext, hits: readonly Paper[] = []): Reply =>
  cardOf(found, bot, hits)(owner)

const cardOf = (found: Shown, bot: BotContext, hits: readonly Paper[]): ((owner: string) => Reply) => {
  const { paper, passage, result } = found
  return paperCardFor({
    ...found,
    hits,
    missing: result === undefined ? [] : wordsMissing(bot.library, result, paper),
    corrections: result?.query.corrections ?? [],
    byMeaning: result?.byMeaning ?? false,
    relaxed: result?.relaxed ?? false,
    substitutions: result?.query.substitutions ?? [],
    passage: passage && {
      text: readable(passage.text),
      spans: bot.library.search.matches(readable(passage.text), result?.query ?? ''),
    },
  })
}

export default defineCommand({
  spec: {
    type: ApplicationCommandType.ChatInput,
    name: 'paper',
    description: 'Find a paper by topic, title or name',
    options: [
      stringOption('query', 'A topic, a title, a name, an arXiv id or link', {
        required: true,
        autocomplete: true,
      }),
      privateOption,
    ],
  },
  input: z.object({ query: text, private: privately }),
  isExpensive: true,
  searches: ({ query }) => query,
  audience: input => (input.private ? 'ephemeral' : 'public'),
  suggest: (typed, _context, bot) => suggestPapers(typed, bot.library),
  run: async ({ query }, context, bot) => {
    const named = chosenPaper(query, bot.library)
    if (named !== undefined) return card(describe(bot.library, named), context.user.id, bot)
    const found = lookUp(bot.library, query)
    const { paper } = found
    if (paper === undefined) return nothingFound(query, found.result, found.near)
    const make = () => cardOf(found, bot, [paper, ...found.others])
    return bot.library.remember('card', query, make)(context.user.id)
  },
  actions: {
    open: withPaper(
      'ephemeral',
      (paper, interaction, bot) => card(describe(bot.library, paper), interaction.user.id, bot),
      { isExpensive: true },
    ),
    pick: withPaper(
      'update',
      (paper, interaction, bot) =>
        card(
          describe(bot.library, paper),
          interaction.user.id,
          bot,
          papersAround(interaction.message, interaction.args[0], shownBy, bot.library),
        ),
      { isExpensive: true },
    ),
    abstract: withPaper('ephemeral', paper => abstractPage(paper, 0)),
    page: withPaper('update', (paper, interaction) => abstractPage(paper, Number(interaction.args[1]) || 0)),
    cite: withPaper('ephemeral', paper => ({
      content: codeBlock('bibtex', clip(citation(paper).replaceAll('`', "'"), 1900)),
    })),
  },
})
