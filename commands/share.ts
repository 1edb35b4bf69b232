import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
} from 'discord-api-types/v10'
import { z } from 'zod'
import { type ComponentInteraction, defineCommand } from '../src/bot/command.ts'
import { chosenPaper, papersAround, stringOption, suggestPapers, text } from '../src/bot/options.ts'
import { channelToPost, inServer } from '../src/bot/permissions.ts'
import { withPaper } from '../src/bot/with-paper.ts'
import type { Paper } from '../src/corpus/paper.ts'
import { Failure } from '../src/errors.ts'
import { share } from '../src/features/sharing/share.ts'
import { vote } from '../src/features/sharing/vote.ts'
import { lookUp } from '../src/library/library.ts'
import { formAgain, typedIn } from '../src/view/form-again.ts'
import { nothingFound } from '../src/view/lists.ts'
import {
  againId,
  chooseShare,
  noteLimit,
  type Pending,
  pendingNote,
  shareButton,
  tidyNote,
} from '../src/view/share-card.ts'
import { shareable, shareFields, shareForm } from '../src/view/share-form.ts'

/** What the buttons under a question carry, and the note that stands in it. */
const pendingOf = (
  paper: Paper,
  interaction: ComponentInteraction,
  [channelId = '', flags, seed]: readonly string[],
): Pending => ({
  paper,
  channelId,
  note: pendingNote(interaction.message?.embeds[0]?.description),
  thread: flags === 't',
  seed: seed ?? interaction.id,
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
  searches: ({ paper }) => paper,
  suggest: (typed, _context, bot) => suggestPapers(typed, bot.library),
  run: async ({ paper: named, channel: channelId, note, thread }, context, bot) => {
    const pending = { channelId, note, thread, seed: context.id }
    const chosen = chosenPaper(named, bot.library)
    if (chosen !== undefined) return share({ ...pending, paper: chosen }, false, context, bot)
    const found = await context.inTurn(() => lookUp(bot.library, named))
    if (found.paper === undefined) return nothingFound(named, found.result, found.near)
    // Nobody is asked which paper it is for a channel where it cannot be posted.
    await channelToPost(channelId, context, bot, pending)
    return chooseShare({ ...pending, paper: found.paper }, [found.paper, ...found.others])
  },
  actions: {
    form: withPaper('form', async (paper, interaction, bot) => {
      inServer(interaction)
      const chosen =
        interaction.channelId === undefined ? undefined : await bot.channels.get(interaction.channelId)
      const fits = chosen?.kind === 'text' || chosen?.kind === 'thread'
      const filled = { channelId: fits ? chosen.id : undefined, note: '', thread: false }
      return { modal: shareForm(paper, filled, interaction.id) }
    }),
    send: withPaper('ephemeral', async (paper, interaction, bot) => {
      const { fields, args, id } = interaction
      const pending = {
        paper,
        channelId: fields[shareFields.channel] ?? '',
        note: tidyNote(fields[shareFields.note] ?? ''),
        thread: fields[shareFields.thread] === 'yes',
        seed: args[1] ?? id,
      }
      try {
        return await share(pending, false, interaction, bot)
      } catch (error) {
        if (!(error instanceof Failure)) throw error
        return formAgain(error.message, againId(pending), { Note: pending.note })
      }
    }),
    again: withPaper('form', (paper, interaction) => {
      const { note, ...pending } = pendingOf(paper, interaction, interaction.args.slice(1))
      return {
        modal: shareForm(
          paper,
          { ...pending, note: typedIn(interaction.message)['Note'] ?? '' },
          pending.seed,
        ),
      }
    }),
    choose: withPaper('update', async (paper, interaction, bot) =>
      chooseShare(
        pendingOf(paper, interaction, interaction.args),
        papersAround(interaction.message, interaction.args[3], shareButton, bot.library),
      ),
    ),
    go: withPaper('update', (paper, interaction, bot) =>
      share(pendingOf(paper, interaction, interaction.args.slice(1)), true, interaction, bot),
    ),
    vote: { answers: 'silent', run: vote },
  },
})
