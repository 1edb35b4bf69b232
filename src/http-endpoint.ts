/** Where a model answers over HTTP. */
export interface Endpoint {
  /** Base address, such as `http://127.0.0.1:8080/v1`; with or without the call's own path. */
  readonly url: string
  /** Sent as a bearer token; undefined: none is. */
  readonly key: string | undefined
  readonly model: string
}

/** Why an endpoint gave nothing. Its message holds neither what was sent nor a key: it is safe for the log. */
export class EndpointError<Problem extends string> extends Error {
  readonly problem: Problem
  /** HTTP status, where there was one. */
  readonly status: number | undefined
  /** How long the endpoint wants to be left alone, in milliseconds. */
  readonly retryAfter: number | undefined

  constructor(
    problem: Problem,
    message: string,
    more: { status?: number | undefined; retryAfter?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? {} : { cause: more.cause })
    this.problem = problem
    this.status = more.status
    this.retryAfter = more.retryAfter
  }
}

/** The address of a call such as `embeddings`, whether the base address names it already or not. */
export function addressOf(base: string, call: string): string {
  const url = base.replace(/\/{1,20}$/u, '')
  return url.endsWith(`/${call}`) ? url : `${url}/${call}`
}

/** Posts JSON. What is sent, and the key, are for this address alone: no redirect is followed. */
export const post = (
  url: string,
  { key, model }: Endpoint,
  body: object,
  signal: AbortSignal,
): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    redirect: 'error',
    headers: {
      'content-type': 'application/json',
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify({ model, ...body }),
    signal,
  })

/** Too many requests, or too busy for now: the same request may be answered later. */
export const isBusy = ({ status }: Response): boolean => status === 429 || status === 503

/** How long a busy endpoint wants to be left alone, in milliseconds; a date instead of seconds is left to the default. */
export function retryAfterOf({ headers }: Response): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined
}

/** The body as text; undefined when it is longer than `mostBytes`, of which no more is then read. */
export async function boundedText({ body }: Response, mostBytes: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength
    if (bytes > mostBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Undefined where the text is no JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
