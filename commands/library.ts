import { ApplicationCommandType } from 'discord-api-types/v10'
import { z } from 'zod'
import { type Action, defineCommand, type ComponentInteraction } from '../src/bot/command.ts'
import type { BotContext } from '../src/bot/context.ts'
import { stringOption, text } from '../src/bot/options.ts'
import { type ExportFormat, exportFormats } from '../src/corpus/export.ts'
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
import { everything, formatQuestion } from '../src/view/library-page.ts'
import { stateIn, stateOf, statusOf } from '../src/view/list-state.ts'
import type { Reply } from '../src/view/reply.ts'

const gone: Reply = { audience: 'ephemeral', content: 'That paper is not in your list any more.' }

const isFormat = (text: string): text is ExportFormat => Object.hasOwn(exportFormats, text)

/** Runs `act` with the entry, of the member's own list, that the press names. */
const withEntry = (
  answers: Action['answers'],
  act: (entry: Entry, press: ComponentInteraction, app: BotContext) => Promise<Reply> | Reply,
): Action => ({
  answers,
  run: async (press, app) => {
    const entry = await findEntry(press.values[0] ?? press.args[0] ?? '', press.user.id, app)
    return entry === undefined ? gone : act(entry, press, app)
  },
})

const back = (press: ComponentInteraction) => stateIn(press.message?.components)

async function change({ save }: Entry, to: SaveChange, press: ComponentInteraction, app: BotContext): Promise<Entry> {
  const at = press.at.getTime()
  const changed = await app.store.saves.put(press.user.id, { paperId: save.paperId, at, ...to })
  return entryOf(changed.save, app)
}

/** What was written in the form. Tags that cannot be used stay as they were, and the note is kept all the same. */
async function edit(entry: Entry, press: ComponentInteraction, app: BotContext): Promise<Reply> {
  const { note = '', tags = '' } = press.fields
  let headline = 'Changed.'
  let wanted: string[] | undefined
  try {
    wanted = readTags(tags)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    headline = `${error.message} The tags stay as they were.`
  }
  const changed = await change(entry, { note: readNote(note), tags: wanted }, press, app)
  return entryCard(changed, headline, back(press))
}

/** A form is gone once it is sent: what was written comes back when it could not be kept. */
const edited: Action = {
  answers: 'update-ephemeral',
  run: async (press, app) => {
    const unkept = { title: 'Your note was not kept', description: quoted(press.fields.note ?? '') }
    try {
      const entry = await findEntry(press.args[0] ?? '', press.user.id, app)
      return entry === undefined ? { ...gone, embeds: [unkept] } : await edit(entry, press, app)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      app.log.info({ kind: error.kind, err: error.cause }, 'a note was not kept')
      return { audience: 'ephemeral', content: error.message, embeds: [unkept] }
    }
  },
}

async function remove(entry: Entry, press: ComponentInteraction, app: BotContext): Promise<Reply> {
  const { note, tags, paperId } = entry.save
  if ((note !== '' || tags.length > 0) && press.args[1] !== 'yes') return removalQuestion(entry, back(press))
  await app.store.saves.remove(press.user.id, paperId)
  return removedCard(entry, back(press))
}

const actions: Readonly<Record<string, Action>> = {
  page: { answers: 'update-ephemeral', run: (press, app) => pageOf(stateOf(press.args), press.user.id, app) },
  status: {
    answers: 'update-ephemeral',
    run: (press, app) => {
      const status = statusOf(press.values[0] ?? '')
      return pageOf({ ...stateOf(press.args), page: 0, status }, press.user.id, app)
    },
  },
  tag: {
    answers: 'update-ephemeral',
    run: (press, app) => {
      const [chosen = everything] = press.values
      const tag = chosen === everything ? undefined : chosen
      return pageOf({ ...stateOf(press.args), page: 0, tag }, press.user.id, app)
    },
  },
  pick: withEntry('update-ephemeral', (entry, press) => entryCard(entry, '', stateOf(press.args))),
  entry: withEntry('update-ephemeral', (entry, press) => entryCard(entry, '', back(press))),
  mark: withEntry('update-ephemeral', async (entry, press, app) => {
    const status = statusOf(press.args[1] ?? '')
    return entryCard(await change(entry, { status }, press, app), '', back(press))
  }),
  edit: withEntry('form', entry => entryForm(entry)),
  edited,
  remove: withEntry('update-ephemeral', remove),
  restore: {
    answers: 'update-ephemeral',
    run: async (press, app) => {
      const paper = app.library.paper(press.args[0] ?? '')
      if (paper === undefined) return gone
      const at = press.at.getTime()
      const status = statusOf(press.args[1] ?? '')
      const { save } = await app.store.saves.put(press.user.id, { paperId: paper.id, status, at })
      return entryCard(entryOf(save, app), 'Put back.', back(press))
    },
  },
  formats: { answers: 'ephemeral', run: async press => formatQuestion(stateOf(press.args)) },
  export: {
    answers: 'update-ephemeral',
    run: async (press, app) => {
      const [format = '', ...state] = press.args
      return isFormat(format) ? exportList(stateOf(state), format, press.user.id, app) : gone
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
    description: 'My private list: look through it, change it, take it along',
    options: [
      stringOption('paper', 'Go straight to one of my papers', { autocomplete: true }),
      stringOption('status', 'Only papers with this status', { choices: choices(statusNames) }),
      stringOption('tag', 'Only papers with this tag', { autocomplete: true }),
      stringOption('export', 'Take these along as a file', { choices: choices(formatNames) }),
    ],
  },
  input: z.object({
    paper: text.optional(),
    status: z.enum(['to-read', 'reading', 'read']).optional(),
    tag: text.optional(),
    export: z.enum(['bibtex', 'csl-json', 'csv', 'markdown']).optional(),
  }),
  audience: () => 'ephemeral',
  suggest: ({ focused, text: typed }, { user }, app) =>
    focused === 'tag' ? suggestTags(typed, user.id, app) : suggestEntries(typed, user.id, app),
  run: async ({ paper, status, tag, export: format }, { user }, app) => {
    if (paper !== undefined) return openEntry(paper, user.id, app)
    const state = { page: 0, status, tag: tag === undefined ? undefined : typedTag(tag) }
    if (format !== undefined) return exportList(state, format, user.id, app)
    return pageOf(state, user.id, app)
  },
  actions,
})

async function openEntry(named: string, userId: string, app: BotContext): Promise<Reply> {
  const ref = chosenEntry(named)
  const entry =
    ref === undefined ? (await matchingEntries(named, userId, app, 1))[0] : await findEntry(ref, userId, app)
  return entry === undefined ? { content: 'No paper in your list fits that.' } : entryCard(entry, '')
}
