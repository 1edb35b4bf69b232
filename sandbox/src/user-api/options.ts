import { type APIApplicationCommand, ApplicationCommandOptionType as Type } from 'discord-api-types/v10'
import type { OptionValue } from '../person-api.ts'
import type { Option } from '../validation/options.ts'
import type { Resolver } from './resolve.ts'
import { UserApiError } from './user-api-error.ts'

export interface Typed {
  readonly group?: string | undefined
  readonly subcommand?: string | undefined
  readonly options: Readonly<Record<string, OptionValue>>
}

/** An option as an interaction carries it. */
export interface SentOption {
  readonly type: number
  readonly name: string
  readonly value?: unknown
  readonly focused?: true
  readonly options?: readonly SentOption[]
}

/**
 * What was typed, as the interaction's `options`, checked as Discord's client does before it sends.
 * @param focused the option that is being typed: then nothing is checked, and nothing resolved
 */
export function sentOptions(
  command: APIApplicationCommand,
  typed: Typed,
  resolver: Resolver,
  focused?: string,
): SentOption[] {
  const declared = (command.options ?? []) as readonly Option[]
  const path = [typed.group, typed.subcommand].filter(name => name !== undefined)
  return descend(declared, path, level => leaves(level, typed.options, resolver, focused))
}

function descend(
  declared: readonly Option[],
  path: readonly string[],
  build: (level: readonly Option[]) => SentOption[],
): SentOption[] {
  const nests = declared.some(({ type }) => type === Type.Subcommand || type === Type.SubcommandGroup)
  const [name, ...rest] = path
  if (name === undefined) {
    if (nests) throw new UserApiError(400, 'choose a subcommand')
    return build(declared)
  }
  const found = declared.find(option => option.name === name)
  if (found === undefined || !nests) throw new UserApiError(400, `there is no subcommand “${name}”`)
  return [{ type: found.type, name, options: descend(found.options ?? [], rest, build) }]
}

function leaves(
  declared: readonly Option[],
  values: Typed['options'],
  resolver: Resolver,
  focused: string | undefined,
): SentOption[] {
  for (const name of Object.keys(values))
    if (!declared.some(option => option.name === name))
      throw new UserApiError(400, `there is no option “${name}”`)
  return declared.flatMap(option => {
    const value = values[option.name]
    const { type, name } = option
    if (focused !== undefined) {
      if (value === undefined || typeof value === 'object') return []
      return [name === focused ? { type, name, value: String(value), focused: true } : { type, name, value }]
    }
    if (value === undefined) {
      if (option.required) throw new UserApiError(400, `option “${name}” is required`)
      return []
    }
    return [{ type, name, value: settle(option, value, resolver) }]
  })
}

const wrong = (option: Option, what: string) => new UserApiError(400, `option “${option.name}” ${what}`)

function settle(option: Option, value: OptionValue, resolver: Resolver): string | number | boolean {
  switch (option.type) {
    case Type.String:
      return text(option, value)
    case Type.Integer:
    case Type.Number:
      return number(option, value)
    case Type.Boolean:
      if (typeof value !== 'boolean') throw wrong(option, 'is yes or no')
      return value
    case Type.Attachment:
      if (typeof value !== 'object') throw wrong(option, 'is a file')
      return resolver.file(value)
    default:
      return reference(option, value, resolver)
  }
}

function text(option: Option, value: OptionValue): string {
  if (typeof value !== 'string') throw wrong(option, 'is a text')
  if (value.trim() === '') throw wrong(option, 'is empty')
  if (value.length < (option.min_length ?? 0)) throw wrong(option, 'is too short')
  if (value.length > (option.max_length ?? 6000)) throw wrong(option, 'is too long')
  return chosen(option, value)
}

function number(option: Option, value: OptionValue): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw wrong(option, 'is a number')
  if (option.type === Type.Integer && !Number.isSafeInteger(value)) throw wrong(option, 'is a whole number')
  if (value < (option.min_value ?? -Infinity)) throw wrong(option, 'is too small')
  if (value > (option.max_value ?? Infinity)) throw wrong(option, 'is too large')
  return chosen(option, value)
}

/** With declared choices only those are sent; suggestions of an autocomplete bind nobody. */
function chosen<T extends string | number>(option: Option, value: T): T {
  if (!option.choices?.length || option.choices.some(choice => choice.value === value)) return value
  throw wrong(option, 'is not one of the choices')
}

function reference(option: Option, value: OptionValue, resolver: Resolver): string {
  if (typeof value !== 'string') throw wrong(option, 'is an id')
  if (option.type === Type.Channel) resolver.channel(value, option.channel_types ?? [])
  else if (option.type === Type.Role) resolver.role(value)
  else if (option.type === Type.User) resolver.user(value)
  else resolveMentionable(value, resolver)
  return value
}

export function resolveMentionable(id: string, resolver: Resolver): void {
  try {
    resolver.user(id)
  } catch {
    resolver.role(id)
  }
}
