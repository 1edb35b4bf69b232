import fc from 'fast-check'
import { expect, test } from 'vitest'
import { validateCommand, validateCommands } from '../../src/validation/commands.ts'
import { complaints } from './complaints.ts'

const slash = (more: object = {}) => ({ name: 'paper', description: 'Find a paper', ...more })
const text = (name: string, more: object = {}) => ({ type: 3, name, description: 'x', ...more })
const judge = (...commands: object[]) => complaints(() => validateCommands(commands))

test('names of slash commands and options are lower case and of letters, digits, - and _', () => {
  expect(judge(slash(), slash({ name: 'журнал' }), slash({ name: 'post-now_2' }))).toEqual([])
  for (const name of ['Paper', 'two words', 'a!', '👍'])
    expect(judge(slash({ name }))).toEqual(['0.name APPLICATION_COMMAND_INVALID_NAME'])
  expect(judge(slash({ name: 'x'.repeat(33) }))).toEqual(['0.name BASE_TYPE_MAX_LENGTH'])
  expect(judge(slash({ options: [text('Query')] }))).toEqual([
    '0.options.0.name APPLICATION_COMMAND_INVALID_NAME',
  ])
  expect(judge(slash({ name_localizations: { de: 'Aufsatz' } }))).toEqual([
    '0.name_localizations.de APPLICATION_COMMAND_INVALID_NAME',
  ])
  expect(judge(slash({ name_localizations: { xx: 'aufsatz' } }))).toEqual([
    '0.name_localizations.xx BASE_TYPE_CHOICES',
  ])
})

test('slash commands and options are described, menu entries are not', () => {
  expect(judge({ name: 'paper' })).toEqual(['0.description BASE_TYPE_BAD_LENGTH'])
  expect(judge(slash({ description: ' ' }))).toEqual(['0.description BASE_TYPE_BAD_LENGTH'])
  expect(judge(slash({ description: 'x'.repeat(101) }))).toEqual(['0.description BASE_TYPE_MAX_LENGTH'])
  expect(judge(slash({ options: [text('query', { description: ' ' })] }))).toEqual([
    '0.options.0.description BASE_TYPE_REQUIRED',
  ])
  expect(judge({ type: 3, name: 'Find papers' })).toEqual([])
  expect(judge({ type: 3, name: 'Find papers', description: 'x' })).toEqual([
    '0.description BASE_TYPE_MAX_LENGTH',
  ])
})

test('required options come first, and no two have one name', () => {
  const needed = text('a', { required: true })
  expect(judge(slash({ options: [needed, text('b')] }))).toEqual([])
  expect(judge(slash({ options: [text('b'), needed] }))).toEqual([
    '0.options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
  ])
  expect(judge(slash({ options: [text('a'), text('a')] }))).toEqual([
    '0.options.1 APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
  ])
  expect(judge(slash({ options: Array.from({ length: 26 }, (_, index) => text(`o${index}`)) }))).toEqual([
    '0.options BASE_TYPE_MAX_LENGTH',
  ])
})

test('subcommands stand alone, and their options are judged too', () => {
  const sub = (...options: object[]) => ({ type: 1, name: 'set', description: 'x', options })
  expect(judge(slash({ options: [sub(text('a', { required: true }), text('b'))] }))).toEqual([])
  expect(judge(slash({ options: [sub(), text('a')] }))).toEqual([
    '0.options APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
  ])
  expect(judge(slash({ options: [sub(text('b'), text('a', { required: true }))] }))).toEqual([
    '0.options.0.options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
  ])
})

test('choices are few, short, different, and exclude autocomplete', () => {
  const choice = (name: string, value = name) => ({ name, value })
  expect(judge(slash({ options: [text('a', { choices: [choice('x')], autocomplete: true })] }))).toEqual([
    '0.options.0 APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES_INVALID',
  ])
  expect(judge(slash({ options: [text('a', { choices: [choice('x'), choice('x')] })] }))).toEqual([
    '0.options.0.choices.1 APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_EXISTS',
  ])
  expect(judge(slash({ options: [text('a', { choices: [choice('x', 'v'.repeat(101))] })] }))).toEqual([
    '0.options.0.choices.0.value BASE_TYPE_MAX_LENGTH',
  ])
  const many = Array.from({ length: 26 }, (_, index) => choice(`c${index}`))
  expect(judge(slash({ options: [text('a', { choices: many })] }))).toEqual([
    '0.options.0.choices BASE_TYPE_MAX_LENGTH',
  ])
})

test('permissions are text, as Discord sends and takes them', () => {
  expect(judge(slash({ default_member_permissions: '32' }))).toEqual([])
  expect(judge(slash({ default_member_permissions: null }))).toEqual([])
  expect(judge(slash({ default_member_permissions: 'ManageGuild' }))).not.toEqual([])
  expect(judge(slash({ contexts: [7] }))).toEqual(['0.contexts.0 BASE_TYPE_CHOICES'])
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
  expect(judge(slash({ options: wide }))).toEqual(['0 APPLICATION_COMMAND_TOO_LARGE'])
  expect(judge(slash(), slash())).toEqual(['1 APPLICATION_COMMANDS_DUPLICATE_NAME'])
  expect(judge(slash(), { type: 3, name: 'paper' })).toEqual([])
  const many = Array.from({ length: 101 }, (_, index) => slash({ name: `c${index}` }))
  expect(judge(...many)).toEqual(['BASE_TYPE_MAX_LENGTH'])
})

test('a change is judged with what stands there already', () => {
  const standing = slash({ options: [text('a')] })
  const patch = (change: object) => complaints(() => validateCommand(change, standing))
  expect(patch({ description: 'Look for a paper' })).toEqual([])
  expect(patch({ name: 'No' })).toEqual(['name APPLICATION_COMMAND_INVALID_NAME'])
})

test('whatever is sent, it is judged', () => {
  fc.assert(fc.property(fc.jsonValue(), body => void complaints(() => validateCommands(body))))
  const near = fc.record({
    name: fc.string(),
    description: fc.option(fc.string()),
    type: fc.nat(5),
    options: fc.array(
      fc.record({ type: fc.nat(12), name: fc.string(), options: fc.jsonValue(), choices: fc.jsonValue() }),
    ),
  })
  fc.assert(fc.property(fc.array(near), body => void complaints(() => validateCommands(body))))
})
