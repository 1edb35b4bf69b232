import { ApplicationCommandOptionType as Type } from 'discord-api-types/v10'
import type { FileUpload, OptionValue } from '../../../person-api.ts'
import type { Typed } from '../state/interact.ts'
import type { BasicOption, Leaf } from './leaves.ts'

/** An option on its way: what stands in its field, and what was chosen for it from a list. */
export interface Field {
  readonly option: BasicOption
  readonly text: string
  /** An id, a choice's value, a flag or a file; gone as soon as somebody types over it. */
  readonly chosen?: OptionValue | undefined
}

/** A command being filled in. Required options come first and cannot be removed. */
export interface Draft {
  readonly leaf: Leaf
  readonly fields: readonly Field[]
}

export function startDraft(leaf: Leaf, rest = ''): Draft {
  const required = leaf.options.filter(option => option.required === true)
  return fillFrom({ leaf, fields: required.map(blank) }, rest)
}

const blank = (option: BasicOption): Field => ({ option, text: '' })

/** Text behind a command's name: `name:value` pairs, and what stands before them for the first option. */
function fillFrom(draft: Draft, rest: string): Draft {
  const { options } = draft.leaf
  const marks = [...rest.matchAll(/(?:^|\s)([\p{L}\p{N}_-]+):\s*/gu)].filter(([, name]) =>
    options.some(option => option.name === name),
  )
  const lead = rest.slice(0, marks[0]?.index ?? rest.length).trim()
  const first = options[0]
  let filled =
    lead === '' || first === undefined ? draft : setText(addField(draft, first.name), first.name, lead)
  for (const [index, mark] of marks.entries()) {
    const name = mark[1] ?? ''
    const text = rest.slice(mark.index + mark[0].length, marks[index + 1]?.index).trim()
    filled = setText(addField(filled, name), name, text)
  }
  return filled
}

/** Options that are not in the line yet. */
export const addable = ({ leaf, fields }: Draft): readonly BasicOption[] =>
  leaf.options.filter(option => !fields.some(field => field.option.name === option.name))

export function addField(draft: Draft, name: string): Draft {
  const option = addable(draft).find(each => each.name === name)
  return option === undefined ? draft : { ...draft, fields: [...draft.fields, blank(option)] }
}

export function removeField(draft: Draft, name: string): Draft {
  const fields = draft.fields.filter(({ option }) => option.name !== name || option.required === true)
  return { ...draft, fields }
}

const change = (draft: Draft, name: string, value: Omit<Field, 'option'>): Draft => ({
  ...draft,
  fields: draft.fields.map(field =>
    field.option.name === name ? { option: field.option, ...value } : field,
  ),
})

export const setText = (draft: Draft, name: string, text: string): Draft => change(draft, name, { text })

export const setChosen = (draft: Draft, name: string, text: string, chosen: OptionValue): Draft =>
  change(draft, name, { text, chosen })

const listTypes: readonly Type[] = [Type.User, Type.Channel, Type.Role, Type.Mentionable, Type.Boolean]

/** Whether only what a list offers can stand in the field. */
export const isStrict = (option: BasicOption): boolean =>
  listTypes.includes(option.type) || ('choices' in option && (option.choices?.length ?? 0) > 0)

/** What the field holds as it would be sent: undefined where it is empty or cannot be read. */
function sendable({ option, text, chosen }: Field): OptionValue | undefined {
  if (chosen !== undefined) return chosen
  if (text === '' || isStrict(option) || option.type === Type.Attachment) return undefined
  if (option.type === Type.String) return text
  const number = Number(text.trim().replace(',', '.'))
  if (text.trim() === '' || !Number.isFinite(number)) return undefined
  return option.type === Type.Integer && !Number.isSafeInteger(number) ? undefined : number
}

/** What keeps the draft from being sent, by option name, in the order of the line. */
export function problemsOf(draft: Draft): ReadonlyMap<string, string> {
  const problems = new Map<string, string>()
  for (const field of draft.fields) {
    const problem = problemOf(field)
    if (problem !== undefined) problems.set(field.option.name, problem)
  }
  return problems
}

function problemOf(field: Field): string | undefined {
  const { option, text } = field
  const value = sendable(field)
  if (value === undefined) {
    if (text === '')
      return option.required === true ? 'This option is required.' : 'Fill this in or remove it.'
    if (isStrict(option)) return 'Choose one from the list.'
    return option.type === Type.Integer ? 'Enter a whole number.' : 'Enter a number.'
  }
  if (typeof value === 'number') return rangeProblem(option, value)
  return typeof value === 'string' ? lengthProblem(option, value) : undefined
}

function rangeProblem(option: BasicOption, value: number): string | undefined {
  if ('min_value' in option && option.min_value !== undefined && value < option.min_value)
    return `At least ${option.min_value}.`
  if ('max_value' in option && option.max_value !== undefined && value > option.max_value)
    return `At most ${option.max_value}.`
  return undefined
}

function lengthProblem(option: BasicOption, value: string): string | undefined {
  if (option.type !== Type.String) return undefined
  if ('min_length' in option && option.min_length !== undefined && value.length < option.min_length)
    return `At least ${option.min_length} characters.`
  const most = ('max_length' in option ? option.max_length : undefined) ?? 6000
  return value.length > most ? `At most ${most} characters.` : undefined
}

/** What is sent. For autocomplete `focused` counts with its text as it stands, numbers half typed included. */
export function typedOf({ leaf, fields }: Draft, focused?: string): Typed {
  const entries = fields.flatMap((field): [string, OptionValue][] => {
    const { name } = field.option
    const value = name === focused ? (field.chosen ?? field.text) : sendable(field)
    return value === undefined ? [] : [[name, value]]
  })
  return {
    command: leaf.command.id,
    ...(leaf.group === undefined ? {} : { group: leaf.group }),
    ...(leaf.subcommand === undefined ? {} : { subcommand: leaf.subcommand }),
    options: Object.fromEntries(entries),
  }
}

export const isFile = (value: OptionValue | undefined): value is FileUpload => typeof value === 'object'

/** The draft as plain text again, when somebody leaves the command. */
export const draftText = ({ leaf, fields }: Draft): string =>
  [`/${leaf.path}`, ...fields.map(({ text }) => text).filter(text => text !== '')].join(' ')
