import { z } from 'zod'
import type { Passage } from './grounding/passage.ts'
import { type AnswerWriter, WriterError } from './port.ts'
import { promptFor } from './prompt.ts'

export interface Endpoint {
  /** Base address, such as `http://127.0.0.1:8080/v1`; with or without `/chat/completions`. */
  readonly url: string
  /** Sent as a bearer token; undefined: none is. */
  readonly key: string | undefined
  readonly model: string
}

/** How long an answer may take, milliseconds: whoever asked waits for it, and the quoted answer is there already. */
export const answerTimeout = 12_000
/** An answer of four sentences with all that endpoints wrap around it takes some 2 kB. */
const mostBytes = 256_000
const mostTokens = 300

const Completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
})

/** What a request limits an answer by: newer models refuse the older names. */
type Dialect = 'common' | 'newer'
const limitsIn = (dialect: Dialect) =>
  dialect === 'common' ? { max_tokens: mostTokens, temperature: 0 } : { max_completion_tokens: mostTokens }

/**
 * A model behind any endpoint that speaks OpenAI's chat completions
 * (<https://platform.openai.com/docs/api-reference/chat/create>), a local one too. One request an answer, no redirect
 * followed, no answer kept: every fault of the endpoint is a WriterError within `timeout` milliseconds.
 */
export function chatCompletions(endpoint: Endpoint, timeout: number = answerTimeout): AnswerWriter {
  const url = completionsOf(endpoint.url)
  let dialect: Dialect = 'common'

  const ask = async (
    question: string,
    passages: readonly Passage[],
    signal: AbortSignal,
  ): Promise<string> => {
    const messages = promptFor(question, passages)
    const send = () => post(url, endpoint, { messages, ...limitsIn(dialect) }, signal)
    let response = await send()
    if (response.status === 400 && dialect === 'common') {
      const refusal = await textOf(response)
      if (!/max_completion_tokens|temperature/u.test(refusal)) throw refused(response)
      dialect = 'newer'
      response = await send()
    }
    if (!response.ok) {
      await response.body?.cancel()
      throw refused(response)
    }
    return contentOf(await textOf(response))
  }

  return {
    model: endpoint.model,
    async write(question, passages, signal) {
      const late = AbortSignal.timeout(timeout)
      try {
        return await ask(question, passages, AbortSignal.any([signal, late]))
      } catch (error) {
        if (error instanceof WriterError) throw error
        if (late.aborted || signal.aborted)
          throw new WriterError('late', 'the endpoint did not answer in time')
        throw new WriterError('broken', 'the endpoint cannot be reached, or its answer broke off', {
          cause: error,
        })
      }
    },
  }
}

function completionsOf(url: string): string {
  const base = url.replace(/\/{1,20}$/u, '')
  return base.endsWith('/chat/completions') ? base : `${base}/chat/completions`
}

const post = (url: string, { key, model }: Endpoint, body: object, signal: AbortSignal): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    // The question and the key are for this address alone.
    redirect: 'error',
    headers: {
      'content-type': 'application/json',
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify({ model, ...body, stream: false }),
    signal,
  })

function refused({ status, headers }: Response): WriterError {
  const isBusy = status === 429 || status === 503
  const retryAfter = isBusy ? retryAfterOf(headers.get('retry-after')) : undefined
  return new WriterError(isBusy ? 'busy' : 'broken', 'the endpoint refused', { status, retryAfter })
}

/** Milliseconds, from seconds; a date is left to the default. */
function retryAfterOf(header: string | null): number | undefined {
  const seconds = Number(header ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined
}

/** @throws WriterError when it is longer than any answer */
async function textOf({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength
    if (bytes > mostBytes) throw new WriterError('broken', 'the endpoint sent far too much')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function contentOf(text: string): string {
  const parsed = Completion.safeParse(jsonOf(text))
  const content = parsed.data?.choices[0]?.message.content
  if (content === undefined) throw new WriterError('broken', 'the endpoint’s answer is no chat completion')
  // Some models think aloud first.
  return content.slice(content.lastIndexOf('</think>') + 1).replace(/^\/think>/u, '')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
