import { ApplicationCommandOptionType as Type } from 'discord-api-types/v10'
import { z } from 'zod'
import { required, tooLong, type ValidationError, validationError } from './form.ts'

const Localized = z.record(z.string(), z.string()).nullish()

export interface Option {
  type: number
  name: string
  name_localizations?: Record<string, string> | null | undefined
  description: string
  description_localizations?: Record<string, string> | null | undefined
  required?: boolean | null | undefined
  autocomplete?: boolean | null | undefined
  choices?:
    | {
        name: string
        name_localizations?: Record<string, string> | null | undefined
        value: string | number
      }[]
    | null
    | undefined
  options?: Option[] | null | undefined
  channel_types?: number[] | null | undefined
  min_value?: number | null | undefined
  max_value?: number | null | undefined
  min_length?: number | null | undefined
  max_length?: number | null | undefined
}

export const Option: z.ZodType<Option> = z.lazy(() =>
  z.looseObject({
    type: z.number(),
    name: z.string(),
    name_localizations: Localized,
    description: z.string(),
    description_localizations: Localized,
    required: z.boolean().nullish(),
    autocomplete: z.boolean().nullish(),
    choices: z
      .array(
        z.looseObject({
          name: z.string(),
          name_localizations: Localized,
          value: z.union([z.string(), z.number()]),
        }),
      )
      .nullish(),
    options: z.array(Option).nullish(),
    channel_types: z.array(z.number()).nullish(),
    min_value: z.number().nullish(),
    max_value: z.number().nullish(),
    min_length: z.number().nullish(),
    max_length: z.number().nullish(),
  }),
)

type Path = readonly (string | number)[]

const namePattern = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u
const maxChoiceText = 100
const nests = (option: Option) => option.type === Type.Subcommand || option.type === Type.SubcommandGroup

/** A slash command's or an option's name: letters, digits, `-`, `_`; lower case where the script has one. */
export function validateName(name: string, path: Path): ValidationError[] {
  if (namePattern.test(name) && name === name.toLowerCase()) return []
  return [validationError(path, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid')]
}

/** Rules for a list of options that Discord's published schema leaves out. */
export function validateOptions(options: readonly Option[], path: Path): ValidationError[] {
  const found: ValidationError[] = []
  const names = new Set<string>()
  let optional = false
  for (const [index, option] of options.entries()) {
    const at = [...path, index]
    if (names.has(option.name))
      found.push(
        validationError(at, 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS', 'Option name already exists'),
      )
    names.add(option.name)
    if (option.required && optional)
      found.push(
        validationError(
          at,
          'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
          'Required options must be placed before non-required options',
        ),
      )
    optional ||= !option.required && !nests(option)
    found.push(...validateOption(option, at))
  }
  if (options.some(nests) && !options.every(nests))
    found.push(
      validationError(
        path,
        'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
        'Sub-command and sub-command group option types are mutually exclusive to all other types',
      ),
    )
  return found
}

function validateOption(option: Option, at: Path): ValidationError[] {
  const found = validateName(option.name, [...at, 'name'])
  for (const [locale, name] of Object.entries(option.name_localizations ?? {}))
    found.push(...validateName(name, [...at, 'name_localizations', locale]))
  if (option.description.trim() === '') found.push(required([...at, 'description']))
  if (option.autocomplete && option.choices?.length)
    found.push(
      validationError(
        at,
        'APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES_INVALID',
        'Autocomplete options cannot have choices',
      ),
    )
  found.push(...validateChoices(option, at), ...validateRange(option, at))
  return [...found, ...validateOptions(option.options ?? [], [...at, 'options'])]
}

function validateChoices({ choices }: Option, at: Path): ValidationError[] {
  const found: ValidationError[] = []
  const names = new Set<string>()
  for (const [index, { name, value }] of (choices ?? []).entries()) {
    const path = [...at, 'choices', index]
    if (names.has(name))
      found.push(
        validationError(
          path,
          'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_EXISTS',
          'Option choice name already exists',
        ),
      )
    names.add(name)
    if (name.trim() === '') found.push(required([...path, 'name']))
    if (value === '') found.push(required([...path, 'value']))
    if (typeof value === 'string' && value.length > maxChoiceText)
      found.push(tooLong([...path, 'value'], maxChoiceText))
  }
  return found
}

function validateRange(option: Option, at: Path): ValidationError[] {
  const wrong = (name: string) =>
    validationError([...at, name], 'APPLICATION_COMMAND_OPTIONS_MIN_MAX_INVALID', 'Minimum exceeds maximum')
  const found: ValidationError[] = []
  if ((option.min_value ?? -Infinity) > (option.max_value ?? Infinity)) found.push(wrong('min_value'))
  if ((option.min_length ?? -Infinity) > (option.max_length ?? Infinity)) found.push(wrong('min_length'))
  return found
}
