import fc from 'fast-check'
import { expect, test } from 'vitest'
import { validateCommand, validateCommands } from '../../src/validation/commands.ts'
import { errorsOf } from './errors-of.ts'

const slash = (more: object = {}) => ({ name: 'paper', description: 'Find a paper', ...more })
const text = (name: string, more: object = {}) => ({ type: 3, name, description: 'x', ...more })
const validate = (...commands: object[]) => errorsOf(() => validateCommands(commands))

test('names of slash commands and options are lower case and of letters, digits, - and _', () => {
  expect(validate(slash(), slash({ name: 'журнал' }), slash({ name: 'post-now_2' }))).toEqual([])
  for (const name of ['Paper', 'two words', 'a!', '👍'])
    expect(validate(slash({ name }))).toEqual(['0.name APPLICATION_COMMAND_INVALID_NAME'])
  expect(validate(slash({ name: 'x'.repeat(33) }))).toEqual(['0.name BASE_TYPE_MAX_LENGTH'])
  expect(validate(slash({ options: [text('Query')] }))).toEqual([
    '0.options.0.name APPLICATION_COMMAND_INVALID_NAME',
  ])
  expect(validate(slash({ name_localizations: { de: 'Aufsatz' } }))).toEqual([
    '0.name_localizations.de APPLICATION_COMMAND_INVALID_NAME',
  ])
  expect(validate(slash({ name_localizations: { xx: 'aufsatz' } }))).toEqual([
    '0.name_localizations.xx BASE_TYPE_CHOICES',
  ])
})

test('slash commands and options are described, menu entries are not', () => {
  expect(validate({ name: 'paper' })).toEqual(['0.description BASE_TYPE_BAD_LENGTH'])
  expect(validate(slash({ description: ' ' }))).toEqual(['0.description BASE_TYPE_BAD_LENGTH'])
  expect(validate(slash({ description: 'x'.repeat(101) }))).toEqual(['0.description BASE_TYPE_MAX_LENGTH'])
  expect(validate(slash({ options: [text('query', { description: ' ' })] }))).toEqual([
    '0.options.0.description BASE_TYPE_REQUIRED',
  ])
  expect(validate({ type: 3, name: 'Find papers' })).toEqual([])
  expect(validate({ type: 3, name: 'Find papers', description: 'x' })).toEqual([
    '0.description BASE_TYPE_MAX_LENGTH',
  ])
})

test('required options come first, and no two have one name', () => {
  const needed = text('a', { required: true })
  expect(validate(slash({ options: [needed, text('b')] }))).toEqual([])
  expect(validate(slash({ options: [text('b'), needed] }))).toEqual([
    '0.options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
  ])
  expect(validate(slash({ options: [text('a'), text('a')] }))).toEqual([
    '0.options.1 APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
  ])
  expect(validate(slash({ options: Array.from({ length: 26 }, (_, index) => text(`o${index}`)) }))).toEqual([
    '0.options BASE_TYPE_MAX_LENGTH',
  ])
})

test('subcommands stand alone, and their options are judged too', () => {
  const sub = (...options: object[]) => ({ type: 1, name: 'set', description: 'x', options })
  expect(validate(slash({ options: [sub(text('a', { required: true }), text('b'))] }))).toEqual([])
  expect(validate(slash({ options: [sub(), text('a')] }))).toEqual([
    '0.options APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
  ])
  expect(validate(slash({ options: [sub(text('b'), text('a', { required: true }))] }))).toEqual([
    '0.options.0.options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
  ])
})

test('choices are few, short, different, and exclude autocomplete', () => {
  const choice = (name: string, value = name) => ({ name, value })
  expect(validate(slash({ options: [text('a', { choices: [choice('x')], autocomplete: true })] }))).toEqual([
    '0.options.0 APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES_INVALID',
  ])
  expect(validate(slash({ options: [text('a', { choices: [choice('x'), choice('x')] })] }))).toEqual([
    '0.options.0.choices.1 APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_EXISTS',
  ])
  expect(validate(slash({ options: [text('a', { choices: [choice('x', 'v'.repeat(101))] })] }))).toEqual([
    '0.options.0.choices.0.value BASE_TYPE_MAX_LENGTH',
  ])
  const many = Array.from({ length: 26 }, (_, index) => choice(`c${index}`))
  expect(validate(slash({ options: [text('a', { choices: many })] }))).toEqual([
    '0.options.0.choices BASE_TYPE_MAX_LENGTH',
  ])
})

test('permissions are text, as Discord sends and takes them', () => {
  expect(validate(slash({ default_member_permissions: '32' }))).toEqual([])
  expect(validate(slash({ default_member_permissions: null }))).toEqual([])
  expect(validate(slash({ default_member_permissions: 'ManageGuild' }))).not.toEqual([])
  expect(validate(slash({ contexts: [7] }))).toEqual(['0.contexts.0 BASE_TYPE_CHOICES'])
})

test('a command has 8000 characters, a list 100 commands and no name twice', () => {
  const wide = Array.from({ length: 25 }, (_, index) =>
    text(`o${index}`, {
      description: 'd'.repeat(100),
      choices: [
        { name: 'n'.repeat(100), value: 'v'.repeat(100) },
        { name: `m${'n'.repeat(60)}`, value: 'v' },
      ],
    }),
  )
  expect(validate(slash({ options: wide }))).toEqual(['0 APPLICATION_COMMAND_TOO_LARGE'])
  expect(validate(slash(), slash())).toEqual(['1 APPLICATION_COMMANDS_DUPLICATE_NAME'])
  expect(validate(slash(), { type: 3, name: 'paper' })).toEqual([])
  const many = Array.from({ length: 101 }, (_, index) => slash({ name: `c${index}` }))
  expect(validate(...many)).toEqual(['BASE_TYPE_MAX_LENGTH'])
})

test('a change is judged with what stands there already', () => {
  const standing = slash({ options: [text('a')] })
  const patch = (change: object) => errorsOf(() => validateCommand(change, standing))
  expect(patch({ description: 'Look for a paper' })).toEqual([])
  expect(patch({ name: 'No' })).toEqual(['name APPLICATION_COMMAND_INVALID_NAME'])
})

test('whatever is sent, it is judged', () => {
  fc.assert(fc.property(fc.jsonValue(), body => void errorsOf(() => validateCommands(body))))
  const near = fc.record({
    name: fc.string(),
    description: fc.option(fc.string()),
    type: fc.nat(5),
    options: fc.array(
      fc.record({ type: fc.nat(12), name: fc.string(), options: fc.jsonValue(), choices: fc.jsonValue() }),
    ),
  })
  fc.assert(fc.property(fc.array(near), body => void errorsOf(() => validateCommands(body))))
})
