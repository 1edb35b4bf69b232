import { type Dispatcher, fetch } from 'undici'
import { SourceError } from '../port.ts'
import { refusePrivateHost } from './private-address.ts'
import { type HttpRequest, sizeLimit } from './request.ts'

/** One answer as it came. */
export interface Exchange {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Buffer
}

interface Wire {
  readonly dispatcher: Dispatcher
  readonly signal: AbortSignal
}

const mostRedirects = 5
const agent = 'Lectern (a Discord bot for papers; one request at a time)'

/** Sends one request and follows where it leads; each hop is checked anew. */
export async function exchange(url: URL, request: HttpRequest, wire: Wire): Promise<Exchange> {
  let target = url
  for (let hops = 0; hops <= mostRedirects; hops++) {
    if (!/^https?:$/.test(target.protocol))
      throw new SourceError('refused', 'the address leads to something that is not http or https')
    if (request.publicOnly === true) refusePrivateHost(target)
    const response = await fetch(target, {
      dispatcher: wire.dispatcher,
      signal: wire.signal,
      redirect: 'manual',
      headers: headersOf(request, target.origin === url.origin),
    })
    const location = response.headers.get('location')
    if (response.status < 300 || response.status >= 400 || response.status === 304 || location === null) {
      const bytes = await bytesOf(response.body, request.limit ?? sizeLimit)
      return { status: response.status, headers: response.headers as unknown as Headers, bytes }
    }
    await response.body?.cancel()
    const next = URL.parse(location, target)
    if (next === null) break
    target = next
  }
  throw new SourceError('refused', `${url.host} leads round in circles`)
}

/** Keys stay with the host that they are for. */
function headersOf({ headers, validators }: HttpRequest, same: boolean): Record<string, string> {
  return {
    'user-agent': agent,
    ...(validators?.etag === undefined ? {} : { 'if-none-match': validators.etag }),
    ...(validators?.lastModified === undefined ? {} : { 'if-modified-since': validators.lastModified }),
    ...(same ? headers : {}),
  }
}

async function bytesOf(body: AsyncIterable<Uint8Array> | null, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.length
    // Leaving the loop cancels the rest.
    if (size > limit) throw new SourceError('refused', `the answer is longer than ${limit >> 20} MiB`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
