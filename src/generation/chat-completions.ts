import { z } from 'zod'
import {
  addressOf,
  boundedText,
  type Endpoint,
  isBusy,
  jsonOf,
  post,
  retryAfterOf,
} from '../http-endpoint.ts'
import type { Passage } from './grounding/passage.ts'
import { type AnswerWriter, WriterError } from './port.ts'
import { promptFor } from './prompt.ts'

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
  const url = addressOf(endpoint.url, 'chat/completions')
  let dialect: Dialect = 'common'

  const ask = async (
    question: string,
    passages: readonly Passage[],
    signal: AbortSignal,
  ): Promise<string> => {
    const messages = promptFor(question, passages)
    const send = () => post(url, endpoint, { messages, ...limitsIn(dialect), stream: false }, signal)
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

function refused(response: Response): WriterError {
  const retryAfter = isBusy(response) ? retryAfterOf(response) : undefined
  const problem = isBusy(response) ? 'busy' : 'broken'
  return new WriterError(problem, 'the endpoint refused', { status: response.status, retryAfter })
}

/** @throws WriterError when it is longer than any answer */
async function textOf(response: Response): Promise<string> {
  const text = await boundedText(response, mostBytes)
  if (text === undefined) throw new WriterError('broken', 'the endpoint sent far too much')
  return text
}

function contentOf(text: string): string {
  const parsed = Completion.safeParse(jsonOf(text))
  const content = parsed.data?.choices[0]?.message.content
  if (content === undefined) throw new WriterError('broken', 'the endpoint’s answer is no chat completion')
  // Some models think aloud first.
  return content.slice(content.lastIndexOf('</think>') + 1).replace(/^\/think>/u, '')
}
