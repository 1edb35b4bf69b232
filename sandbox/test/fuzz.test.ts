import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import WebSocket from 'ws'
import { createFaults } from '../src/faults.ts'
import { createJournal } from '../src/journal.ts'
import { paths } from '../src/person-api.ts'
import { restApp } from '../src/rest/app.ts'
import { type Sandbox, startSandbox } from '../src/sandbox.ts'

const bugs: unknown[] = []
let sandbox: Sandbox
let ids: { channel: string; forum: string; message: string; guild: string; user: string }

beforeAll(async () => {
  sandbox = await startSandbox({ onBug: bug => bugs.push(bug) })
  const ada = sandbox.person('ada')
  const { channels, id: guild } = ada.overview().guilds[0] ?? { channels: [], id: '' }
  const named = (name: string) => channels.find(each => 'name' in each && each.name === name)?.id ?? ''
  const message = ada.say('general', 'x').id
  ids = { channel: named('general'), forum: named('journal-club'), message, guild, user: ada.person.user.id }
})

afterAll(() => sandbox.close())

/** The API without a socket, and without limits. */
function api() {
  const unlimited = { check: () => ({ headers: {}, retryAfter: undefined, global: false }) }
  const desk = { world: sandbox.world, faults: createFaults(), journal: createJournal(), limits: unlimited }
  return restApp(desk, bug => bugs.push(bug))
}

/** JSON near to what a bot sends: real names of fields over nonsense. */
const body = fc.oneof(
  fc.jsonValue(),
  fc.dictionary(
    fc.constantFrom(
      'content',
      'embeds',
      'components',
      'attachments',
      'flags',
      'poll',
      'nonce',
      'enforce_nonce',
      'message_reference',
      'allowed_mentions',
      'name',
      'type',
      'data',
      'message',
      'applied_tags',
      'description',
      'options',
      'recipient_id',
      'nick',
      'archived',
      'auto_archive_duration',
    ),
    fc.oneof(
      fc.jsonValue(),
      fc.array(fc.dictionary(fc.constantFrom('type', 'title', 'fields', 'id', 'url'), fc.jsonValue())),
    ),
  ),
)

test('no body of a bot makes the REST API fail itself', async () => {
  const app = api()
  const codes = new Set<number>()
  const routes = () =>
    [
      ['POST', `/channels/${ids.channel}/messages`],
      ['PATCH', `/channels/${ids.channel}/messages/${ids.message}`],
      ['PATCH', `/channels/${ids.channel}`],
      ['POST', `/channels/${ids.channel}/threads`],
      ['POST', `/channels/${ids.forum}/threads`],
      ['POST', `/channels/${ids.channel}/messages/${ids.message}/threads`],
      ['PUT', `/channels/${ids.channel}/messages/${ids.message}/reactions/${encodeURIComponent('👍')}/@me`],
      ['PUT', `/applications/${sandbox.applicationId}/commands`],
      ['POST', `/applications/${sandbox.applicationId}/commands`],
      ['POST', '/users/@me/channels'],
      ['PATCH', `/guilds/${ids.guild}/members/@me`],
      ['POST', '/interactions/1/x/callback'],
      ['POST', `/webhooks/${sandbox.applicationId}/x`],
    ] as const
  await fc.assert(
    fc.asyncProperty(fc.nat(12), body, async (index, json) => {
      const [method, path] = routes()[index] ?? ['POST', '/']
      const answer = await app.request(`/api/v10${path}`, {
        method,
        headers: { authorization: `Bot ${sandbox.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(json),
      })
      expect(answer.status).toBeLessThan(500)
      codes.add(((await answer.json().catch(() => ({}))) as { code?: number }).code ?? answer.status)
    }),
    { numRuns: 1500 },
  )
  // The bodies went past the door: most are judged, and some find a message empty.
  expect(codes).toContain(50035)
  expect(codes).toContain(50006)
  expect(bugs).toEqual([])
})

test('no body of a page makes the person’s side fail itself', async () => {
  const { channel, message } = ids
  const routes = [
    ['POST', paths.messages('ada', channel)],
    ['PATCH', paths.message('ada', channel, message)],
    ['PUT', paths.reaction('ada', channel, message)],
    ['PUT', paths.vote('ada', channel, message)],
    ['POST', paths.threads('ada', channel)],
    ['POST', paths.slash('ada', channel)],
    ['POST', paths.autocomplete('ada', channel)],
    ['POST', paths.press('ada', channel, message)],
    ['POST', paths.select('ada', channel, message)],
    ['POST', paths.modal('ada', '1')],
    ['POST', paths.directMessages('ada')],
    ['POST', '/sandbox/faults'],
  ] as const
  const near = fc.dictionary(
    fc.constantFrom(
      'content',
      'files',
      'emoji',
      'answers',
      'name',
      'command',
      'options',
      'customId',
      'values',
      'fields',
    ),
    fc.jsonValue(),
  )
  await fc.assert(
    fc.asyncProperty(fc.nat(routes.length - 1), fc.oneof(fc.jsonValue(), near), async (index, json) => {
      const [method, path] = routes[index] ?? ['POST', '/']
      const answer = await fetch(`${sandbox.url}${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(json),
      })
      await answer.arrayBuffer()
      expect(answer.status).toBeLessThan(500)
    }),
    { numRuns: 400 },
  )
  expect(bugs).toEqual([])
})

test('no frame of a client brings the gateway down', async () => {
  const frame = fc.oneof(
    fc.string(),
    fc.json(),
    fc.record({ op: fc.integer({ min: -1, max: 40 }), d: fc.jsonValue() }).map(each => JSON.stringify(each)),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(frame, { maxLength: 5 }), async frames => {
      const socket = new WebSocket(`${sandbox.url.replace('http', 'ws')}/gateway?v=10&encoding=json`)
      const hello = new Promise(resolve => socket.once('message', resolve))
      await new Promise(resolve => socket.once('open', resolve))
      await hello
      for (const text of frames) socket.send(text)
      socket.close()
      await new Promise(resolve => socket.once('close', resolve))
    }),
    { numRuns: 60 },
  )
  expect((await fetch(`${sandbox.url}${paths.info()}`)).status).toBe(200)
  expect(bugs).toEqual([])
})
