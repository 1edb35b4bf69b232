import { ApplicationCommandType } from 'discord-api-types/v10'
import { z } from 'zod'
import { type CommandContext, defineCommand } from '../src/bot/command.ts'
import type { BotContext } from '../src/bot/context.ts'
import {
  chosenPaper,
  inOption,
  lookIn,
  papersAround,
  privately,
  privateOption,
  stringOption,
  suggestPapers,
  text,
} from '../src/bot/options.ts'
import { withPaper } from '../src/bot/with-paper.ts'
import type { Paper } from '../src/corpus/paper.ts'
import { readable } from '../src/corpus/readable.ts'
import { cite } from '../src/features/citing/cite.ts'
import { narrowed, narrowedWhileTyping } from '../src/features/narrowing/narrowing.ts'
import { originOf } from '../src/features/narrowing/origin.ts'
import { describe, type Found, lookUp } from '../src/library/library.ts'
import { wordsMissing } from '../src/library/relevance.ts'
import { nothingFound } from '../src/view/lists.ts'
import { originText } from '../src/view/origin.ts'
import { abstractPage, drawCard, shownBy } from '../src/view/paper-card.ts'
import type { Reply } from '../src/view/reply.ts'
import { type Scope, scopeNote } from '../src/view/scopes.ts'

interface Drawn {
  readonly paper: Paper
  readonly draw: ReturnType<typeof drawCard>
}

/** What of a card is computed in its turn: everything but where the paper comes from, which the database says. */
const partsOf = (
  found: Omit<Found, 'others' | 'result'> & Partial<Pick<Found, 'result'>>,
  bot: BotContext,
  hits: readonly Paper[] = [],
): Drawn => {
  const { paper, passage, result } = found
  const draw = drawCard({
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
  return { paper, draw }
}

async function cardOf(
  { paper, draw }: Drawn,
  { guildId, user }: CommandContext,
  bot: BotContext,
  scope?: Scope,
): Promise<Reply> {
  const origin = originText(await originOf(paper, guildId, bot))
  return draw({ owner: user.id, origin, note: scopeNote(scope) })
}

/** The card of a query's best hit, or what is near to it. */
function found(query: string, bot: BotContext): Drawn | { readonly reply: Reply } {
  const named = chosenPaper(query, bot.library)
  if (named !== undefined) return partsOf(describe(bot.library, named), bot)
  const hits = lookUp(bot.library, query)
  if (hits.paper === undefined) return { reply: nothingFound(query, hits.result, hits.near) }
  const { paper, others } = hits
  return bot.library.remember('card', query, () => partsOf(hits, bot, [paper, ...others]))
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
      inOption,
      privateOption,
    ],
  },
  input: z.object({ query: text, in: lookIn, private: privately }),
  takesTurn: true,
  searches: ({ query }) => query,
  // A member's list is theirs alone, and so is what was found on it.
  audience: input => (input.private || input.in === 'mine' ? 'ephemeral' : 'public'),
  suggest: async (typed, context, bot) =>
    suggestPapers(typed, (await narrowedWhileTyping(typed, context, bot)) ?? bot.library),
  run: async ({ query, in: place }, context, bot) => {
    const { bot: some, scope } = await narrowed(place, context, bot)
    const parts = await context.inTurn(() => found(query, some))
    if (!('reply' in parts)) return cardOf(parts, context, bot, scope)
    return scope === undefined ? parts.reply : { content: scopeNote(scope), ...parts.reply }
  },
  actions: {
    open: withPaper(
      'ephemeral',
      async (paper, interaction, bot) =>
        cardOf(await interaction.inTurn(() => partsOf(describe(bot.library, paper), bot)), interaction, bot),
      { takesTurn: true },
    ),
    pick: withPaper(
      'update',
      async (paper, interaction, bot) => {
        const hits = papersAround(interaction.message, interaction.args[0], shownBy, bot.library)
        const parts = await interaction.inTurn(() => partsOf(describe(bot.library, paper), bot, hits))
        return cardOf(parts, interaction, bot)
      },
      { takesTurn: true },
    ),
    abstract: withPaper('ephemeral', paper => abstractPage(paper, 0)),
    page: withPaper('update', (paper, interaction) => abstractPage(paper, Number(interaction.args[1]) || 0)),
    cite: withPaper('ephemeral', paper => cite(paper, 'bibtex')),
  },
})
