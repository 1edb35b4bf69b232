import {
  ApplicationCommandCreateRequestSchema,
  ApplicationCommandPatchRequestPartialSchema,
} from 'discord-api-spec/zod'
import { ApplicationCommandType, Locale } from 'discord-api-types/v10'
import { z } from 'zod'
import { badLength, check, errorsOf, readAs, tooLong, type ValidationError, validationError } from './form.ts'
import { Option, validateName, validateOptions } from './options.ts'

const Localized = z.record(z.string(), z.string()).nullish()

export const CommandBody = z.looseObject({
  id: z.string().nullish(),
  type: z.number().nullish(),
  name: z.string(),
  name_localizations: Localized,
  description: z.string().nullish(),
  description_localizations: Localized,
  options: z.array(Option).nullish(),
  default_member_permissions: z.union([z.string(), z.number()]).nullish(),
  dm_permission: z.boolean().nullish(),
  contexts: z.array(z.number()).nullish(),
  integration_types: z.array(z.number()).nullish(),
  nsfw: z.boolean().nullish(),
})

export type CommandBody = z.infer<typeof CommandBody>

type Path = readonly (string | number)[]

/** How many of each type an application may have, globally and in each server. */
const most: Record<number, number> = { 1: 100, 2: 15, 3: 15 }
const maxSize = 8000
const locales: readonly string[] = Object.values(Locale)

/**
 * Judges a whole list, as a bulk overwrite sends it.
 * @throws Refusal 50035
 */
export function validateCommands(raw: unknown): CommandBody[] {
  if (!Array.isArray(raw))
    check([validationError([], 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType')])
  const list = raw as unknown[]
  check(list.flatMap((item, index) => errorsOf(ApplicationCommandCreateRequestSchema, plain(item), [index])))
  const commands = readAs(z.array(CommandBody), list)
  check([
    ...commands.flatMap((command, index) => validateOne(command, [index])),
    ...validateNames(commands),
    ...validateCounts(commands),
  ])
  return commands
}

/**
 * Judges one command before it joins the others.
 * @param patch over what stands there already, when it is a change
 * @throws Refusal 50035
 */
export function validateCommand(raw: unknown, patch?: Record<string, unknown>): CommandBody {
  const schema =
    patch === undefined ? ApplicationCommandCreateRequestSchema : ApplicationCommandPatchRequestPartialSchema
  check(errorsOf(schema, plain(raw)))
  const command = readAs(CommandBody, { ...patch, ...(raw as object) })
  check(validateOne(command, []))
  return command
}

/** The published schema wants permissions as a number, where Discord takes (and sends) them as text. */
function plain(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null) return raw
  const bits = (raw as { default_member_permissions?: unknown }).default_member_permissions
  if (typeof bits !== 'string' || !/^\d+$/.test(bits)) return raw
  return { ...raw, default_member_permissions: Number(bits) }
}

function validateOne(command: CommandBody, path: Path): ValidationError[] {
  const found = [
    ...validateTexts(command, path),
    ...validateOptions(command.options ?? [], [...path, 'options']),
  ]
  if (sizeOf(command) > maxSize)
    found.push(
      validationError(path, 'APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (${maxSize})`),
    )
  return found
}

function validateTexts(command: CommandBody, path: Path): ValidationError[] {
  const slash = (command.type ?? 1) === ApplicationCommandType.ChatInput
  return [
    ...(slash ? validateSlash(command, path) : validateMenu(command, path)),
    ...validateLocales(command, path),
  ]
}

function validateSlash(command: CommandBody, path: Path): ValidationError[] {
  const found = validateName(command.name, [...path, 'name'])
  for (const [locale, name] of Object.entries(command.name_localizations ?? {}))
    found.push(...validateName(name, [...path, 'name_localizations', locale]))
  if (!command.description?.trim()) found.push(badLength([...path, 'description'], 1, 100))
  return found
}

/** Entries of the user and message menus have a name and nothing else. */
function validateMenu(command: CommandBody, path: Path): ValidationError[] {
  const found: ValidationError[] = []
  if (command.description) found.push(tooLong([...path, 'description'], 0))
  if (command.options?.length) found.push(tooLong([...path, 'options'], 0))
  if (command.name.trim() === '') found.push(badLength([...path, 'name'], 1, 32))
  return found
}

function validateLocales(command: CommandBody, path: Path): ValidationError[] {
  const fields = ['name_localizations', 'description_localizations'] as const
  const text = `Value must be one of {${locales.join(', ')}}.`
  return fields.flatMap(field =>
    Object.keys(command[field] ?? {})
      .filter(locale => !locales.includes(locale))
      .map(locale => validationError([...path, field, locale], 'BASE_TYPE_CHOICES', text)),
  )
}

function validateNames(commands: readonly CommandBody[]): ValidationError[] {
  const seen = new Set<string>()
  return commands.flatMap((command, index) => {
    const key = `${command.type ?? 1} ${command.name}`
    if (!seen.has(key)) {
      seen.add(key)
      return []
    }
    const text = 'Application command names must be unique'
    return [validationError([index], 'APPLICATION_COMMANDS_DUPLICATE_NAME', text)]
  })
}

function validateCounts(commands: readonly CommandBody[]): ValidationError[] {
  return Object.entries(most).flatMap(([type, limit]) => {
    const count = commands.filter(command => String(command.type ?? 1) === type).length
    return count > limit ? [tooLong([], limit)] : []
  })
}

/** Characters that count towards a command's 8000: of each text the longest of its languages. */
function sizeOf(item: CommandBody | Option): number {
  const longest = (text: string, localized: Record<string, string> | null | undefined) =>
    Math.max(text.length, ...Object.values(localized ?? {}).map(other => other.length))
  const choices = 'choices' in item && Array.isArray(item.choices) ? (item as Option).choices : []
  const ofChoices = (choices ?? []).reduce(
    (sum, choice) => sum + longest(choice.name, choice.name_localizations) + String(choice.value).length,
    0,
  )
  const own =
    longest(item.name, item.name_localizations) +
    longest(item.description ?? '', item.description_localizations)
  return own + ofChoices + (item.options ?? []).reduce((sum, option) => sum + sizeOf(option), 0)
}
