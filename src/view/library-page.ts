import type { APIEmbed, APISelectMenuOption } from 'discord-api-types/v10'
import { ComponentType } from 'discord-api-types/v10'
import { exportFormats } from '../corpus/export.ts'
import { paperRef } from '../corpus/ids.ts'
import type { SaveStatus } from '../store/ports.ts'
import { type Entry, entryLabel, entryLink, statusNames, tagLine } from './entry.ts'
import { shown } from './escape.ts'
import { type ComponentId, encodeId } from './ids.ts'
import { limits } from './limits.ts'
import { type ListState, stateArgs, tagRef } from './list-state.ts'
import { accent, button, buttons, fitLines, label } from './pieces.ts'
import type { Message, Row } from './reply.ts'

export const pageSize = 8

/** The value for "no filter" in a menu; no status and no tag reference equals it. */
export const everything = '*'

export interface LibraryPage {
  readonly state: ListState
  /** The page's entries, `pageSize` at most. */
  readonly entries: readonly Entry[]
  /** Entries that the filters let through, over all pages. */
  readonly total: number
  /** All of the member's tags, most used first. */
  readonly tags: readonly { readonly tag: string; readonly count: number }[]
}

export const pagesOf = (total: number): number => Math.max(1, Math.ceil(total / pageSize))

/** A page of a member's list, with menus to filter it and to open an entry. */
export function libraryPage(page: LibraryPage): Message {
  const { state, entries, total } = page
  const filtered = state.status !== undefined || state.tag !== undefined
  if (total === 0 && !filtered) return emptyLibrary
  const first = state.page * pageSize
  const lines = entries.map((entry, i) => entryLines(entry, first + i + 1))
  const embed: APIEmbed = {
    color: accent,
    title: titleOf(page),
    description: lines.length === 0 ? 'Nothing on your list matches these filters.' : fitLines(lines, 4000),
    footer: { text: `${papers(total)} · page ${state.page + 1} of ${pagesOf(total)}` },
  }
  const rows = [entryMenu(page), statusMenu(state), tagMenu(page), pageButtons(state, total)]
  return { content: '', embeds: [embed], components: rows.filter(row => row !== undefined) }
}

const emptyLibrary: Message = {
  content: 'Your list is empty. Press **Save** under a paper, or use `/save`.',
  embeds: [],
  components: [],
}

const papers = (count: number): string => (count === 1 ? '1 paper' : `${count} papers`)

function titleOf({ state, tags }: LibraryPage): string {
  const tag = tags.find(one => tagRef(one.tag) === state.tag)?.tag
  const filters = [
    state.status === undefined ? '' : statusNames[state.status],
    state.tag === undefined ? '' : tagLine([tag ?? state.tag], 100),
  ]
  return ['Your list', ...filters.filter(text => text !== '')].join(' · ')
}

/** Two lines of 480 units at most, so that a page of entries always fits. */
function entryLines(entry: Entry, number: number): string {
  const { save } = entry
  const about = [statusNames[save.status], tagLine(save.tags, 80), shown(save.note, 90)]
  return `**${number}.** ${entryLink(entry, 120, 250)}\n-# ${about.filter(text => text !== '').join(' · ')}`
}

function menu(id: ComponentId, placeholder: string, options: APISelectMenuOption[]): Row | undefined {
  if (options.length === 0) return undefined
  return {
    type: ComponentType.ActionRow,
    components: [{ type: ComponentType.StringSelect, custom_id: encodeId(id), placeholder, options }],
  }
}

function entryMenu({ state, entries }: LibraryPage): Row | undefined {
  const options = entries.map(entry => ({
    label: entryLabel(entry),
    value: paperRef(entry.save.paperId),
    description: statusNames[entry.save.status],
  }))
  return menu(
    { command: 'library', action: 'pick', args: stateArgs(state) },
    'Open one to edit or remove it',
    options,
  )
}

function statusMenu(state: ListState): Row | undefined {
  const options = Object.entries(statusNames).map(([status, name]) => ({
    label: name,
    value: status as SaveStatus | typeof everything,
    default: state.status === status,
  }))
  const all = { label: 'Any status', value: everything, default: state.status === undefined }
  return menu({ command: 'library', action: 'status', args: stateArgs({ ...state, page: 0 }) }, 'Status', [
    all,
    ...options,
  ])
}

function tagMenu({ state, tags }: LibraryPage): Row | undefined {
  if (tags.length === 0) return undefined
  const chosen = tags.find(one => tagRef(one.tag) === state.tag)
  const first = tags.filter(one => one !== chosen).slice(0, limits.options - (chosen === undefined ? 1 : 2))
  const options = [...(chosen === undefined ? [] : [chosen]), ...first].map(({ tag, count }) => ({
    label: label(`#${tag}`),
    value: tagRef(tag),
    description: papers(count),
    default: tag === chosen?.tag,
  }))
  const all = { label: 'Any tag', value: everything, default: chosen === undefined }
  return menu({ command: 'library', action: 'tag', args: stateArgs({ ...state, page: 0 }) }, 'Tag', [
    all,
    ...options,
  ])
}

function pageButtons(state: ListState, total: number): Row {
  const last = pagesOf(total) - 1
  const turn = (page: number, text: string) =>
    button({ command: 'library', action: 'page', args: stateArgs({ ...state, page }) }, text)
  const { page } = state
  return buttons(
    ...(page > 1 ? [turn(0, 'First')] : []),
    ...(page > 0 ? [turn(page - 1, 'Previous')] : []),
    ...(page < last ? [turn(page + 1, 'Next')] : []),
    ...(page < last - 1 ? [turn(last, 'Last')] : []),
    ...(total > 0
      ? [button({ command: 'library', action: 'formats', args: stateArgs({ ...state, page: 0 }) }, 'Export')]
      : []),
  )
}

/** In which format to export what a list shows. */
export function formatQuestion(state: ListState): Message {
  const choices = Object.entries(exportFormats).map(([format, { name }]) =>
    button({ command: 'library', action: 'export', args: [format, ...stateArgs(state)] }, name),
  )
  return { content: 'In which format?', components: [buttons(...choices)] }
}
