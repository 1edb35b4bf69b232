import { describe, expect, it, onTestFinished } from 'vitest'
import { isPublic } from '../../src/public-network.ts'
import { type HttpOptions, openHttp } from '../../src/sources/http/client.ts'
import { unpaced } from '../fixtures/unpaced.ts'
import { type Answer, type Heard, type Loopback, startLoopback } from './loopback.ts'

const clock = () => {
  const slept: number[] = []
  return { slept, now: () => 1_000_000, sleep: async (ms: number) => void slept.push(ms) }
}

async function serve(answer: (heard: Heard) => Answer | Promise<Answer>): Promise<Loopback> {
  const server = await startLoopback(answer)
  onTestFinished(server.close)
  return server
}

function client(options: Partial<HttpOptions> = {}) {
  const http = openHttp({ clock: clock(), limits: unpaced, firstPause: 1, timeout: 2_000, ...options })
  onTestFinished(http.close)
  return http
}

describe('the client of sources', () => {
  it('may be closed twice', async () => {
    const http = client()
    await http.close()
    await expect(http.close()).resolves.toBeUndefined()
  })

  it('sends back what a server told of its copy', async () => {
    const server = await serve(({ headers }) =>
      headers['if-none-match'] === '"a"' && headers['if-modified-since'] === 'Mon, 16 Nov 2026 00:00:00 GMT'
        ? { status: 304 }
        : { headers: { etag: '"a"', 'last-modified': 'Mon, 16 Nov 2026 00:00:00 GMT' }, body: 'text' },
    )
    const http = client()
    const first = await http.get(server.url, { lane: 'other' })
    expect(String(first.bytes)).toBe('text')
    const second = await http.get(server.url, { lane: 'other', validators: first.validators })
    expect(second.bytes).toBeUndefined()
  })

  it.each([429, 500, 503])('tries again after %i, and waits as long as the server asks', async status => {
    const time = clock()
    let count = 0
    const server = await serve(() =>
      ++count < 3 ? { status, headers: { 'retry-after': '7' } } : { body: 'text' },
    )
    const http = client({ clock: time })
    expect(String((await http.get(server.url, { lane: 'other' })).bytes)).toBe('text')
    expect(time.slept).toEqual([7_000, 7_000])
  })

  it('leaves a long pause to the next look, and passes a pause on that comes with a success', async () => {
    let status = 429
    const server = await serve(() => ({ status, headers: { 'retry-after': '600', backoff: '30' } }))
    const http = client()
    await expect(http.get(server.url, { lane: 'other' })).rejects.toMatchObject({
      kind: 'unreachable',
      notBefore: 1_600_000,
    })
    expect(server.heard.length).toBe(1)
    status = 200
    expect((await http.get(server.url, { lane: 'other' })).notBefore).toBe(1_600_000)
  })

  it.each([400, 401, 403, 404, 410])('does not repeat what is refused with %i', async status => {
    const server = await serve(() => ({ status }))
    await expect(client().get(server.url, { lane: 'other' })).rejects.toMatchObject({ kind: 'refused' })
    expect(server.heard.length).toBe(1)
  })

  it('bounds the size and the time of an answer, and how often a broken one is asked for', async () => {
    const server = await serve(({ url }) => {
      if (url.pathname === '/long') return { body: 'x'.repeat(3_000_000) }
      if (url.pathname === '/broken') return { hangUp: true }
      return new Promise(() => {})
    })
    const http = client({ timeout: 300 })
    await expect(http.get(`${server.url}/long`, { lane: 'other', limit: 1 << 20 })).rejects.toMatchObject({
      kind: 'refused',
      message: 'the answer is longer than 1 MiB',
    })
    await expect(http.get(`${server.url}/broken`, { lane: 'other' })).rejects.toMatchObject({
      kind: 'unreachable',
    })
    await expect(http.get(`${server.url}/never?key=secret`, { lane: 'other' })).rejects.toThrow(
      /^127\.0\.0\.1:\d+ (?:does not answer in time|cannot be reached)/,
    )
    expect(server.heard.filter(one => one.url.pathname === '/broken').length).toBe(4)
  })

  it('keeps the pace of a lane, one request at a time', async () => {
    const server = await serve(async () => {
      await new Promise(resolve => setTimeout(resolve, 30))
      return { body: 'text' }
    })
    const http = client({ limits: { ...unpaced, arxiv: { limit: 1, interval: 120 } } })
    await Promise.all([1, 2, 3, 4].map(i => http.get(`${server.url}/${i}`, { lane: 'arxiv' })))
    expect(server.heard.map(one => one.open)).toEqual([1, 1, 1, 1])
    const gaps = server.heard.slice(1).map((one, i) => one.at - (server.heard[i]?.at ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThan(100)
  })

  it('gives each request its whole time, however long it waits for its turn', async () => {
    const server = await serve(({ url }) =>
      url.pathname === '/slow' ? new Promise(() => {}) : { body: 'text' },
    )
    const http = client({ timeout: 200 })
    const slow = [1, 2].map(() => http.get(`${server.url}/slow`, { lane: 'other' }).catch(() => 'no answer'))
    const last = await http.get(server.url, { lane: 'other' })
    expect(String(last.bytes)).toBe('text')
    expect(server.heard.filter(one => one.url.pathname === '/').length).toBe(1)
    expect(await Promise.all(slow)).toEqual(['no answer', 'no answer'])
  })

  it('keeps keys from other hosts, and does not run in circles', async () => {
    const other = await serve(({ headers }) => ({ body: String(headers['zotero-api-key'] ?? 'none') }))
    const server = await serve(({ url }) => ({
      status: 302,
      headers: { location: url.pathname === '/away' ? other.url : '/round' },
    }))
    const http = client()
    const headers = { 'zotero-api-key': 'k' }
    expect(String((await http.get(`${server.url}/away`, { lane: 'zotero', headers })).bytes)).toBe('none')
    await expect(http.get(`${server.url}/round`, { lane: 'zotero', headers })).rejects.toThrow('in circles')
  })
})

describe('addresses that members give', () => {
  it.each([
    'http://127.0.0.1/',
    'http://localhost/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://0x7f.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.8/',
    'http://192.168.1.1/',
    'http://[fd00::1]/',
    'http://[64:ff9b::7f00:1]/',
  ])('may not be in the own network: %s', async address => {
    const server = await serve(() => ({ body: 'secret' }))
    const { port } = new URL(server.url)
    const url = new URL(address)
    url.port = port
    await expect(client().get(url, { lane: 'other', publicOnly: true })).rejects.toMatchObject({
      kind: 'refused',
      message: 'the address is in a private network',
    })
    expect(server.heard).toEqual([])
  })

  it('tells public addresses from others', () => {
    for (const address of ['1.1.1.1', '93.184.216.34', '2606:4700::1111', '::ffff:8.8.8.8'])
      expect(isPublic(address), address).toBe(true)
    for (const address of [
      '100.64.0.1',
      '0.0.0.0',
      '224.0.0.1',
      '::',
      'fe80::1',
      '2002:7f00:1::',
      '2001:db8::1',
    ])
      expect(isPublic(address), address).toBe(false)
  })
})
