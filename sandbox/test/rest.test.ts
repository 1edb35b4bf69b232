import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../src/sandbox.ts'
import { type ClientFixture, clientFor, codeOf, startClientFixture } from './fixture.ts'

let sandbox: Sandbox

beforeEach(async () => {
  sandbox = await startSandbox()
})

afterEach(() => sandbox.close())

const call = async (path: string, init: RequestInit = {}) => {
  const headers = { authorization: `Bot ${sandbox.token}`, 'content-type': 'application/json' }
  const answer = await fetch(`${sandbox.apiUrl}/v10${path}`, { headers, ...init })
  return { status: answer.status, body: await answer.json().catch(() => undefined) }
}
const general = () => sandbox.person('ada').overview().guilds[0]?.channels[0]?.id ?? ''

test('nothing goes without the token, but for the gateway’s address', async () => {
  for (const headers of [{}, { authorization: `Bot ${'x'.repeat(60)}` }, { authorization: sandbox.token }])
    expect(await call('/users/@me', { headers })).toEqual({
      status: 401,
      body: { message: '401: Unauthorized', code: 0 },
    })
  expect((await call('/gateway', { headers: {} })).status).toBe(200)
})

test('a wrong token ends discord.js', async () => {
  const client = clientFor(sandbox)
  client.rest.setToken('x'.repeat(60))
  expect(await codeOf(client.rest.get('/users/@me'))).toBe(0)
})

test('what is not there is not found, and recorded when it was a write', async () => {
  expect(await call('/nonsense')).toEqual({ status: 404, body: { message: '404: Not Found', code: 0 } })
  expect(sandbox.refused).toEqual([])
  await call('/nonsense', { method: 'POST', body: '{}' })
  expect(sandbox.refused).toMatchObject([{ method: 'POST', path: '/nonsense', status: 404 }])
})

test('bodies have to be JSON', async () => {
  const post = (body: string, type = 'application/json') =>
    call(`/channels/${general()}/messages`, {
      method: 'POST',
      body,
      headers: { authorization: `Bot ${sandbox.token}`, 'content-type': type },
    })
  expect(await post('{')).toMatchObject({ status: 400, body: { code: 50109 } })
  expect(await post('content=x', 'application/x-www-form-urlencoded')).toMatchObject({ status: 400 })
  expect(await post('[]')).toMatchObject({ status: 400, body: { code: 50035 } })
  expect(await post('null')).toMatchObject({ status: 400, body: { code: 50006 } })
  expect(await post('"x"')).toMatchObject({ status: 400, body: { code: 50035 } })
})

test('a file may have 10 MB', async () => {
  const form = new FormData()
  form.set('payload_json', JSON.stringify({ content: 'x' }))
  form.set('files[0]', new Blob([new Uint8Array(10 * 1024 * 1024 + 1)]), 'big.bin')
  const answer = await call(`/channels/${general()}/messages`, {
    method: 'POST',
    body: form,
    headers: { authorization: `Bot ${sandbox.token}` },
  })
  expect(answer).toMatchObject({ status: 413, body: { code: 40005 } })
})

test('an interaction’s token opens its own answer alone', async () => {
  expect(
    await call('/interactions/10000000000000000/x/callback', { method: 'POST', body: '{"type":5}' }),
  ).toMatchObject({
    status: 404,
    body: { code: 10062 },
  })
  const id = sandbox.applicationId
  expect(await call(`/webhooks/${id}/x`, { method: 'POST', body: '{"content":"x"}' })).toMatchObject({
    status: 401,
    body: { code: 50027 },
  })
  expect(await call(`/webhooks/1/x`, { method: 'POST', body: '{"content":"x"}' })).toMatchObject({
    body: { code: 10015 },
  })
})

test('pages of messages take sensible numbers', async () => {
  expect(await call(`/channels/${general()}/messages?limit=0`)).toMatchObject({
    status: 400,
    body: { code: 50035 },
  })
  expect(await call(`/channels/${general()}/messages?limit=101`)).toMatchObject({ status: 400 })
  expect(await call(`/channels/${general()}/messages?before=x`)).toMatchObject({ status: 400 })
  const ada = sandbox.person('ada')
  const said = ['a', 'b', 'c', 'd', 'e'].map(text => ada.say('general', text))
  const around = await call(`/channels/${general()}/messages?limit=3&around=${said[2]?.id}`)
  expect((around.body as { id: string }[]).map(({ id }) => id)).toEqual(
    [said[3], said[2], said[1]].map(each => each?.id),
  )
})

test('the bot learns about servers, members and itself', async () => {
  const lab = sandbox.guild('Lab').id
  const alan = sandbox.person('alan').person.user.id
  expect(await call(`/guilds/${lab}?with_counts=true`)).toMatchObject({
    body: { approximate_member_count: 5 },
  })
  expect(await call(`/guilds/${lab}/members/${alan}`)).toMatchObject({ body: { user: { username: 'alan' } } })
  expect(await call(`/guilds/${lab}/members/1`)).toMatchObject({ body: { code: 10007 } })
  expect(await call(`/guilds/${lab}/members?limit=10`)).toMatchObject({ body: { code: 50001 } })
  expect(await call(`/guilds/${lab}/members/search?query=em`)).toMatchObject({
    body: [{ user: { username: 'emmy' } }],
  })
  expect(await call('/users/1')).toMatchObject({ body: { code: 10013 } })
  expect(
    ((await call(`/guilds/${lab}/channels`)).body as { name: string }[]).map(({ name }) => name),
  ).toEqual(['general', 'papers', 'reading-group', 'journal-club', 'announcements'])
  expect(await call('/users/@me/guilds')).toMatchObject({ body: [{ name: 'Lab' }, { name: 'Next door' }] })
  expect((await call(`/users/@me/guilds/${lab}`, { method: 'DELETE' })).status).toBe(204)
  expect(await call(`/guilds/${lab}`)).toMatchObject({ body: { code: 10004 } })
})

test('a bot that renames itself, and leaves channels alone that it may not manage', async () => {
  const fixture: ClientFixture = await startClientFixture()
  const guild = fixture.client.guilds.cache.get(fixture.sandbox.guild('Lab').id)
  await guild?.members.me?.setNickname('Librarian')
  expect(fixture.sandbox.guild('Lab').members.get(fixture.client.user.id)?.nick).toBe('Librarian')
  const channel = guild?.channels.cache.find(({ name }) => name === 'general')
  expect(await codeOf(channel?.setName('mine') ?? Promise.resolve())).toBe(50013)
  expect(await codeOf(channel?.delete() ?? Promise.resolve())).toBe(50013)
  await fixture.close()
})

test('two sandboxes do not share a port', async () => {
  const port = Number(new URL(sandbox.url).port)
  await expect(startSandbox({ port })).rejects.toThrow(`already listens on 127.0.0.1:${port}`)
})
