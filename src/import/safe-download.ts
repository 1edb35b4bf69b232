import { createWriteStream } from 'node:fs'
import { basename } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Dispatcher, request } from 'undici'
import { Failure } from '../errors.ts'
import { UnpausedAgent } from '../http-agent.ts'
import { guardedLookup, isRefusedHost, type Network, publicNetwork } from '../public-network.ts'

export interface DownloadLimits {
  readonly bytes: number
  /** Milliseconds for all of it, redirects included. */
  readonly time: number
}

const mostRedirects = 5

/**
 * Reads an address that somebody typed into a file. Only addresses of the public internet are connected to, and a name is
 * resolved once for each connection: the address that was looked at is the one that is connected to, also after a
 * redirect and where the name's addresses change.
 * @returns the last part of the address's path, for the file's name
 * @throws Failure `input` when it cannot be read, is not to be read or is longer than the limits; the file may hold a part
 */
export async function downloadTo(
  file: string,
  address: string,
  limits: DownloadLimits,
  network: Network = publicNetwork,
): Promise<string> {
  const signal = AbortSignal.timeout(limits.time)
  const agent = new UnpausedAgent({
    connect: { lookup: guardedLookup(() => new NotPublic(), network), timeout: 10_000 },
    headersTimeout: 30_000,
    bodyTimeout: 30_000,
    pipelining: 0,
  })
  try {
    const { url, body } = await follow(checkedUrl(address, network), { agent, signal, network, limits })
    await pipeline(body, counted(limits.bytes), createWriteStream(file), { signal })
    return nameOf(url)
  } catch (error) {
    throw explained(error, signal, limits)
  } finally {
    await agent.destroy().catch(() => {})
  }
}

interface Hop {
  readonly agent: Dispatcher
  readonly signal: AbortSignal
  readonly network: Network
  readonly limits: DownloadLimits
}

async function follow(
  url: URL,
  hop: Hop,
  left = mostRedirects,
): Promise<{ url: URL; body: Dispatcher.ResponseData['body'] }> {
  const { agent: dispatcher, signal, network, limits } = hop
  const headers = { 'user-agent': 'Lectern', accept: '*/*', 'accept-encoding': 'identity' }
  const { statusCode, headers: given, body } = await request(url, { dispatcher, signal, headers })
  const location = given['location']
  if (statusCode >= 300 && statusCode < 400 && typeof location === 'string') {
    discard(body)
    if (left === 0) throw new Failure('input', `The address leads on more than ${mostRedirects} times.`)
    const next = URL.parse(location, url)
    if (next === null) throw new Failure('input', 'The address leads on to one that cannot be read.')
    return follow(checkedUrl(next.href, network), hop, left - 1)
  }
  if (statusCode !== 200) {
    discard(body)
    throw new Failure('input', `The address answers with status ${statusCode}.`)
  }
  if (Number(given['content-length'] ?? 0) > limits.bytes) {
    discard(body)
    throw tooLong(limits)
  }
  return { url, body }
}

/** What nobody reads may fail as it likes. */
function discard(body: Dispatcher.ResponseData['body']): void {
  body.on('error', () => {})
  body.destroy()
}

/** @throws Failure `input` for what is no address of the public internet by its own text */
function checkedUrl(text: string, network: Network): URL {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new Failure('input', 'This is not an http or https address.')
  if (url.username !== '' || url.password !== '')
    throw new Failure('input', 'The address holds a name or password: these are not sent.')
  // Nobody is asked for the address of a host that is one.
  if (isRefusedHost(url, network)) throw new NotPublic()
  return url
}

class NotPublic extends Failure {
  constructor() {
    super('input', 'The address belongs to a private network or to this machine: it is not read.')
  }
}

function counted(most: number): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length
      done(bytes > most ? tooLong({ bytes: most }) : null, chunk)
    },
  })
}

const tooLong = ({ bytes }: Pick<DownloadLimits, 'bytes'>): Failure =>
  new Failure('input', `The file at the address has more than ${Math.floor(bytes / 1024 ** 2)} MB.`)

function explained(error: unknown, signal: AbortSignal, { time }: DownloadLimits): Failure {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof Failure) return cause
  if (signal.aborted)
    return new Failure('input', `The address took longer than ${Math.round(time / 1000)} seconds.`)
  return new Failure('input', 'The address cannot be read: its host is not found, or does not answer.', {
    cause: error,
  })
}

const nameOf = (url: URL): string =>
  basename(url.pathname)
    .replace(/[^\w.-]+/g, '_')
    .slice(-100) || url.hostname
