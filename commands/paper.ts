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
import { abstractPage, type PaperCard, paperCard, shownBy } from '../src/view/paper-card.ts'
import type { Reply } from '../src/view/reply.ts'
import { type Scope, scopeNote } from '../src/view/scopes.ts'

/** What of a card is computed in its turn: everything but where the paper comes from, which the database says. */
const partsOf = (
  found: Omit<Found, 'others' | 'result'> & Partial<Pick<Found, 'result'>>,
  owner: string,
  bot: BotContext,
  hits: readonly Paper[] = [],
): PaperCard => {
  const { paper, passage, result } = found
  return {
    ...found,
    hits,
    owner,
    missing: result === undefined ? [] : wordsMissing(bot.library, result, paper),
    corrections: result?.query.corrections ?? [],
    byMeaning: result?.byMeaning ?? false,
    relaxed: result?.relaxed ?? false,
    substitutions: result?.query.substitutions ?? [],
    passage: passage && {
      text: readable(passage.text),
      spans: bot.library.search.matches(readable(passage.text), result?.query ?? ''),
    },
  }
}

async function cardOf(
  parts: PaperCard,
  { guildId }: CommandContext,
  bot: BotContext,
  scope?: Scope,
): Promise<Reply> {
  const origin = originText(await originOf(parts.paper, guildId, bot))
  return paperCard({ ...parts, origin, note: scopeNote(scope) })
}

/** The card of a query's best hit, or what is near to it. */
function found(query: string, owner: string, bot: BotContext): PaperCard | { readonly reply: Reply } {
  const named = chosenPaper(query, bot.library)
  if (named !== undefined) return partsOf(describe(bot.library, named), owner, bot)
  const hits = lookUp(bot.library, query)
  if (hits.paper === undefined) return { reply: nothingFound(query, hits.result, hits.near) }
  const { paper, others } = hits
  const make = () => partsOf(hits, '', bot, [paper, ...others])
  return { ...bot.library.remember('card', query, make), owner }
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
  searches: ({ query }) => query,
  // A member's list is theirs alone, and so is what was found on it.
  audience: input => (input.private || input.in === 'mine' ? 'ephemeral' : 'public'),
  suggest: async (typed, context, bot) =>
    suggestPapers(typed, (await narrowedWhileTyping(typed, context, bot)) ?? bot.library),
  run: async ({ query, in: place }, context, bot) => {
    const { bot: some, scope } = await narrowed(place, context, bot)
    const parts = await context.inTurn(() => found(query, context.user.id, some))
    if (!('reply' in parts)) return cardOf(parts, context, bot, scope)
    return scope === undefined ? parts.reply : { content: scopeNote(scope), ...parts.reply }
  },
  actions: {
    open: withPaper('ephemeral', async (paper, interaction, bot) =>
      cardOf(
        await interaction.inTurn(() => partsOf(describe(bot.library, paper), interaction.user.id, bot)),
        interaction,
        bot,
      ),
    ),
    pick: withPaper('update', async (paper, interaction, bot) => {
      const hits = papersAround(interaction.message, interaction.args[0], shownBy, bot.library)
      const parts = await interaction.inTurn(() =>
        partsOf(describe(bot.library, paper), interaction.user.id, bot, hits),
      )
      return cardOf(parts, interaction, bot)
    }),
    abstract: withPaper('ephemeral', paper => abstractPage(paper, 0)),
    page: withPaper('update', (paper, interaction) => abstractPage(paper, Number(interaction.args[1]) || 0)),
    cite: withPaper('ephemeral', paper => cite(paper, 'bibtex')),
  },
})
