import { ApplicationCommandType } from 'discord-api-types/v10'
import { z } from 'zod'
import { type CommandContext, defineCommand } from '../src/bot/command.ts'
import type { BotContext } from '../src/bot/context.ts'
import { chosenPaper, stringOption, suggestPapers, text } from '../src/bot/options.ts'
import { withPaper } from '../src/bot/with-paper.ts'
import type { Paper } from '../src/corpus/paper.ts'
import { entryOf } from '../src/features/reading-list/entries.ts'
import { readNote, readTags } from '../src/features/reading-list/input.ts'
import { lookUpMeant } from '../src/library/relevance.ts'
import type { SaveChange } from '../src/store/ports.ts'
import { statusNames } from '../src/view/entry.ts'
import { entryCard, noteLength, quoted, tagsLength } from '../src/view/entry-card.ts'
import { nothingFound } from '../src/view/lists.ts'
import { accent } from '../src/view/pieces.ts'
import type { Reply } from '../src/view/reply.ts'
import { zoteroFull } from '../src/view/zotero-card.ts'

/** Puts the paper on the member's list. Nothing they wrote before is lost: a note that is replaced is shown. */
async function save(
  paper: Paper,
  change: SaveChange & { readonly tags?: readonly string[] | undefined },
  context: CommandContext,
  bot: BotContext,
): Promise<Reply> {
  const { saves } = bot.store
  const { tags } = change
  const {
    save: after,
    before,
    created,
    zotero,
  } = await saves.put(context.user.id, {
    paperId: paper.id,
    guildId: context.guildId,
    at: context.at.getTime(),
    zoteroTag: 'saved',
    ...change,
    ...(tags === undefined ? {} : { tags: had => readTags([...had, ...tags].join()) }),
  })
  if (zotero === 'added') bot.picks.wake()
  const changed = Object.values(change).some(value => value !== undefined)
  const headline = created
    ? `Saved to your list.${zotero === 'added' ? ' The paper, without your name, goes to this server’s Zotero library too.' : zoteroFull(zotero)}`
    : changed
      ? 'Updated on your list.'
      : 'Already on your list.'
  const card = entryCard(entryOf(after, bot), headline)
  const lost = before !== undefined && before.note !== '' && before.note !== after.note
  if (!lost) return card
  const old = { color: accent, title: 'The note before', description: quoted(before.note) }
  return { ...card, embeds: [...(card.embeds ?? []), old] }
}

const statusChoices = Object.entries(statusNames).map(([value, name]) => ({ name, value }))

export default defineCommand({
  spec: {
    type: ApplicationCommandType.ChatInput,
    name: 'save',
    description: 'Put a paper on my private list',
    options: [
      stringOption('paper', 'The paper to save', { required: true, autocomplete: true }),
      stringOption('status', 'Reading status', { choices: statusChoices }),
      stringOption('note', 'A note for myself', { max_length: noteLength }),
      stringOption('tags', 'Tags, separated by commas', { max_length: tagsLength }),
    ],
  },
  input: z.object({
    paper: text,
    status: z.enum(['to-read', 'reading', 'read']).optional(),
    note: text.optional(),
    tags: text.optional(),
  }),
  audience: () => 'ephemeral',
  searches: ({ paper }) => paper,
  suggest: (typed, _context, bot) => suggestPapers(typed, bot.library),
  run: async ({ paper: named, status, note, tags }, context, bot) => {
    const change = {
      status,
      note: note === undefined ? undefined : readNote(note),
      tags: tags === undefined ? undefined : readTags(tags),
    }
    const chosen = chosenPaper(named, bot.library)
    if (chosen !== undefined) return save(chosen, change, context, bot)
    const found = await context.inTurn(() => lookUpMeant(bot.library, named))
    if (found.paper !== undefined) return save(found.paper, change, context, bot)
    return nothingFound(named, found.result, found.near)
  },
  actions: {
    add: withPaper('ephemeral', (paper, interaction, bot) => save(paper, {}, interaction, bot)),
  },
})
