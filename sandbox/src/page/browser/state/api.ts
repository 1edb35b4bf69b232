import type { Session } from './session.ts'

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

/** Runs what a person does by hand; a refusal is told in the channel. Returns whether it went through. */
export async function attempt(session: Session, act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act()
    return true
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    session.note('refused', error.message)
    return false
  }
}

/** Tries until the sandbox is there; only a refusal ends it. */
export async function untilAnswered<T>(session: Session, ask: () => Promise<T>): Promise<T> {
  for (let pause = 500; ; pause = Math.min(pause * 2, 5000)) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 0) throw error
      session.update({ link: 'lost' })
      await new Promise(resolve => setTimeout(resolve, pause))
    }
  }
}
