import { ApplicationCommandType } from 'discord-api-types/v10'
import { z } from 'zod'
import { type Action, type ComponentInteraction, defineCommand } from '../src/bot/command.ts'
import type { BotContext } from '../src/bot/context.ts'
import { stringOption, text } from '../src/bot/options.ts'
import { type ExportFormat, exportFormats } from '../src/corpus/export.ts'
import { paperRef } from '../src/corpus/ids.ts'
import { Failure } from '../src/errors.ts'
import { entryOf, findEntry } from '../src/features/reading-list/entries.ts'
import { exportList } from '../src/features/reading-list/export.ts'
import { readNote, readTags } from '../src/features/reading-list/input.ts'
import { pageOf } from '../src/features/reading-list/page.ts'
import {
  chosenEntry,
  matchingEntries,
  suggestEntries,
  suggestTags,
  typedTag,
} from '../src/features/reading-list/suggest.ts'
import type { SaveChange } from '../src/store/ports.ts'
import { type Entry, statusNames } from '../src/view/entry.ts'
import { entryCard, entryForm, quoted, removalQuestion, removedCard } from '../src/view/entry-card.ts'
import { againRow, typedEmbeds, typedIn } from '../src/view/form-again.ts'
import { everything, formatQuestion } from '../src/view/library-page.ts'
import { stateIn, stateOf, statusOf } from '../src/view/list-state.ts'
import type { Reply } from '../src/view/reply.ts'

const notListed: Reply = { audience: 'ephemeral', content: 'That paper is no longer on your list.' }

const isFormat = (text: string): text is ExportFormat => Object.hasOwn(exportFormats, text)

/** Runs `act` with the entry, of the member's own list, that the press names. */
const withEntry = (
  answers: Action['answers'],
  act: (entry: Entry, interaction: ComponentInteraction, bot: BotContext) => Promise<Reply> | Reply,
): Action => ({
  answers,
  run: async (interaction, bot) => {
    const entry = await findEntry(
      interaction.values[0] ?? interaction.args[0] ?? '',
      interaction.user.id,
      bot,
    )
    return entry === undefined ? notListed : act(entry, interaction, bot)
  },
})

const back = (interaction: ComponentInteraction) => stateIn(interaction.message?.components)

async function change(
  { save }: Entry,
  to: SaveChange,
  interaction: ComponentInteraction,
  bot: BotContext,
): Promise<Entry> {
  const at = interaction.at.getTime()
  const changed = await bot.store.saves.put(interaction.user.id, { paperId: save.paperId, at, ...to })
  return entryOf(changed.save, bot)
}

/** What was written in the form. Tags that cannot be used stay as they were, and the note is kept all the same. */
async function edit(entry: Entry, interaction: ComponentInteraction, bot: BotContext): Promise<Reply> {
  const { note = '', tags = '' } = interaction.fields
  let problem: Failure | undefined
  let wanted: string[] | undefined
  try {
    wanted = readTags(tags)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    problem = error
  }
  const changed = await change(entry, { note: readNote(note), tags: wanted }, interaction, bot)
  if (problem === undefined) return entryCard(changed, 'Changed.', back(interaction))
  const card = entryCard(changed, `${problem.message} The tags stay as they were.`, back(interaction))
  const id = { command: 'library', action: 'again', args: [paperRef(entry.save.paperId)] }
  return {
    ...card,
    embeds: [...(card.embeds ?? []), ...typedEmbeds({ Tags: tags })],
    components: [...(card.components ?? []), againRow(id)],
  }
}

/** A form is gone once it is sent: what was written comes back when it could not be kept. */
const edited: Action = {
  answers: 'update-ephemeral',
  run: async (interaction, bot) => {
    const unkept = { title: 'Your note was not kept', description: quoted(interaction.fields.note ?? '') }
    try {
      const entry = await findEntry(interaction.args[0] ?? '', interaction.user.id, bot)
      return entry === undefined ? { ...notListed, embeds: [unkept] } : await edit(entry, interaction, bot)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      bot.log.info({ kind: error.kind, err: error.cause }, 'a note was not kept')
      return { audience: 'ephemeral', content: error.message, embeds: [unkept] }
    }
  },
}

async function remove(entry: Entry, interaction: ComponentInteraction, bot: BotContext): Promise<Reply> {
  const { note, tags, paperId } = entry.save
  if ((note !== '' || tags.length > 0) && interaction.args[1] !== 'yes')
    return removalQuestion(entry, back(interaction))
  await bot.store.saves.remove(interaction.user.id, paperId)
  return removedCard(entry, back(interaction))
}

const actions: Readonly<Record<string, Action>> = {
  page: {
    answers: 'update-ephemeral',
    run: (interaction, bot) => pageOf(stateOf(interaction.args), interaction.user.id, bot),
  },
  status: {
    answers: 'update-ephemeral',
    run: (interaction, bot) => {
      const status = statusOf(interaction.values[0] ?? '')
      return pageOf({ ...stateOf(interaction.args), page: 0, status }, interaction.user.id, bot)
    },
  },
  tag: {
    answers: 'update-ephemeral',
    run: (interaction, bot) => {
      const [chosen = everything] = interaction.values
      const tag = chosen === everything ? undefined : chosen
      return pageOf({ ...stateOf(interaction.args), page: 0, tag }, interaction.user.id, bot)
    },
  },
  pick: withEntry('update-ephemeral', (entry, interaction) =>
    entryCard(entry, '', stateOf(interaction.args)),
  ),
  entry: withEntry('update-ephemeral', (entry, interaction) => entryCard(entry, '', back(interaction))),
  mark: withEntry('update-ephemeral', async (entry, interaction, bot) => {
    const status = statusOf(interaction.args[1] ?? '')
    return entryCard(await change(entry, { status }, interaction, bot), '', back(interaction))
  }),
  edit: withEntry('form', entry => entryForm(entry)),
  again: withEntry('form', (entry, interaction) => entryForm(entry, typedIn(interaction.message)['Tags'])),
  edited,
  remove: withEntry('update-ephemeral', remove),
  restore: {
    answers: 'update-ephemeral',
    run: async (interaction, bot) => {
      const paper = bot.library.paper(interaction.args[0] ?? '')
      if (paper === undefined) return notListed
      const at = interaction.at.getTime()
      const status = statusOf(interaction.args[1] ?? '')
      const { save } = await bot.store.saves.put(interaction.user.id, { paperId: paper.id, status, at })
      return entryCard(entryOf(save, bot), 'Put back.', back(interaction))
    },
  },
  formats: { answers: 'ephemeral', run: async interaction => formatQuestion(stateOf(interaction.args)) },
  export: {
    answers: 'update-ephemeral',
    run: async (interaction, bot) => {
      const [format = '', ...state] = interaction.args
      return isFormat(format) ? exportList(stateOf(state), format, interaction.user.id, bot) : notListed
    },
  },
}

const choices = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([value, name]) => ({ name, value }))
const formatNames = Object.fromEntries(Object.entries(exportFormats).map(([key, { name }]) => [key, name]))

export default defineCommand({
  spec: {
    type: ApplicationCommandType.ChatInput,
    name: 'library',
    description: 'My private reading list: browse, edit, export',
    options: [
      stringOption('paper', 'Jump to a paper on my list', { autocomplete: true }),
      stringOption('status', 'Only papers with this status', { choices: choices(statusNames) }),
      stringOption('tag', 'Only papers with this tag', { autocomplete: true }),
      stringOption('export', 'Export these as a file', { choices: choices(formatNames) }),
    ],
  },
  input: z.object({
    paper: text.optional(),
    status: z.enum(['to-read', 'reading', 'read']).optional(),
    tag: text.optional(),
    export: z.enum(['bibtex', 'csl-json', 'csv', 'markdown']).optional(),
  }),
  audience: () => 'ephemeral',
  suggest: ({ focused, text: typed }, { user }, bot) =>
    focused === 'tag' ? suggestTags(typed, user.id, bot) : suggestEntries(typed, user.id, bot),
  run: async ({ paper, status, tag, export: format }, { user }, bot) => {
    if (paper !== undefined) return openEntry(paper, user.id, bot)
    const state = { page: 0, status, tag: tag === undefined ? undefined : typedTag(tag) }
    if (format !== undefined) return exportList(state, format, user.id, bot)
    return pageOf(state, user.id, bot)
  },
  actions,
})

async function openEntry(named: string, userId: string, bot: BotContext): Promise<Reply> {
  const ref = chosenEntry(named)
  const entry =
    ref === undefined ? (await matchingEntries(named, userId, bot, 1))[0] : await findEntry(ref, userId, bot)
  return entry === undefined ? { content: 'No paper on your list matches.' } : entryCard(entry, '')
}
