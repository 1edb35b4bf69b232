import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
} from 'discord-api-types/v10'
import { z } from 'zod'
import { type Action, defineCommand, type ComponentInteraction } from '../src/bot/command.ts'
import type { BotContext } from '../src/bot/context.ts'
import { chosenPaper, papersOffered, stringOption, suggestPapers, text } from '../src/bot/options.ts'
import { inServer } from '../src/bot/permissions.ts'
import type { Paper } from '../src/corpus/paper.ts'
import { share } from '../src/features/sharing/share.ts'
import { vote } from '../src/features/sharing/vote.ts'
import { lookUp } from '../src/library/library.ts'
import { nothingFound } from '../src/view/lists.ts'
import type { Reply } from '../src/view/reply.ts'
import { chooseShare, noteLimit, type Pending, pendingNote, tidyNote } from '../src/view/share-card.ts'
import { shareable, shareFields, shareForm } from '../src/view/share-form.ts'

const gone: Reply = { audience: 'ephemeral', content: 'That paper is no longer in this corpus.' }

/** Runs `act` with the paper that the press names by its chosen option or its first argument. */
const withPaper = (
  answers: Action['answers'],
  act: (paper: Paper, press: ComponentInteraction, app: BotContext) => Promise<Reply>,
): Action => ({
  answers,
  run: async (press, app) => {
    const paper = app.library.paper(press.values[0] ?? press.args[0] ?? '')
    return paper === undefined ? gone : act(paper, press, app)
  },
})

/** What the buttons under a question carry, and the note that stands in it. */
const pendingOf = (
  paper: Paper,
  press: ComponentInteraction,
  [channelId = '', flags, seed]: readonly string[],
): Pending => ({
  paper,
  channelId,
  note: pendingNote(press.message?.embeds[0]?.description),
  thread: flags === 't',
  seed: seed ?? press.id,
})

export default defineCommand({
  spec: {
    type: ApplicationCommandType.ChatInput,
    name: 'share',
    description: 'Post a paper in a channel, in my name',
    contexts: [InteractionContextType.Guild],
    options: [
      stringOption('paper', 'The paper to share', { required: true, autocomplete: true }),
      {
        type: ApplicationCommandOptionType.Channel,
        name: 'channel',
        description: 'Where: a text channel, a thread or a forum',
        channel_types: [...shareable],
        required: true,
      },
      stringOption('note', 'Why others should read it', { max_length: noteLimit }),
      {
        type: ApplicationCommandOptionType.Boolean,
        name: 'thread',
        description: 'Open a thread to discuss it',
      },
    ],
  },
  input: z.object({
    paper: text,
    channel: z.string(),
    note: z.string().default('').transform(tidyNote),
    thread: z.boolean().default(false),
  }),
  audience: () => 'ephemeral',
  suggest: (typed, _visit, app) => suggestPapers(typed, app.library),
  run: async ({ paper: named, channel: channelId, note, thread }, visit, app) => {
    const pending = { channelId, note, thread, seed: visit.id }
    const chosen = chosenPaper(named, app.library)
    if (chosen !== undefined) return share({ ...pending, paper: chosen }, false, visit, app)
    const found = lookUp(app.library, named)
    if (found.paper === undefined) return nothingFound(named, found.result, found.near)
    return chooseShare({ ...pending, paper: found.paper }, found.others)
  },
  actions: {
    form: withPaper('form', async (paper, press, app) => {
      inServer(press)
      const chosen = press.channelId === undefined ? undefined : await app.channels.get(press.channelId)
      const fits = chosen?.kind === 'text' || chosen?.kind === 'thread'
      return { modal: shareForm(paper, fits ? chosen.id : undefined, press.id) }
    }),
    send: withPaper('ephemeral', (paper, press, app) => {
      const { fields, args, id } = press
      const pending = {
        paper,
        channelId: fields[shareFields.channel] ?? '',
        note: tidyNote(fields[shareFields.note] ?? ''),
        thread: fields[shareFields.thread] === 'yes',
        seed: args[1] ?? id,
      }
      return share(pending, false, press, app)
    }),
    choose: withPaper('update', async (paper, press, app) =>
      chooseShare(pendingOf(paper, press, press.args), papersOffered(press.message, app.library)),
    ),
    go: withPaper('update', (paper, press, app) =>
      share(pendingOf(paper, press, press.args.slice(1)), true, press, app),
    ),
    vote: { answers: 'silent', run: vote },
  },
})
