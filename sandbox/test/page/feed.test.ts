import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sentText, timestampText } from '../../src/page/browser/markdown/time.ts'
import { formatRoute, parseRoute } from '../../src/page/browser/state/channels.ts'
import {
  continues,
  drop,
  edit,
  emptyFeed,
  type Feed,
  prepend,
  put,
} from '../../src/page/browser/state/feed.ts'
import type { MessageView } from '../../src/person-api.ts'

const message = (id: number, rest: object = {}) =>
  ({
    id: String(id),
    author: { id: '1' },
    timestamp: new Date(Date.UTC(2026, 0, 1, 12) + id).toISOString(),
    content: '',
    ...rest,
  }) as unknown as MessageView
const ids = (feed: Feed) => feed.messages.map(({ id }) => Number(id))

describe('a channel’s messages', () => {
  it('stand by age in whatever order they come, each once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 2_000_000_000 }), { maxLength: 40 }), list => {
        const feed = list.reduce((known, id) => put(known, message(id)), emptyFeed)
        expect(ids(feed)).toEqual([...new Set(list)].sort((a, b) => a - b))
      }),
    )
  })

  it('take edits of what is there and nothing else', () => {
    const feed = put(emptyFeed, message(1))
    expect(edit(feed, message(1, { content: 'new' })).messages[0]?.content).toBe('new')
    expect(ids(edit(feed, message(2)))).toEqual([1])
    expect(ids(drop(feed, '1'))).toEqual([])
  })

  it('grow at the top by pages, and keep what came by an event meanwhile', () => {
    const feed = put(emptyFeed, message(9, { content: 'newer' }))
    const grown = prepend(feed, [message(8), message(9)], 2)
    expect(ids(grown)).toEqual([8, 9])
    expect(grown.messages[1]?.content).toBe('newer')
    expect(grown).toMatchObject({ more: true, loaded: true })
    expect(prepend(grown, [message(7)], 2).more).toBe(false)
  })

  it('share a head when one author goes on within minutes', () => {
    expect(continues(message(2), message(1))).toBe(true)
    expect(continues(message(2), undefined)).toBe(false)
    expect(continues(message(2, { author: { id: '2' } }), message(1))).toBe(false)
    expect(continues(message(2, { flags: 64 }), message(1))).toBe(false)
    expect(continues(message(2, { referenced_message: message(1) }), message(1))).toBe(false)
    expect(continues(message(8 * 60_000), message(1))).toBe(false)
  })
})

describe('the page’s address', () => {
  it('names person and channel', () => {
    const route = { person: 'ada', channel: '123456789012345678' }
    expect(parseRoute(formatRoute(route))).toEqual(route)
    expect(parseRoute('#/ada')).toEqual({ person: 'ada', channel: undefined })
    expect(parseRoute('#/ada/<script>')).toEqual({ person: undefined, channel: undefined })
    expect(parseRoute('')).toEqual({ person: undefined, channel: undefined })
  })
})

describe('times', () => {
  const now = Date.UTC(2026, 5, 15, 12)
  const at = (ms: number, style: string) => timestampText((now + ms) / 1000, style, now, 'en-GB')

  it('are told from now', () => {
    expect(at(0, 'R')).toBe('now')
    expect(at(-90_000, 'R')).toBe('1 minute ago')
    expect(at(3 * 3_600_000, 'R')).toBe('in 3 hours')
    expect(at(-400 * 86_400_000, 'R')).toBe('last year')
  })

  it('are written out', () => {
    expect(timestampText(0, 'D', now, 'en-GB')).toMatch(/(1 January 1970|31 December 1969)/u)
    expect(timestampText(1e15, 'f', now)).toBeUndefined()
    expect(timestampText(0, undefined, now, 'en-GB')).toBe(timestampText(0, 'f', now, 'en-GB'))
  })

  it('of messages show the day only when it is another one', () => {
    expect(sentText(new Date(now).toISOString(), now, 'en-GB')).toMatch(/^\d\d:\d\d$/u)
    expect(sentText(new Date(now - 86_400_000).toISOString(), now, 'en-GB')).toMatch(/^Yesterday at/u)
    expect(sentText(new Date(now - 9 * 86_400_000).toISOString(), now, 'en-GB')).toMatch(/06\/06\/2026/u)
  })
})
