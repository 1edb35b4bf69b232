import { expect, test } from 'vitest'
import { validateChoices } from '../../src/validation/choices.ts'
import { validateModal } from '../../src/validation/modal.ts'
import { errorsOf } from './errors-of.ts'

const input = (custom_id: string, more: object = {}) => ({
  type: 4,
  style: 1,
  custom_id,
  label: 'Note',
  ...more,
})
const row = (...components: object[]) => ({ type: 1, components })
const modal = (more: object = {}) => ({
  custom_id: 'm',
  title: 'Share',
  components: [row(input('note'))],
  ...more,
})
const validate = (body: unknown) => errorsOf(() => validateModal(body))

test('a modal has a short title and up to five fields', () => {
  expect(validate(modal())).toEqual([])
  expect(validate(modal({ title: 'x'.repeat(46) }))).toEqual(['data.title BASE_TYPE_MAX_LENGTH'])
  expect(validate(modal({ components: [] }))).toEqual(['data.components BASE_TYPE_MIN_LENGTH'])
  const six = Array.from({ length: 6 }, (_, index) => row(input(`f${index}`)))
  expect(validate(modal({ components: six }))).toEqual(['data.components BASE_TYPE_BAD_LENGTH'])
})

test('its fields stand one in a row, labelled, under different ids', () => {
  expect(validate(modal({ components: [row(input('a'), input('b'))] }))).toEqual([
    'data.components.0.components BASE_TYPE_BAD_LENGTH',
  ])
  expect(validate(modal({ components: [row({ type: 4, style: 1, custom_id: 'a' })] }))).toEqual([
    'data.components.0.components.0.label BASE_TYPE_REQUIRED',
  ])
  expect(validate(modal({ components: [row(input('a')), row(input('a'))] }))).toEqual([
    'data.components.1.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED',
  ])
  expect(validate(modal({ components: [row(input('a', { value: 'xxx', max_length: 2 }))] }))).toEqual([
    'data.components.0.components.0.value BASE_TYPE_BAD_LENGTH',
  ])
  const labelled = { type: 18, label: 'Note', component: { type: 4, style: 2, custom_id: 'a' } }
  expect(validate(modal({ components: [labelled] }))).toEqual([])
})

test('choices are 25 at most, named, and of the type that is asked for', () => {
  const choice = (name: string, value: unknown = name) => ({ name, value })
  const choices = (...list: object[]) => errorsOf(() => validateChoices({ choices: list }, 3))
  expect(choices()).toEqual([])
  expect(choices(choice('a'))).toEqual([])
  expect(choices(choice('x'.repeat(101), 'v'))).toEqual(['data.choices.0.name BASE_TYPE_MAX_LENGTH'])
  expect(choices(choice('a', 'x'.repeat(101)))).toEqual(['data.choices.0.value BASE_TYPE_MAX_LENGTH'])
  expect(choices(choice(' ', 'v'))).toEqual(['data.choices.0.name BASE_TYPE_REQUIRED'])
  expect(choices(choice('a', 1))).toEqual(['data.choices.0.value STRING_TYPE_CONVERT'])
  expect(choices(...Array.from({ length: 26 }, (_, index) => choice(`c${index}`)))).toEqual([
    'data.choices BASE_TYPE_MAX_LENGTH',
  ])
  expect(errorsOf(() => validateChoices({ choices: [choice('a', 1)] }, 4))).toEqual([])
})
