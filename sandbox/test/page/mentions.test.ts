import type { APIRole } from 'discord-api-types/v10'
import { describe, expect, it } from 'vitest'
import type { BasicOption } from '../../src/page/browser/composer/leaves.ts'
import {
  complete,
  decodeMentions,
  encodeMentions,
  mentionOffers,
  tokenAt,
} from '../../src/page/browser/composer/mentions.ts'
import { type Known, offersFor } from '../../src/page/browser/composer/offers.ts'
import type { ChannelView, MemberView } from '../../src/person-api.ts'

const member = (id: string, username: string, shown: string): MemberView => ({
  user: { id, username, global_name: shown, discriminator: '0', avatar: null },
  nick: null,
  roles: [],
})
const channel = (id: string, name: string, type: number) =>
  ({ id, name, type, permissions: '0', canSend: true }) as ChannelView
const known: Known = {
  members: [member('11', 'ada', 'Ada'), member('12', 'ada.b', 'Ada B.'), member('13', 'lectern', 'Lectern')],
  roles: [
    { id: '1', name: '@everyone' },
    { id: '2', name: 'Organiser' },
  ] as APIRole[],
  channels: [channel('21', 'papers', 0), channel('22', 'journal-club', 15)],
  guildId: '1',
}

describe('names in a message', () => {
  it('are noticed while they are typed', () => {
    expect(tokenAt('hello @le', 9)).toEqual({ start: 6, end: 9, mark: '@', text: 'le' })
    expect(tokenAt('#', 1)).toEqual({ start: 0, end: 1, mark: '#', text: '' })
    expect(tokenAt('mail@host', 9)).toBeUndefined()
    expect(tokenAt('@ada said', 9)).toBeUndefined()
  })

  it('are offered and completed where the cursor stands', () => {
    const token = tokenAt('hello @LE there', 9)!
    expect(mentionOffers(token, known).map(({ label }) => label)).toEqual(['Lectern'])
    expect(complete('hello @LE there', token, 'Lectern')).toEqual({ text: 'hello @Lectern there', caret: 15 })
  })

  it('become mentions, longer names first, and only whole names', () => {
    expect(encodeMentions('@Ada B. and @ada, see #papers', known)).toBe('<@12> and <@11>, see <#21>')
    expect(encodeMentions('@Adaline x@ada #paperss', known)).toBe('@Adaline x@ada #paperss')
  })

  it('become names again for editing', () => {
    const ids = { ...known, members: [member('123456789012345678', 'ada', 'Ada')] }
    expect(decodeMentions('<@123456789012345678> <@987654321098765432>', ids)).toBe(
      '@Ada <@987654321098765432>',
    )
  })
})

describe('what an option’s list offers', () => {
  const of = (type: number, text: string, rest: object = {}) =>
    offersFor({ type, name: 'x', description: 'x', ...rest } as BasicOption, text, known).map(
      ({ label }) => label,
    )

  it('is flags, people, roles without @everyone, channels of the right kind, or choices', () => {
    expect(of(5, '')).toEqual(['True', 'False'])
    expect(of(5, 'f')).toEqual(['False'])
    expect(of(6, 'ada')).toEqual(['Ada', 'Ada B.'])
    expect(of(8, '')).toEqual(['@Organiser'])
    expect(of(7, '')).toEqual(['#papers', '#journal-club'])
    expect(of(7, '', { channel_types: [15] })).toEqual(['#journal-club'])
    expect(
      of(3, 'new', {
        choices: [
          { name: 'Oldest', value: 'o' },
          { name: 'Newest', value: 'n' },
        ],
      }),
    ).toEqual(['Newest'])
    expect(of(9, 'org')).toEqual(['@Organiser'])
  })
})
