import {
  InteractionApplicationCommandAutocompleteCallbackIntegerDataSchema,
  InteractionApplicationCommandAutocompleteCallbackNumberDataSchema,
  InteractionApplicationCommandAutocompleteCallbackStringDataSchema,
} from 'discord-api-spec/zod'
import { ApplicationCommandOptionType as Type } from 'discord-api-types/v10'
import { z } from 'zod'
import type { ZodMiniType } from 'zod/mini'
import { check, errorsOf, readAs, required, tooLong, type ValidationError } from './form.ts'

const ChoicesBody = z.looseObject({
  choices: z.array(z.looseObject({ name: z.string(), value: z.union([z.string(), z.number()]) })).nullish(),
})

export type Choices = NonNullable<z.infer<typeof ChoicesBody>['choices']>

const schemas: Partial<Record<number, ZodMiniType>> = {
  [Type.Integer]: InteractionApplicationCommandAutocompleteCallbackIntegerDataSchema,
  [Type.Number]: InteractionApplicationCommandAutocompleteCallbackNumberDataSchema,
}

/**
 * @param type of the option that is being typed
 * @throws Refusal 50035
 */
export function validateChoices(raw: unknown, type: number): Choices {
  const schema = schemas[type] ?? InteractionApplicationCommandAutocompleteCallbackStringDataSchema
  check(errorsOf(schema, raw ?? {}, ['data']))
  const choices = readAs(ChoicesBody, raw ?? {}, ['data']).choices ?? []
  const found = choices.flatMap(({ name, value }, index): ValidationError[] => {
    const path = ['data', 'choices', index]
    const blank = name.trim() === '' ? [required([...path, 'name'])] : []
    if (value === '') return [...blank, required([...path, 'value'])]
    const long = typeof value === 'string' && value.length > 100
    return long ? [...blank, tooLong([...path, 'value'], 100)] : blank
  })
  check(found)
  return choices
}
