import { z } from 'zod'
import type { Poster, Target } from '../../src/picks/poster.ts'
import type { Message } from '../../src/view/reply.ts'

const Sent = z.object({ id: z.string() })
const Read = z.object({ messages: z.array(z.object({ id: z.string(), customIds: z.array(z.string()) })) })
const Limited = z.object({ retryAfter: z.number(), everywhere: z.boolean() })
const Refusal = z.object({
  why: z.enum(['permission', 'gone', 'removed', 'closed', 'invalid']),
  missing: z.array(z.string()),
})

const placeOf = (target: Target) => ('channelId' in target ? target.channelId : target.userId)

const customIdsOf = (message: Message) =>
  (message.components ?? []).flatMap(row =>
    row.components.flatMap(part => ('custom_id' in part ? [part.custom_id] : [])),
  )

/** The poster of `openChannels`: the same outcomes that Discord's has, over real sockets. */
export function httpPoster(
  url: string,
  now: () => number,
  allowed: () => boolean = () => true,
  by = '',
): Poster {
  const ask = async (target: Target, init: RequestInit, query = '') => {
    try {
      const headers = { 'x-process': by }
      const response = await fetch(`${url}/${placeOf(target)}${query}`, { ...init, headers })
      return { status: response.status, body: (await response.json()) as unknown }
    } catch (error) {
      return { status: 0, cause: String(error instanceof Error ? (error.cause ?? error) : error) }
    }
  }
  const failed = ({ status, body, cause }: { status: number; body?: unknown; cause?: string }) => {
    if (status === 429) {
      const { retryAfter, everywhere } = Limited.parse(body)
      return { kind: 'later', at: now() + retryAfter, everywhere } as const
    }
    if (status >= 400 && status < 500) return { kind: 'refused', ...Refusal.parse(body) } as const
    if (cause?.includes('ECONNREFUSED'))
      return { kind: 'later', at: undefined, everywhere: true, cause } as const
    return { kind: 'uncertain', cause: cause ?? `status ${status}` } as const
  }
  return {
    check: async () =>
      allowed() ? { kind: 'allowed' } : { kind: 'refused', why: 'permission', missing: ['Send Messages'] },
    async post({ target, message, nonce, signal }) {
      const body = JSON.stringify({ nonce, customIds: customIdsOf(message) })
      const answer = await ask(target, { method: 'POST', body, signal })
      if (answer.status === 200) return { kind: 'posted', messageId: Sent.parse(answer.body).id }
      return failed(answer)
    },
    async recent(target, since) {
      const answer = await ask(target, { method: 'GET' }, `?since=${since}`)
      if (answer.status === 200) return { kind: 'read', complete: true, ...Read.parse(answer.body) }
      const outcome = failed(answer)
      return outcome.kind === 'uncertain' ? { kind: 'later', at: undefined, everywhere: false } : outcome
    },
  }
}
