import { DiscordAPIError, HTTPError } from 'discord.js'
import { describe, expect, it } from 'vitest'
import { Failure } from '../src/errors.ts'
import { loggedError } from '../src/log-error.ts'

const note = 'my private note about paper seven'
const token = 'aW50ZXJhY3Rpb246MTIzNDU2Nzg5MDEyMzQ1Njc4OnNlY3JldA'

describe('what the log keeps of an error', () => {
  it('is no body and no token of a request that Discord refused', () => {
    const url = `https://discord.com/api/v10/interactions/123456789012345678/${token}/callback?with_response=true`
    const body = { body: { data: { content: note } }, files: undefined } as never
    const raw = { code: 50035, message: `Invalid Form Body ${note}` }
    const logged = loggedError(new DiscordAPIError(raw as never, 50035, 400, 'POST', url, body))
    expect(logged).toMatchObject({
      code: 50035,
      status: 400,
      method: 'POST',
      path: '/api/v10/interactions/123456789012345678/:token/callback',
    })
    expect(JSON.stringify(logged)).not.toContain(note)
    expect(JSON.stringify(logged)).not.toContain(token)
  })

  it('hides the token of an answer that is edited', () => {
    const url = `https://discord.com/api/v10/webhooks/123456789012345678/${token}/messages/@original`
    const logged = loggedError(
      new HTTPError(502, 'Bad Gateway', 'PATCH', url, { body: { content: note } } as never),
    )
    expect(logged.path).toBe('/api/v10/webhooks/123456789012345678/:token/messages/@original')
    expect(JSON.stringify(logged)).not.toMatch(/secret|aW50|private note/u)
  })

  it('is no message that may quote a person, at any depth', () => {
    const parser = (() => {
      try {
        return JSON.parse(note)
      } catch (error) {
        return error
      }
    })()
    const logged = loggedError(new Failure('input', `I know no **${note}**`, { cause: parser }))
    expect(logged).toMatchObject({ type: 'Failure', kind: 'input', cause: { type: 'SyntaxError' } })
    expect(JSON.stringify(logged)).not.toContain('private')
    expect(logged.at?.length).toBeGreaterThan(0)
  })

  it.each([
    () => `in` in (note as never),
    () => new Intl.DateTimeFormat('en', { timeZone: note }),
    () => BigInt(note),
    () => note.normalize(note),
    () => Buffer.from(note, note as never),
    () => URL.canParse(note) || new URL(note),
    () => Object.defineProperty(note as never, 'a', {}),
  ])('is no message of the engine that quotes a value (%#)', act => {
    const thrown = (() => {
      try {
        return act()
      } catch (error) {
        return error
      }
    })()
    expect(thrown).toBeInstanceOf(Error)
    expect(JSON.stringify(loggedError(thrown))).not.toContain('private note')
  })

  it('is no line of a message that looks like a frame of the stack', () => {
    const logged = loggedError(new Error(`nothing\n    at ${note}`))
    expect(JSON.stringify(logged)).not.toContain('private note')
    expect(logged.at?.length).toBeGreaterThan(0)
  })

  it('is the message of the engine and of the operating system', () => {
    expect(loggedError(new TypeError('x is not a function')).message).toBe('x is not a function')
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), {
      code: 'ECONNREFUSED',
      syscall: 'connect',
    })
    expect(loggedError(refused)).toMatchObject({
      code: 'ECONNREFUSED',
      message: 'connect ECONNREFUSED 127.0.0.1:1',
    })
    expect(loggedError('thrown text')).toEqual({ type: 'string' })
  })
})
