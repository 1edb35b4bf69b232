/** What the sandbox answered instead of what was asked for; `message` is its own sentence. */
export class Refused extends Error {
  /** HTTP status; 0 when nothing answered. */
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * One request to the sandbox's person API.
 * @throws Refused with the sandbox's own text, or with status 0 when it cannot be reached
 * @throws DOMException `AbortError`
 */
export async function call<Answer>(
  method: Method,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Answer> {
  const response = await send(method, path, body, signal)
  const text = await response.text()
  const answer = text === '' ? undefined : parsed(text)
  if (!response.ok) throw new Refused(response.status, errorText(answer, response.status))
  return answer as Answer
}

async function send(method: Method, path: string, body: unknown, signal: AbortSignal | undefined) {
  const init: RequestInit = { method, signal: signal ?? null }
  if (body !== undefined) {
    init.body = JSON.stringify(body)
    init.headers = { 'content-type': 'application/json' }
  }
  try {
    return await fetch(path, init)
  } catch (error) {
    if (signal?.aborted === true) throw error
    throw new Refused(0, 'The sandbox does not answer. Is it still running?')
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function errorText(answer: unknown, status: number): string {
  if (typeof answer === 'object' && answer !== null && 'error' in answer && typeof answer.error === 'string')
    return answer.error
  return `The sandbox refused this (HTTP ${status}).`
}
