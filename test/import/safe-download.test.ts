import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { Failure } from '../../src/errors.ts'
import { downloadTo } from '../../src/import/safe-download.ts'
import { isPublic, type Network, publicNetwork } from '../../src/public-network.ts'

const folder = mkdtempSync(join(tmpdir(), 'lectern-download-'))
const file = join(folder, 'file')
const limits = { bytes: 1_000_000, time: 10_000 }
const servers: Server[] = []

async function serve(handle: RequestListener): Promise<{ port: number; requests: () => number }> {
  let count = 0
  const server = createServer((request, response) => {
    count++
    handle(request, response)
  })
  servers.push(server)
  await new Promise<void>(done => {
    server.listen(0, '127.0.0.1', done)
  })
  return { port: (server.address() as AddressInfo).port, requests: () => count }
}

/** As if loopback were the public internet, and every name led there. */
const loopback: Network = {
  resolve: async () => [{ address: '127.0.0.1', family: 4 }],
  isPublic: address => address === '127.0.0.1',
}

const refusal = async (address: string, network?: Network, change = limits): Promise<string> => {
  try {
    await downloadTo(file, address, change, network)
  } catch (error) {
    expect(error).toBeInstanceOf(Failure)
    return (error as Failure).message
  }
  throw new Error('It was read')
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('an address that is read', () => {
  it('gives its bytes and a name', async () => {
    const { port } = await serve((_, response) => response.end('papers'))
    const name = await downloadTo(file, `http://papers.example:${port}/a/my%20refs.bib?x=1`, limits, loopback)
    expect(readFileSync(file, 'utf8')).toBe('papers')
    expect(name).toBe('my_20refs.bib')
  })

  it('may lead on', async () => {
    const { port } = await serve((request, response) => {
      if (request.url === '/b') response.end('there')
      else response.writeHead(302, { location: '/b' }).end()
    })
    expect(await downloadTo(file, `http://papers.example:${port}/a`, limits, loopback)).toBe('b')
    expect(readFileSync(file, 'utf8')).toBe('there')
  })
})

describe('addresses of this machine and of private networks', () => {
  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0/',
    'http://10.0.0.1/',
    'http://192.168.1.1/',
    'http://172.16.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://100.64.0.1/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[fe80::1]/',
    'http://[fd00::1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://localhost/',
    'http://localhost./',
  ])('%s is refused', async address => {
    const { port, requests } = await serve((_, response) => response.end('secret'))
    const url = new URL(address)
    url.port = String(port)
    expect(await refusal(url.href)).toMatch(/private network|host is not found/)
    expect(requests()).toBe(0)
  })

  it('are refused after a redirect, by address and by name', async () => {
    const inner = await serve((_, response) => response.end('secret'))
    for (const host of ['10.0.0.1', 'inner.example', '[::ffff:10.0.0.1]']) {
      const { port } = await serve((_, response) =>
        response.writeHead(307, { location: `http://${host}:${inner.port}/` }).end(),
      )
      const network: Network = {
        ...loopback,
        resolve: async name => [{ address: name === 'inner.example' ? '10.0.0.1' : '127.0.0.1', family: 4 }],
      }
      expect(await refusal(`http://papers.example:${port}/`, network)).toContain('private network')
    }
    expect(inner.requests()).toBe(0)
  })

  it('are refused where a name has a public and a private one, or changes them between hops', async () => {
    const { port, requests } = await serve((_, response) =>
      response.writeHead(302, { location: '/again' }).end(),
    )
    const both: Network = {
      ...loopback,
      resolve: async () => ['127.0.0.1', '10.0.0.1'].map(address => ({ address, family: 4 })),
    }
    expect(await refusal(`http://papers.example:${port}/`, both)).toContain('private network')
    expect(requests()).toBe(0)
    let asked = 0
    const changing: Network = {
      ...loopback,
      resolve: async () => [{ address: asked++ === 0 ? '127.0.0.1' : '10.0.0.1', family: 4 }],
    }
    // The answer that was looked at is the one that is used: the second look is another connection's.
    expect(await refusal(`http://papers.example:${port}/`, changing)).toMatch(/private network|leads on/)
  })

  it('connects to the address that was looked at', async () => {
    const { port } = await serve((request, response) => response.end(request.headers.host))
    const asked: string[] = []
    const network: Network = {
      ...loopback,
      resolve: async name => {
        asked.push(name)
        return [{ address: '127.0.0.1', family: 4 }]
      },
    }
    await downloadTo(file, `http://papers.example:${port}/`, limits, network)
    expect(asked).toEqual(['papers.example'])
    expect(readFileSync(file, 'utf8')).toBe(`papers.example:${port}`)
  })

  it('knows the public internet', () => {
    for (const address of ['1.1.1.1', '2606:4700:4700::1111', '::ffff:1.1.1.1'])
      expect(isPublic(address)).toBe(true)
    for (const address of ['', 'x', '127.0.0.1', '::ffff:10.0.0.1']) expect(isPublic(address)).toBe(false)
  })
})

describe('what is no file to be read', () => {
  it.each([
    'file:///etc/passwd',
    'ftp://example.org/x',
    'javascript:alert(1)',
    'refs.bib',
    'http://user:pass@example.org/',
  ])('%s is refused', async address => {
    expect(await refusal(address)).toMatch(/not an http|name or password/)
  })

  it('is refused when it is too long, whether it says so or not', async () => {
    const said = await serve((_, response) => response.writeHead(200, { 'content-length': 5_000_000 }).end())
    expect(await refusal(`http://a.example:${said.port}/`, loopback)).toContain('more than 0 MB')
    const endless = await serve((_, response) => {
      const write = (): void => {
        if (response.destroyed) return
        if (response.write(Buffer.alloc(65_536))) setImmediate(write)
        else response.once('drain', write)
      }
      write()
    })
    expect(await refusal(`http://a.example:${endless.port}/`, loopback)).toContain('more than')
  })

  it('is refused when it takes too long, or leads on for ever', async () => {
    const slow = await serve((_, response) => {
      response.write('a')
    })
    const short = { ...limits, time: 300 }
    expect(await refusal(`http://a.example:${slow.port}/`, loopback, short)).toContain('longer than')
    const circle = await serve((_, response) => response.writeHead(302, { location: '/' }).end())
    expect(await refusal(`http://a.example:${circle.port}/`, loopback)).toContain('leads on more than')
  })

  it('is refused when the host answers with an error, or not at all', async () => {
    const { port } = await serve((_, response) => response.writeHead(404).end('no'))
    expect(await refusal(`http://a.example:${port}/`, loopback)).toContain('status 404')
    const nowhere: Network = { ...publicNetwork, resolve: () => Promise.reject(new Error('ENOTFOUND')) }
    expect(await refusal('http://nowhere.example/', nowhere)).toContain('not found')
  })
})
