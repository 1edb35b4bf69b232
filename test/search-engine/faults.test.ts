import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { StringTable, stringArraysOf } from '../../src/search/index/string-table.ts'
import { writeAll } from '../../src/search-engine/bulk.ts'
import { Engine } from '../../src/search-engine/engine.ts'
import { EngineError } from '../../src/search-engine/engine-error.ts'
import { Indexes } from '../../src/search-engine/indexes.ts'
import { PaperSource } from '../../src/search-engine/paper-source.ts'

type Answer = { status: number; body: unknown } | 'never' | 'cut'

let close: (() => Promise<void>) | undefined
afterEach(() => close?.())

/** A server that answers as it is told, one answer after the other, the last one again and again. */
async function answering(...answers: readonly ((body: string) => Answer)[]) {
  const requests: string[] = []
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString()
    requests.push(body)
    const answer = (answers[Math.min(requests.length, answers.length) - 1] as (typeof answers)[number])(body)
    if (answer === 'never') return
    if (answer === 'cut') return void response.destroy()
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
    const type = typeof answer.body === 'string' && answer.status >= 400 ? 'text/html' : 'application/json'
    response.writeHead(answer.status, { 'content-type': type }).end(text)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  let now = 0
  const engine = await Engine.open(
    {
      urls: [`http://127.0.0.1:${(server.address() as AddressInfo).port}`],
      user: 'lectern',
      password: 'secret-word',
      apiKey: undefined,
    },
    { now: () => now },
  )
  close = async () => {
    await engine.close()
    server.closeAllConnections()
    server.close()
  }
  const pass = (ms: number) => {
    now += ms
  }
  return { engine, requests, pass }
}

const ask = (engine: Engine, timeout = 300) =>
  engine.call('search', {
    method: 'POST',
    path: '/papers/_search',
    body: { query: 'what somebody typed' },
    answer: z.object({ took: z.number() }),
    timeout,
  })
const problemOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'none',
    error => (error instanceof EngineError ? error.problem : error),
  )
const fine = () => ({ status: 200, body: { took: 1 } })

describe('what an engine may do', () => {
  test.each<[string, () => Answer, string]>([
    ['it has too much to do', () => ({ status: 429, body: {} }), 'busy'],
    ['it lets nobody in', () => ({ status: 401, body: 'Unauthorized' }), 'forbidden'],
    ['the key may not do that', () => ({ status: 403, body: {} }), 'forbidden'],
    [
      'it knows no such index',
      () => ({ status: 404, body: { error: { type: 'index_not_found_exception' } } }),
      'missing',
    ],
    ['nothing is at its address', () => ({ status: 404, body: 'Not found' }), 'rejected'],
    ['it is starting', () => ({ status: 503, body: {} }), 'unreachable'],
    ['something before it fails', () => ({ status: 502, body: '<html>' }), 'unreachable'],
    ['it says nothing', () => 'never', 'unreachable'],
    ['it hangs up', () => 'cut', 'unreachable'],
    ['it is no search engine', () => ({ status: 200, body: { hello: 'world' } }), 'unreadable'],
    ['its answer is no JSON', () => ({ status: 200, body: '{"took":' }), 'unreadable'],
  ])('%s', async (_, answer, problem) => {
    const { engine } = await answering(answer)
    expect(await problemOf(ask(engine))).toBe(problem)
  })

  test('no error holds what was asked, nor the password', async () => {
    const { engine } = await answering(body => ({
      status: 400,
      body: { error: { type: 'x', reason: body } },
    }))
    const error = (await ask(engine).catch(one => one)) as EngineError
    const cause = error.cause instanceof Error ? `${error.cause.message} ${error.cause.stack}` : ''
    expect(`${error.message} ${error.stack} ${cause} ${JSON.stringify(error)}`).not.toMatch(
      /typed|secret-word/u,
    )
  })
})

test.each([
  [429, 'busy'],
  [503, 'unreachable'],
  [400, 'rejected'],
])(
  'what it says of one of several searches, such as status %i, counts as if said of all',
  async (status, problem) => {
    const { engine } = await answering(() => ({
      status: 200,
      body: { responses: [{ hits: { hits: [] } }, { error: { type: 'x' }, status }] },
    }))
    const source = new PaperSource(new Indexes(engine, 'lectern'), 1_000)
    const asked = source.withRefs(['a'], { collections: [''] }, new StringTable(stringArraysOf([])))
    expect(await problemOf(asked)).toBe(problem)
    expect(engine.isUp).toBe(true)
  },
)

describe('an engine that is down', () => {
  test('costs one time limit, then nothing; and is tried again after a moment', async () => {
    const { engine, requests, pass } = await answering(() => 'never', fine)
    expect(await problemOf(ask(engine))).toBe('unreachable')
    expect(engine.isUp).toBe(false)
    const sent = requests.length
    for (let i = 0; i < 20; i++) expect(await problemOf(ask(engine))).toBe('unreachable')
    expect(requests.length).toBe(sent)
    pass(1_001)
    expect(await problemOf(ask(engine))).toBe('none')
    expect(engine.isUp).toBe(true)
  })

  test('is tried by one call at a time', async () => {
    const { engine, requests, pass } = await answering(() => 'never')
    await problemOf(ask(engine))
    pass(1_001)
    const sent = requests.length
    await Promise.all(Array.from({ length: 10 }, () => problemOf(ask(engine))))
    expect(requests.length).toBe(sent + 1)
  })

  test('is tried again by others where a long call tries it', async () => {
    const { engine, requests, pass } = await answering(
      () => 'never',
      () => 'never',
      fine,
    )
    await problemOf(ask(engine))
    pass(1_001)
    const long = problemOf(ask(engine, 5_000))
    await expect.poll(() => requests.length).toBe(2)
    expect(await problemOf(ask(engine))).toBe('unreachable')
    pass(2_000)
    expect(await problemOf(ask(engine))).toBe('none')
    expect(await long).toBe('unreachable')
  })

  test('one that is merely busy is asked on', async () => {
    const { engine } = await answering(() => ({ status: 429, body: {} }), fine)
    expect(await problemOf(ask(engine))).toBe('busy')
    expect(await problemOf(ask(engine))).toBe('none')
  })
})

describe('writing many papers', () => {
  const operations = Array.from({ length: 6 }, (_, i) => ({ id: `p${i}`, entry: { n: i }, version: 1 }))
  const idsIn = (body: string) => [...body.matchAll(/"_id":"(p\d)"/gu)].map(([, id]) => id)
  const item = (status: number) => ({ index: { status } })
  const items = (...statuses: number[]) => ({ status: 200, body: { items: statuses.map(item) } })

  test('what a busy engine did not take is sent again, later each time', async () => {
    const { engine, requests } = await answering(
      () => ({ status: 429, body: {} }),
      () => items(201, 429, 201, 503, 409, 201),
      () => items(201, 201),
    )
    const waits: number[] = []
    await writeAll(engine, 'papers', operations, async ms => waits.push(ms))
    expect(requests.map(idsIn)).toEqual([
      ['p0', 'p1', 'p2', 'p3', 'p4', 'p5'],
      ['p0', 'p1', 'p2', 'p3', 'p4', 'p5'],
      ['p1', 'p3'],
    ])
    expect(waits).toEqual([250, 500])
  })

  test('an engine that stays busy is given up, and one that refuses at once', async () => {
    const { engine, requests } = await answering(() => ({ status: 429, body: {} }))
    expect(await problemOf(writeAll(engine, 'papers', operations, async () => {}))).toBe('busy')
    expect(requests.length).toBe(9)
    await close?.()
    const other = await answering(() => items(201, 400, 201, 201, 201, 201))
    expect(await problemOf(writeAll(other.engine, 'papers', operations))).toBe('rejected')
  })

  test('much is sent in pieces', async () => {
    const big = Array.from({ length: 5 }, (_, i) => ({ id: `p${i}`, entry: { text: 'x'.repeat(2 ** 21) } }))
    const { engine, requests } = await answering(body => items(...idsIn(body).map(() => 201)))
    await writeAll(engine, 'papers', big)
    expect(requests.flatMap(idsIn)).toEqual(['p0', 'p1', 'p2', 'p3', 'p4'])
    expect(requests.length).toBeGreaterThan(2)
  })
})
