import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** The connection breaks instead. */
  readonly hangUp?: boolean
}

export interface Heard {
  readonly url: URL
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Requests that were open at the same time, itself included. */
  readonly open: number
  readonly at: number
}

export interface Loopback {
  readonly url: string
  readonly heard: readonly Heard[]
  close(): Promise<void>
}

/** A real HTTP server on this machine. */
export async function startLoopback(answer: (heard: Heard) => Answer | Promise<Answer>): Promise<Loopback> {
  const heard: Heard[] = []
  let open = 0
  const server = createServer(async (request, response) => {
    open++
    const url = new URL(request.url ?? '/', 'http://loopback')
    const one = { url, headers: request.headers, open, at: performance.now() }
    heard.push(one)
    const { status = 200, headers = {}, body = '', hangUp = false } = await answer(one)
    open--
    if (hangUp) response.destroy()
    else response.writeHead(status, headers).end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
