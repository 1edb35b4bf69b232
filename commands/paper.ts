import { ApplicationCommandType } from 'discord-api-types/v10'
import { z } from 'zod'
import { type Action, defineCommand, type ComponentInteraction } from '../src/bot/command.ts'
import type { BotContext } from '../src/bot/context.ts'
import {
  chosenPaper,
  papersOffered,
  privately,
  privateOption,
  stringOption,
  suggestPapers,
  text,
} from '../src/bot/options.ts'
import { citation } from '../src/corpus/export.ts'
import type { Paper } from '../src/corpus/paper.ts'
import { describe, type Found, lookUp } from '../src/library/library.ts'
import { clip } from '../src/view/escape.ts'
import { nothingFound } from '../src/view/lists.ts'
import { abstractPage, paperCard } from '../src/view/paper-card.ts'
import type { Reply } from '../src/view/reply.ts'

const gone: Reply = { audience: 'ephemeral', content: 'That paper is no longer in this corpus.' }

/** Runs `show` with the paper that the press names by its first argument or its chosen option. */
const withPaper = (
  answers: Action['answers'],
  show: (paper: Paper, press: ComponentInteraction, app: BotContext) => Reply,
): Action => ({
  answers,
  run: async (press, app) => {
    const paper = app.library.paper(press.values[0] ?? press.args[0] ?? '')
    return paper === undefined ? gone : show(paper, press, app)
  },
})

const card = (
  found: Omit<Found, 'others' | 'result'> & Partial<Pick<Found, 'others' | 'result'>>,
  owner: string,
  app: BotContext,
): Reply => {
  const { passage, result } = found
  return paperCard({
    ...found,
    owner,
    corrections: result?.corrections ?? [],
    substitutions: result?.substitutions ?? [],
    passage: passage && {
      text: passage.text,
      spans: app.library.search.matches(passage.text, result?.query ?? ''),
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
  audience: input => (input.private ? 'ephemeral' : 'public'),
  suggest: (typed, _visit, app) => suggestPapers(typed, app.library),
  run: async ({ query }, visit, app) => {
    const named = chosenPaper(query, app.library)
    if (named !== undefined) return card(describe(app.library, named), visit.user.id, app)
    const found = lookUp(app.library, query)
    if (found.paper === undefined) return nothingFound(query, found.result, found.near)
    return card(found, visit.user.id, app)
  },
  actions: {
    open: withPaper('ephemeral', (paper, press, app) => card(describe(app.library, paper), press.user.id, app)),
    pick: withPaper('update', (paper, press, app) =>
      card(
        { ...describe(app.library, paper), others: papersOffered(press.message, app.library) },
        press.user.id,
        app,
      ),
    ),
    abstract: withPaper('ephemeral', paper => abstractPage(paper, 0)),
    page: withPaper('update', (paper, press) => abstractPage(paper, Number(press.args[1]) || 0)),
    cite: withPaper('ephemeral', paper => ({
      content: `\`\`\`bibtex\n${clip(citation(paper).replaceAll('`', "'"), 1900)}\n\`\`\``,
    })),
  },
})
