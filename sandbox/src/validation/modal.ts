import { ModalInteractionCallbackRequestDataSchema } from 'discord-api-spec/zod'
import { z } from 'zod'
import { Component } from './body.ts'
import { duplicated, walk } from './components.ts'
import {
  badLength,
  check,
  errorsOf,
  readAs,
  required,
  type ValidationError,
  validationError,
} from './form.ts'

export const ModalBody = z.looseObject({
  custom_id: z.string(),
  title: z.string(),
  components: z.array(Component),
})

export type ModalBody = z.infer<typeof ModalBody>

const maxParts = 5
const textInput = 4
const actionRow = 1

/** @throws Refusal 50035 */
export function validateModal(raw: unknown): ModalBody {
  check(errorsOf(ModalInteractionCallbackRequestDataSchema, raw, ['data']))
  const modal = readAs(ModalBody, raw, ['data'])
  const found: ValidationError[] = []
  if (modal.title.trim() === '') found.push(required(['data', 'title']))
  if (modal.components.length > maxParts) found.push(badLength(['data', 'components'], 1, maxParts))
  const rows = modal.components.entries().filter(([, part]) => part.type === actionRow)
  check([
    ...found,
    ...[...rows].flatMap(([index, part]) => validateRow(part, index)),
    ...validateFields(modal),
  ])
  return modal
}

/** A row of a form holds one text input, whose label stands beside it. */
function validateRow(row: Component, index: number): ValidationError[] {
  const path = ['data', 'components', index, 'components']
  const [first, ...more] = row.components ?? []
  const found = first === undefined || more.length > 0 ? [badLength(path, 1, 1)] : []
  return first?.label?.trim() ? found : [...found, required([...path, 0, 'label'])]
}

function validateFields(modal: ModalBody): ValidationError[] {
  const seen = new Set<string>()
  return [...walk(modal.components, ['data', 'components'])].flatMap(({ component, path }) => {
    const id = component.custom_id
    if (id == null) return []
    const found = component.type === textInput ? validateTextInput(component, path) : []
    if (seen.has(id)) found.push(duplicated(path))
    seen.add(id)
    return found
  })
}

function validateTextInput(input: Component, path: readonly (string | number)[]): ValidationError[] {
  const length = typeof input.value === 'string' ? input.value.length : undefined
  const found: ValidationError[] = []
  if ((input.min_length ?? 0) > (input.max_length ?? Infinity))
    found.push(
      validationError([...path, 'min_length'], 'TEXT_INPUT_MIN_MAX_INVALID', 'Minimum exceeds maximum'),
    )
  if (length !== undefined && length > (input.max_length ?? Infinity))
    found.push(badLength([...path, 'value'], input.min_length ?? 0, input.max_length ?? 4000))
  return found
}
