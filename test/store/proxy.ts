import { once } from 'node:events'
import net from 'node:net'

/** A way to a server that can be cut: for a database that is gone for a while. */
export interface Proxy {
  readonly url: string
  /** Breaks every connection and refuses new ones. */
  cut(): Promise<void>
  mend(): Promise<void>
  close(): Promise<void>
}

export async function proxyTo(url: string): Promise<Proxy> {
  const to = new URL(url)
  const sockets = new Set<net.Socket>()
  let cut = false
  const server = net.createServer(near => {
    if (cut) {
      near.destroy()
      return
    }
    const far = net.connect(Number(to.port || 5432), to.hostname)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.on('error', () => {})
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const via = new URL(url)
  via.hostname = '127.0.0.1'
  via.port = String((server.address() as net.AddressInfo).port)
  const breakAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: via.href,
    async cut() {
      cut = true
      breakAll()
    },
    async mend() {
      cut = false
    },
    async close() {
      breakAll()
      server.close()
      await once(server, 'close')
    },
  }
}
