import type { APIApplicationCommandOption } from 'discord-api-types/v10'
import { describe, expect, it } from 'vitest'
import {
  addable,
  addField,
  draftText,
  problemsOf,
  removeField,
  setChosen,
  setText,
  startDraft,
  typedOf,
} from '../../src/page/browser/composer/draft.ts'
import { leavesOf, matching, mostUsedFirst, reached } from '../../src/page/browser/composer/leaves.ts'
import type { CommandView } from '../../src/person-api.ts'

const option = (type: number, name: string, rest: object = {}) =>
  ({ type, name, description: name, ...rest }) as APIApplicationCommandOption

const command = (name: string, options: APIApplicationCommandOption[] = [], type = 1) =>
  ({ id: `id-${name}`, name, description: `What ${name} does`, type, options }) as unknown as CommandView

const commands = [
  command('picks', [
    option(1, 'show'),
    option(2, 'channel', {
      options: [option(1, 'add', { options: [option(7, 'where', { required: true })] })],
    }),
  ]),
  command('paper', [
    option(3, 'query', { required: true, autocomplete: true, min_length: 2, max_length: 20 }),
    option(5, 'private'),
    option(4, 'count', { min_value: 1, max_value: 10 }),
    option(10, 'ratio'),
    option(3, 'sort', { choices: [{ name: 'Newest first', value: 'new' }] }),
  ]),
  command('Find papers', [], 3),
]
const leaves = leavesOf(commands)
const paper = leaves.find(({ path }) => path === 'paper')!

describe('the commands one can type', () => {
  it('are slash commands, one for each subcommand', () => {
    expect(leaves.map(({ path }) => path)).toEqual(['picks show', 'picks channel add', 'paper'])
    expect(leaves[1]).toMatchObject({ group: 'channel', subcommand: 'add' })
  })

  it('are found by the start of their name, then by any part, then by what they do', () => {
    expect(matching(leaves, '').map(({ path }) => path)).toEqual(['picks show', 'picks channel add', 'paper'])
    expect(matching(leaves, 'pi').map(({ path }) => path)).toEqual(['picks show', 'picks channel add'])
    expect(matching(leaves, 'ADD').map(({ path }) => path)).toEqual(['picks channel add'])
    expect(matching(leaves, 'what paper').map(({ path }) => path)).toEqual(['paper'])
    expect(matching(leaves, 'nothing')).toEqual([])
  })

  it('come most used first, then as the bot has them', () => {
    const paths = (uses: Record<string, number>) =>
      mostUsedFirst(leaves, new Map(Object.entries(uses))).map(({ path }) => path)
    expect(paths({})).toEqual(['picks show', 'picks channel add', 'paper'])
    expect(paths({ paper: 1, gone: 9 })).toEqual(['paper', 'picks show', 'picks channel add'])
    expect(paths({ paper: 1, 'picks channel add': 2 })).toEqual(['picks channel add', 'paper', 'picks show'])
  })

  it('are reached once a space ends the name', () => {
    expect(reached(leaves, '/paper')).toBeUndefined()
    expect(reached(leaves, '/papers ')).toBeUndefined()
    expect(reached(leaves, 'see /paper x')).toBeUndefined()
    expect(reached(leaves, '/paper kv  cache')).toMatchObject({ leaf: paper, rest: 'kv cache' })
    expect(reached(leaves, '/picks channel add ')?.leaf.path).toBe('picks channel add')
  })
})

describe('a command being filled in', () => {
  it('begins with its required options, and takes text for the first', () => {
    const draft = startDraft(paper, 'kv cache')
    expect(draft.fields.map(({ option: { name }, text }) => [name, text])).toEqual([['query', 'kv cache']])
    expect(addable(draft).map(({ name }) => name)).toEqual(['private', 'count', 'ratio', 'sort'])
    expect(typedOf(draft)).toEqual({ command: 'id-paper', options: { query: 'kv cache' } })
  })

  it('reads pairs of names and values', () => {
    const draft = startDraft(paper, 'kv cache count:3 other: x')
    expect(draft.fields.map(({ option: { name }, text }) => [name, text])).toEqual([
      ['query', 'kv cache'],
      ['count', '3 other: x'],
    ])
  })

  it('adds and removes what is optional only', () => {
    const added = addField(startDraft(paper), 'private')
    expect(added.fields).toHaveLength(2)
    expect(addField(added, 'private')).toBe(added)
    expect(removeField(added, 'private').fields).toHaveLength(1)
    expect(removeField(added, 'query').fields).toHaveLength(2)
  })

  it.each([
    ['query', '', 'This option is required.'],
    ['query', 'x', 'At least 2 characters.'],
    ['query', 'x'.repeat(21), 'At most 20 characters.'],
    ['count', '', 'Fill this in or remove it.'],
    ['count', '1.5', 'Enter a whole number.'],
    ['count', 'ten', 'Enter a whole number.'],
    ['count', '0', 'At least 1.'],
    ['count', '11', 'At most 10.'],
    ['ratio', 'x', 'Enter a number.'],
    ['private', 'maybe', 'Choose one from the list.'],
    ['sort', 'Newest', 'Choose one from the list.'],
  ])('says what is wrong with %s = %j', (name, text, problem) => {
    const draft = setText(addField(startDraft(paper, 'fine'), name), name, text)
    expect(problemsOf(draft)).toEqual(new Map([[name, problem]]))
  })

  it('sends numbers as numbers and choices as their values', () => {
    let draft = startDraft(paper, 'kv')
    for (const name of ['private', 'count', 'ratio', 'sort']) draft = addField(draft, name)
    draft = setText(setText(draft, 'count', ' 7 '), 'ratio', '0,5')
    draft = setChosen(setChosen(draft, 'private', 'False', false), 'sort', 'Newest first', 'new')
    expect(problemsOf(draft).size).toBe(0)
    expect(typedOf(draft).options).toEqual({ query: 'kv', private: false, count: 7, ratio: 0.5, sort: 'new' })
  })

  it('forgets a choice as soon as somebody types over it', () => {
    const chosen = setChosen(startDraft(paper), 'query', 'A title', '#1')
    expect(typedOf(chosen).options).toEqual({ query: '#1' })
    expect(typedOf(setText(chosen, 'query', 'A titl')).options).toEqual({ query: 'A titl' })
  })

  it('asks for suggestions with what stands in the field, even nothing', () => {
    expect(typedOf(startDraft(paper), 'query').options).toEqual({ query: '' })
  })

  it('turns into text again', () => {
    expect(draftText(startDraft(paper, 'kv cache'))).toBe('/paper kv cache')
  })
})
