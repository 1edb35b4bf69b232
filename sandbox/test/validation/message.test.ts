import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { validateMessage } from '../../src/validation/message.ts'
import { errorsOf } from './errors-of.ts'

const create = (body: unknown, files = 0) => errorsOf(() => validateMessage(body, 'create', files))
const button = (custom_id: string, more: object = {}) => ({
  type: 2,
  style: 1,
  label: 'x',
  custom_id,
  ...more,
})
const row = (...components: object[]) => ({ type: 1, components })
const option = (value: string) => ({ label: value, value })

describe('content', () => {
  test('fits in 2000 characters and says something', () => {
    expect(create({ content: 'x'.repeat(2000) })).toEqual([])
    expect(create({ content: 'x'.repeat(2001) })).toEqual(['content BASE_TYPE_MAX_LENGTH'])
    expect(create({ content: 7 })).toEqual(['content STRING_TYPE_CONVERT'])
    for (const empty of [{}, { content: '' }, { content: ' \n' }, { embeds: [] }, undefined])
      expect(create(empty)).toEqual(['50006'])
    expect(create({}, 1)).toEqual([])
  })

  test('an edit may leave everything out', () => {
    expect(errorsOf(() => validateMessage({}, 'edit', 0))).toEqual([])
  })
})

describe('embeds', () => {
  test('each part has its limit', () => {
    expect(create({ embeds: [{ title: 'x'.repeat(257) }] })).toEqual(['embeds.0.title BASE_TYPE_MAX_LENGTH'])
    expect(create({ embeds: [{ description: 'x'.repeat(4097) }] })).toEqual([
      'embeds.0.description BASE_TYPE_MAX_LENGTH',
    ])
    const field = { name: 'n', value: 'v' }
    expect(create({ embeds: [{ fields: Array(26).fill(field) }] })).toEqual([
      'embeds.0.fields BASE_TYPE_MAX_LENGTH',
    ])
    expect(create({ embeds: Array(11).fill({ title: 'x' }) })).toEqual(['embeds BASE_TYPE_MAX_LENGTH'])
  })

  test('together they have 6000 characters', () => {
    const long = { description: 'x'.repeat(3000) }
    expect(create({ embeds: [long, long] })).toEqual([])
    expect(create({ embeds: [long, long, { title: 'x' }] })).toEqual(['embeds MAX_EMBED_SIZE_EXCEEDED'])
  })

  test('fields and the embed itself are not empty', () => {
    expect(create({ embeds: [{ title: 't', fields: [{ name: ' ', value: '' }] }] })).toEqual([
      'embeds.0.fields.0.name BASE_TYPE_REQUIRED',
      'embeds.0.fields.0.value BASE_TYPE_REQUIRED',
    ])
    expect(create({ embeds: [{}] })).toEqual(['embeds.0.description BASE_TYPE_REQUIRED'])
    expect(create({ embeds: [{ color: 1 }] })).toEqual(['embeds.0.description BASE_TYPE_REQUIRED'])
  })

  test('links lead to the web', () => {
    expect(create({ embeds: [{ title: 't', url: 'javascript:alert(1)' }] })).toEqual([
      'embeds.0.url URL_TYPE_INVALID_SCHEME',
    ])
    expect(create({ embeds: [{ title: 't', url: 'not a link' }] })).toEqual([
      'embeds.0.url URL_TYPE_INVALID_URL',
    ])
    for (const url of ['http://nas/paper.pdf', 'http://localhost:3000', 'https://[::1]/a'])
      expect(create({ embeds: [{ title: 't', url }] })).toEqual(['embeds.0.url URL_TYPE_INVALID_URL'])
    expect(create({ embeds: [{ title: 't', url: 'http://192.168.1.5:8080/paper.pdf' }] })).toEqual([])
    expect(create({ embeds: [{ title: 't', image: { url: 'attachment://a.png' } }] })).toEqual([])
    expect(create({ embeds: [{ title: 't', timestamp: 'today' }] })).toEqual([
      'embeds.0.timestamp DATE_TIME_TYPE_PARSE',
    ])
  })
})

describe('components', () => {
  const validate = (...components: object[]) => create({ content: 'x', components })

  test('five rows of five buttons', () => {
    const rows = (count: number) => Array.from({ length: count }, (_, index) => row(button(`b${index}`)))
    expect(validate(...rows(5))).toEqual([])
    expect(validate(...rows(6))).toEqual(['components BASE_TYPE_BAD_LENGTH'])
    expect(validate(row(...Array.from({ length: 6 }, (_, index) => button(`b${index}`))))).toEqual([
      'components.0.components BASE_TYPE_MAX_LENGTH',
    ])
    expect(validate(row())).toEqual(['components.0.components BASE_TYPE_MIN_LENGTH'])
  })

  test('custom ids are unique in the message', () => {
    expect(validate(row(button('a')), row(button('a')))).toEqual([
      'components.1.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED',
    ])
    expect(validate(row(button('x'.repeat(101))))).toEqual([
      'components.0.components.0.custom_id BASE_TYPE_MAX_LENGTH',
    ])
  })

  test('a link button has an address and no custom id, others the reverse', () => {
    const link = { type: 2, style: 5, label: 'x' }
    expect(validate(row({ ...link, url: 'https://arxiv.org' }))).toEqual([])
    expect(validate(row(link))).toEqual(['components.0.components.0.url BUTTON_COMPONENT_URL_REQUIRED'])
    expect(validate(row({ ...link, url: 'https://arxiv.org', custom_id: 'a' }))).toEqual([
      'components.0.components.0.custom_id BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
    ])
    expect(validate(row({ type: 2, style: 1, label: 'x' }))).toEqual([
      'components.0.components.0.custom_id BUTTON_COMPONENT_CUSTOM_ID_REQUIRED',
    ])
    expect(validate(row({ ...link, url: 'ftp://example.org' }))).toEqual([
      'components.0.components.0.url URL_TYPE_INVALID_SCHEME',
    ])
  })

  test('a button shows a label or an emoji', () => {
    expect(validate(row({ type: 2, style: 1, custom_id: 'a' }))).toEqual([
      'components.0.components.0.label BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED',
    ])
    expect(validate(row({ type: 2, style: 1, custom_id: 'a', emoji: { name: '👍' } }))).toEqual([])
    expect(validate(row(button('a', { emoji: { name: 'thumbs' } })))).toEqual([
      'components.0.components.0.emoji.name COMPONENT_INVALID_EMOJI',
    ])
    expect(validate(row(button('a', { style: 9 })))).toEqual([
      'components.0.components.0.style BASE_TYPE_CHOICES',
    ])
  })

  test('a menu fills its row and has up to 25 different options', () => {
    const menu = (count: number, more: object = {}) => ({
      type: 3,
      custom_id: 'm',
      options: Array.from({ length: count }, (_, index) => option(`v${index}`)),
      ...more,
    })
    expect(validate(row(menu(25)))).toEqual([])
    expect(validate(row(menu(26)))).toEqual(['components.0.components.0.options BASE_TYPE_MAX_LENGTH'])
    expect(validate(row(menu(2), button('a')))).toEqual([
      'components.0.components.1 COMPONENT_LAYOUT_WIDTH_EXCEEDED',
    ])
    expect(validate(row(menu(0, { options: [option('a'), option('a')] })))).toEqual([
      'components.0.components.0.options.1.value SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
    ])
    expect(validate(row(menu(2, { min_values: 2, max_values: 1 })))).toEqual([
      'components.0.components.0.min_values SELECT_COMPONENT_MIN_VALUES_MORE_THAN_MAX',
    ])
  })

  test('an unknown type is named where it stands', () => {
    expect(validate({ type: 99 })).toEqual(['components.0.type UNION_TYPE_CHOICES'])
    expect(validate(row({ type: 2, style: 'blue' }))).toContain(
      'components.0.components.0.style BASE_TYPE_CHOICES',
    )
  })

  test('the new kinds of component need their flag, and exclude content', () => {
    const text = { type: 10, content: 'hello' }
    expect(validate(text)).toEqual(['components.0.type BASE_TYPE_CHOICES'])
    expect(create({ components: [text], flags: 1 << 15 })).toEqual([])
    expect(create({ content: 'x', components: [text], flags: 1 << 15 })).toEqual([
      'content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ])
  })
})

test('mentions are either parsed or listed', () => {
  expect(create({ content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } })).toEqual([
    'allowed_mentions MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
  ])
  expect(create({ content: 'x', allowed_mentions: { parse: ['nobody'] } })).toEqual([
    'allowed_mentions.parse.0 BASE_TYPE_CHOICES',
  ])
})

test('a nonce has at most 25 characters', () => {
  expect(create({ content: 'x', nonce: 'x'.repeat(25), enforce_nonce: true })).toEqual([])
  expect(create({ content: 'x', nonce: 'x'.repeat(26) })).toEqual(['nonce BASE_TYPE_MAX_LENGTH'])
})

test('a poll asks something and offers short answers', () => {
  const poll = (...answers: string[]) => ({
    poll: { question: { text: 'Which?' }, answers: answers.map(text => ({ poll_media: { text } })) },
  })
  expect(create(poll('a', 'b'))).toEqual([])
  expect(create(poll('x'.repeat(56)))).toEqual(['poll.answers.0.poll_media.text BASE_TYPE_MAX_LENGTH'])
  expect(create(poll())).toEqual(['poll.answers BASE_TYPE_MIN_LENGTH'])
  expect(create({ poll: { question: {}, answers: [{ poll_media: { text: 'a' } }] } })).toEqual([
    'poll.question.text BASE_TYPE_REQUIRED',
  ])
})

test('whatever is sent, it is judged: no body makes the judge itself fail', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom('create', 'edit', 'reply', 'update', 'webhook-edit'),
      (body, kind) => {
        errorsOf(() => validateMessage(body, kind as 'create', 0))
      },
    ),
  )
  const parts = fc.record(
    {
      content: fc.jsonValue(),
      embeds: fc.array(fc.record({ title: fc.jsonValue(), fields: fc.jsonValue(), image: fc.jsonValue() })),
      components: fc.array(fc.record({ type: fc.nat(20), components: fc.array(fc.jsonValue()) })),
      poll: fc.jsonValue(),
      nonce: fc.jsonValue(),
    },
    { requiredKeys: [] },
  )
  fc.assert(fc.property(parts, body => void create(body)))
})
