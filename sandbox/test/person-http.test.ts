import { request } from 'node:http'
import { Events } from 'discord.js'
import { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ChannelView, type InteractionView, type PersonEvent, paths } from '../src/person-api.ts'
import { startSandbox } from '../src/sandbox.ts'
import { type ClientFixture, eventually, startClientFixture } from './fixture.ts'

let fixture: ClientFixture

beforeEach(async () => {
  fixture = await startClientFixture()
  await fixture.client.application.commands.set([
    {
      name: 'paper',
      description: 'x',
      options: [{ type: 3, name: 'query', description: 'x', required: true, autocomplete: true }],
    },
    { type: 3, name: 'Find papers' },
  ])
  const button = { type: 2, style: 1, custom_id: 'more', label: 'More' }
  const menu = { type: 3, custom_id: 'pick', options: [{ label: 'a', value: 'a' }] }
  const input = { type: 4, style: 1, custom_id: 'note', label: 'Note' }
  fixture.client.on(Events.InteractionCreate, async interaction => {
    if (interaction.isAutocomplete()) await interaction.respond([{ name: 'one', value: '1' }])
    else if (interaction.isChatInputCommand()) {
      const components = [button, menu].map(each => ({ type: 1, components: [each] }))
      await interaction.reply({ content: 'found', components } as never)
    } else if (interaction.isMessageContextMenuCommand())
      await interaction.reply({ content: 'menu', flags: 64 })
    else if (interaction.isButton())
      await interaction.showModal({
        custom_id: 'm',
        title: 'T',
        components: [{ type: 1, components: [input] }],
      } as never)
    else if (interaction.isStringSelectMenu()) await interaction.update(`chose ${interaction.values[0]}`)
    else if (interaction.isModalSubmit()) {
      await interaction.deferReply()
      await interaction.editReply(interaction.fields.getTextInputValue('note'))
    }
  })
})

afterEach(() => fixture.close())

async function ask<T>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }> {
  const answer = await fetch(`${fixture.sandbox.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
}

const channelId = (name = 'general') =>
  fixture.sandbox
    .person('ada')
    .overview()
    .guilds[0]?.channels.find(each => 'name' in each && each.name === name)?.id ?? ''

test('the sandbox says what it is, and nothing of the token', async () => {
  const answer = await fetch(`${fixture.sandbox.url}${paths.info()}`)
  expect(answer.headers.get('x-sandbox')).toBe('this is not Discord')
  const text = await answer.text()
  expect(text).not.toContain(fixture.sandbox.token)
  expect(JSON.parse(text)).toMatchObject({
    sandbox: true,
    online: true,
    people: [{ name: 'ada' }, { name: 'grace' }, { name: 'alan' }, { name: 'emmy' }, { name: 'mallory' }],
  })
})

test('everything a page does goes over HTTP', async () => {
  const at = channelId()
  const { body: overview } = await ask<{ guilds: unknown[] }>('GET', paths.overview('ada'))
  expect(overview.guilds).toMatchObject([{ name: 'Lab', members: { length: 5 } }])
  const typed = { command: 'paper', options: { query: 'kv' } }
  expect(await ask('POST', paths.autocomplete('ada', at), { ...typed, focused: 'query' })).toMatchObject({
    body: { choices: [{ name: 'one', value: '1' }] },
  })
  const { body: reply } = await ask<InteractionView>('POST', paths.slash('ada', at), typed)
  expect(reply).toMatchObject({ state: 'replied', message: { content: 'found' } })
  const id = reply.message?.id ?? ''
  expect(await ask('POST', paths.select('ada', at, id), { customId: 'pick', values: ['a'] })).toMatchObject({
    body: { state: 'updated', message: { content: 'chose a' } },
  })
  const { body: form } = await ask<InteractionView>('POST', paths.press('ada', at, id), { customId: 'more' })
  expect(form).toMatchObject({ state: 'modal', modal: { title: 'T' } })
  const sent = await ask<InteractionView>('POST', paths.modal('ada', form.id), { fields: { note: 'hi' } })
  expect(['deferred', 'replied']).toContain(sent.body.state)
  expect(await ask('POST', paths.menu('alan', at, id), { command: 'Find papers' })).toMatchObject({
    body: { message: { content: 'menu', flags: 64 } },
  })
  const { body: seen } = await ask<{ content: string }[]>('GET', `${paths.messages('ada', at)}?limit=2`)
  expect(seen.map(({ content }) => content)).toEqual(['chose a', 'hi'])
})

test('people talk, react, vote, start threads and write to each other', async () => {
  const at = channelId()
  const file = { name: 'a.txt', base64: Buffer.from('x').toString('base64'), contentType: 'text/plain' }
  const said = await ask<{ id: string; attachments: { url: string }[] }>('POST', paths.messages('ada', at), {
    content: 'hello',
    files: [file],
  })
  expect(await (await fetch(said.body.attachments[0]?.url ?? '')).text()).toBe('x')
  const message = said.body.id
  await ask('PATCH', paths.message('ada', at, message), { content: 'hello all' })
  const reacted = await ask('PUT', paths.reaction('alan', at, message), { emoji: '👍' })
  expect(reacted.body).toMatchObject({ content: 'hello all', reactions: [{ count: 1, me: true }] })
  expect((await ask('PUT', paths.reaction('alan', at, message), { emoji: 'x' })).status).toBe(400)
  await ask('DELETE', paths.reaction('alan', at, message), { emoji: '👍' })
  const { body: thread } = await ask<ChannelView>('POST', paths.threads('ada', at), {
    name: 'On it',
    message,
  })
  expect(thread).toMatchObject({ id: message, canSend: true })
  const user = fixture.sandbox.person('alan').person.user.id
  const { body: conversation } = await ask<ChannelView>('POST', paths.directMessages('ada'), { user })
  await ask('POST', paths.messages('alan', conversation.id), { content: 'hi ada' })
  expect((await ask('GET', paths.messages('emmy', conversation.id))).status).toBe(404)
  expect((await ask('PUT', paths.vote('ada', at, message), { answers: [1] })).status).toBe(400)
  expect(await ask('PATCH', paths.settings('ada'), { directMessages: false, locale: 'de' })).toMatchObject({
    body: { directMessages: false, locale: 'de' },
  })
  expect((await ask('DELETE', paths.message('ada', at, message))).status).toBe(204)
})

test('what cannot be is refused in one line', async () => {
  const at = channelId()
  expect(await ask('GET', paths.overview('nobody'))).toEqual({
    status: 404,
    body: { error: 'nobody here is called nobody' },
  })
  expect(await ask('POST', paths.messages('ada', at), { content: 7 })).toMatchObject({ status: 400 })
  expect(await ask('POST', paths.slash('ada', at), { command: 'paper' })).toEqual({
    status: 400,
    body: { error: 'option “query” is required' },
  })
  expect(await ask('POST', paths.messages('alan', channelId('announcements')), { content: 'x' })).toEqual({
    status: 403,
    body: { error: 'alan may not write here' },
  })
  await fixture.client.destroy()
  await eventually(() => fixture.sandbox.world.reachable).toBe(false)
  const typed = { command: 'paper', options: { query: 'kv' } }
  expect((await ask('POST', paths.slash('ada', at), typed)).status).toBe(409)
})

test('events come as they happen, to those who may see them', async () => {
  const controller = new AbortController()
  const answer = await fetch(`${fixture.sandbox.url}${paths.events('alan')}`, { signal: controller.signal })
  const events: PersonEvent[] = []
  const reading = (async () => {
    let text = ''
    for await (const chunk of answer.body ?? []) {
      text += new TextDecoder().decode(chunk)
      const parts = text.split('\n\n')
      text = parts.pop() ?? ''
      for (const part of parts) if (part.startsWith('data: ')) events.push(JSON.parse(part.slice(6)))
    }
  })().catch(() => undefined)
  await eventually(() => events).toMatchObject([{ type: 'hello', online: true }])
  const ada = fixture.sandbox.person('ada')
  const said = ada.say('general', 'one')
  ada.say('organisers', 'hidden')
  ada.say('dm', 'between us')
  await ada.menu(said, 'Find papers')
  ada.react(said, '👍')
  ada.remove(said)
  fixture.sandbox.simulate({ kind: 'deny', channel: 'papers', permissions: ['SendMessages'] })
  fixture.sandbox.simulate({ kind: 'delete-channel', channel: 'papers' })
  fixture.sandbox.addPerson('rosalind', ['Lab'])
  await eventually(() => events.map(({ type }) => type)).toEqual([
    'hello',
    'message',
    'message-edited',
    'message-deleted',
    'channel-edited',
    'channel-deleted',
    'overview',
  ])
  controller.abort()
  await reading
})

test('trouble is switched on and off over HTTP', async () => {
  const rule = { path: '/messages$', effect: { kind: 'status', status: 500 } }
  expect((await ask('POST', '/sandbox/faults', rule)).status).toBe(201)
  expect(await ask('GET', '/sandbox/faults')).toMatchObject({
    body: { pending: [{ path: '/messages$' }], struck: 0 },
  })
  expect((await ask('DELETE', '/sandbox/faults')).status).toBe(204)
  expect(fixture.sandbox.faults.pending).toEqual([])
  expect((await ask('POST', '/sandbox/faults', { effect: { kind: 'earthquake' } })).status).toBe(400)
  expect((await ask('POST', '/sandbox/incidents', { kind: 'remove-bot', guild: 'Lab' })).status).toBe(204)
  expect((await ask('POST', '/sandbox/incidents', { kind: 'remove-bot', guild: 'Moon' })).status).toBe(404)
  expect(await ask('GET', '/sandbox/refused')).toMatchObject({ body: [] })
  expect((await ask<unknown[]>('GET', '/sandbox/requests')).body.length).toBeGreaterThan(0)
})

describe('another web page', () => {
  /** fetch hides what it sends as Host and Origin. */
  const requestAs = (headers: Record<string, string>, method = 'GET', path = paths.info()) =>
    new Promise<number | undefined>(resolve => {
      const port = new URL(fixture.sandbox.url).port
      request({ port, host: '127.0.0.1', path, method, headers }, answer => {
        answer.resume()
        resolve(answer.statusCode)
      }).end()
    })

  test('gets nothing under its own name or origin', async () => {
    const { host } = new URL(fixture.sandbox.url)
    const port = host.split(':')[1]
    expect(await requestAs({ host })).toBe(200)
    expect(await requestAs({ host: `localhost:${port}`, origin: `http://localhost:${port}` })).toBe(200)
    expect(await requestAs({ host: `rebound.example:${port}` })).toBe(403)
    expect(await requestAs({ host, origin: 'https://evil.example' })).toBe(403)
    expect(await requestAs({ host, origin: 'null' })).toBe(403)
    expect(await requestAs({ host, origin: `http://127.0.0.1:${Number(port) + 1}` })).toBe(403)
    expect(await requestAs({ host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).toBe(403)
    for (const path of ['/sandbox/faults', '/attachments/1/2/x', '/sandbox/people/ada/events'])
      expect(await requestAs({ host: 'rebound.example' }, 'GET', path)).toBe(403)
  })

  test('cannot post a form', async () => {
    const { host } = new URL(fixture.sandbox.url)
    const form = { host, 'content-type': 'text/plain' }
    expect(await requestAs(form, 'POST', '/sandbox/incidents')).toBe(400)
  })
})

test('a page is served beside the API', async () => {
  const page = new Hono().get('/', c => c.html('<h1>page</h1>'))
  const sandbox = await startSandbox({ page })
  expect(await (await fetch(sandbox.url)).text()).toContain('page')
  expect((await fetch(`${sandbox.url}${paths.info()}`)).status).toBe(200)
  await sandbox.close()
})

test('uploads never run in the browser', async () => {
  const base64 = Buffer.from('<script>alert(1)</script>').toString('base64')
  const { attachments } = fixture.sandbox
    .person('ada')
    .say('general', '', { files: [{ name: 'x".html', base64, contentType: 'text/html' }] })
  const answer = await fetch(attachments[0]?.url ?? '')
  expect(answer.headers.get('content-type')).toBe('application/octet-stream')
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="x_.html"')
  expect(answer.headers.get('content-security-policy')).toContain('sandbox')
  expect((await fetch(`${fixture.sandbox.url}/attachments/1/2/x`)).status).toBe(404)
})
