import { EventEmitter, once } from 'node:events'
import { pino } from 'pino'
import { describe, expect, it, vi } from 'vitest'
import { openMessageUpdater } from '../../src/discord/message-updater.ts'
import { Failure } from '../../src/errors.ts'
import type { Message } from '../../src/view/reply.ts'

const log = pino({ level: 'silent' })
const place = { channelId: '1', messageId: '2' }

/** Where edits arrive; `trouble` comes before each. */
function fakeChannel(failWith: (attempt: number) => unknown = () => undefined) {
  const shown: string[] = []
  const events = new EventEmitter()
  let attempts = 0
  const edit = async (_place: unknown, message: Message) => {
    attempts += 1
    const error = failWith(attempts)
    if (error !== undefined) throw error
    shown.push(message.content ?? '')
    events.emit('shown', message.content)
    return true
  }
  const until = async (content: string) => {
    while (shown.at(-1) !== content) await once(events, 'shown')
  }
  return { edit, shown, until, attempts: () => attempts }
}

describe('the refresher', () => {
  it('brings a storm of changes to the message in a few writes, and the last state always', async () => {
    const { edit, shown, until } = fakeChannel()
    const { refresh, close } = openMessageUpdater(edit, log, 20)
    let count = 0
    for (let i = 0; i < 500; i++) {
      count += 1
      refresh(place, async () => ({ content: String(count) }))
      if (i % 100 === 0) await new Promise(resolve => setImmediate(resolve))
    }
    await until('500')
    expect(shown.length).toBeLessThan(50)
    await close()
  })

  it('goes on when the clock leaps a year and back', async () => {
    const { edit, until } = board()
    const { refresh, close } = openMessageUpdater(edit, log, 10)
    const now = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 365 * 86_400_000)
    refresh(place, async () => ({ content: 'ahead' }))
    await until('ahead')
    now.mockRestore()
    refresh(place, async () => ({ content: 'back' }))
    await until('back')
    await close()
  })

  it('tries again when Discord is away', async () => {
    const { edit, until, shown } = fakeChannel(attempt =>
      attempt <= 2 ? new Failure('busy', 'away') : undefined,
    )
    const { refresh, close } = openMessageUpdater(edit, log, 1)
    refresh(place, async () => ({ content: 'there' }))
    await until('there')
    expect(shown).toEqual(['there'])
    await close()
  })

  it('leaves alone what Discord refuses for good', async () => {
    const { edit, attempts } = fakeChannel(() => new Failure('permission', 'no'))
    const { refresh, close } = openMessageUpdater(edit, log, 1)
    refresh(place, async () => ({ content: 'x' }))
    await new Promise(resolve => setTimeout(resolve, 30))
    await close()
    expect(attempts()).toBe(1)
  })

  it('writes what is still to be written before it stops', async () => {
    const { edit, shown, until } = fakeChannel()
    const { refresh, close } = openMessageUpdater(edit, log, 60_000)
    refresh(place, async () => ({ content: 'first' }))
    await until('first')
    refresh(place, async () => ({ content: 'last' }))
    expect(shown).toEqual(['first'])
    await close()
    expect(shown).toEqual(['first', 'last'])
  })
})
