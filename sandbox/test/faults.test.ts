import type { TextChannel } from 'discord.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ClientFixture, codeOf, eventually, startClientFixture } from './fixture.ts'

let fixture: ClientFixture

beforeEach(async () => {
  fixture = await startClientFixture()
})

afterEach(() => fixture.close())

const general = () =>
  fixture.client.channels.cache.find(each => 'name' in each && each.name === 'general') as TextChannel
const posted = () => fixture.sandbox.person('ada').messages('general').length
const onPost = { method: 'POST', path: '^/channels/\\d+/messages$' } as const
const answered = () =>
  fixture.sandbox.requests.filter(({ method }) => method === 'POST').map(({ status }) => status)

describe('a request', () => {
  test('that is limited comes again when told to', async () => {
    fixture.sandbox.faults.add({ ...onPost, effect: { kind: 'rate-limit', ms: 50 } })
    await general().send('x')
    expect(answered()).toEqual([429, 200])
    expect(posted()).toBe(1)
    expect(fixture.sandbox.faults).toMatchObject({ pending: [], struck: 1 })
  })

  test('that meets a server error is tried three times more', async () => {
    fixture.sandbox.faults.add({ ...onPost, times: 3, effect: { kind: 'status', status: 502 } })
    await general().send('x')
    expect(answered()).toEqual([502, 502, 502, 200])
    fixture.sandbox.faults.add({ ...onPost, times: 4, effect: { kind: 'status', status: 500 } })
    await expect(general().send('x')).rejects.toMatchObject({ status: 500 })
    expect(posted()).toBe(1)
  })

  test('that was executed before the server error posts twice', async () => {
    fixture.sandbox.faults.add({ ...onPost, effect: { kind: 'status', status: 504, executed: true } })
    await general().send('x')
    expect(posted()).toBe(2)
    fixture.sandbox.faults.add({ ...onPost, effect: { kind: 'status', status: 504, executed: true } })
    await general().send({ content: 'y', nonce: 'slot', enforceNonce: true })
    expect(posted()).toBe(3)
  })

  test('whose answer is lost was executed, and is not tried again', async () => {
    fixture.sandbox.faults.add({ ...onPost, effect: { kind: 'lost-answer' } })
    expect(await codeOf(general().send('x'))).toBe('UND_ERR_SOCKET')
    expect(posted()).toBe(1)
  })

  test('that is dropped was not executed', async () => {
    fixture.sandbox.faults.add({ ...onPost, effect: { kind: 'dropped' } })
    expect(await codeOf(general().send('x'))).toBe('UND_ERR_SOCKET')
    expect(posted()).toBe(0)
    await general().send('x')
    expect(posted()).toBe(1)
  })

  test('whose answer is slow times out, is tried again, and posts twice without a nonce', async () => {
    Object.assign(fixture.client.rest.options, { timeout: 2000 })
    fixture.sandbox.faults.add({ ...onPost, effect: { kind: 'slow', ms: 600_000 } })
    await general().send('x')
    expect(posted()).toBe(2)
  })

  test('can be refused with any code', async () => {
    fixture.sandbox.faults.add({
      ...onPost,
      effect: { kind: 'refused', status: 403, code: 50013, message: 'Missing Permissions' },
    })
    expect(await codeOf(general().send('x'))).toBe(50013)
    expect(fixture.sandbox.refused).toEqual([])
  })
})

test('faults strike what they match, in order, after those they let pass', async () => {
  const { faults } = fixture.sandbox
  faults.add({ ...onPost, after: 1, effect: { kind: 'refused', status: 400, code: 1, message: 'first' } })
  faults.add({ ...onPost, effect: { kind: 'refused', status: 400, code: 2, message: 'second' } })
  faults.add({ method: 'DELETE', effect: { kind: 'refused', status: 400, code: 3, message: 'never' } })
  const codes: unknown[] = []
  for (let count = 0; count < 4; count += 1) codes.push(await codeOf(general().send('x')))
  expect(codes).toEqual([undefined, 1, 2, undefined])
  faults.clear()
  expect(faults.pending).toEqual([])
  expect(() => faults.add({ path: '(', effect: { kind: 'dropped' } })).toThrow()
})

test('interactions meet faults as well', async () => {
  await fixture.client.application.commands.set([{ name: 'ask', description: 'x' }])
  const codes: unknown[] = []
  fixture.client.on('interactionCreate', async interaction => {
    if (!interaction.isChatInputCommand()) return
    for (const content of ['first', 'second']) {
      codes.push(await codeOf(interaction.reply(content)))
      interaction.replied = false
    }
  })
  const path = '^/interactions/.*/callback$'
  const ask = () => fixture.sandbox.person('ada').slash('general', 'ask')
  fixture.sandbox.faults.add({ path, effect: { kind: 'dropped' } })
  expect((await ask()).content).toBe('second')
  fixture.sandbox.faults.add({ path, effect: { kind: 'lost-answer' } })
  expect((await ask()).content).toBe('first')
  await eventually(() => codes).toEqual(['UND_ERR_SOCKET', undefined, 'UND_ERR_SOCKET', 40060])
})
