import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { snowflake } from '../snowflake.ts'
import type { SignedRequest } from './signature.ts'

/** What is read here of an interaction; the rest is read by whoever answers it. */
const Payload = z.looseObject({
  id: z.string().regex(snowflake),
  type: z.int().min(1).max(255),
  token: z.string().min(1).max(1_000),
})
export type InteractionPayload = z.infer<typeof Payload>

export interface InteractionsOptions {
  verify(request: SignedRequest): boolean
  /** Whether interactions are taken: not while the process stops. */
  isOpen(): boolean
  /** Answers it by Discord's callback address. Must not reject. @returns when it is answered */
  accept(payload: InteractionPayload): Promise<void>
}

/** Bytes of a request. The largest that Discord sends carries a message with its embeds and a form's fields. */
const maxBody = 512 * 1024
/** Interactions whose ids are remembered: a balancer that tries again must not have one carried out twice. */
const maxSeen = 10_000

/** Discord waits three seconds for the response, in ms; work that takes longer was acknowledged long before. */
const maxResponseTime = 2_000

const pong = { type: 1 }

/**
 * The interactions endpoint of an application: checks the signature, answers a PING, and everything else by the
 * callback address, as for the gateway; the response is then 202.
 * https://discord.com/developers/docs/interactions/receiving-and-responding
 */
export function interactionsEndpoint({ verify, isOpen, accept }: InteractionsOptions): Hono {
  const app = new Hono()
  const seen = new LRUCache<string, true>({ max: maxSeen })
  app.post(
    '/interactions',
    bodyLimit({ maxSize: maxBody, onError: c => c.text('the body is too large', 413) }),
    async c => {
      const body = new Uint8Array(await c.req.arrayBuffer())
      const signature = c.req.header('x-signature-ed25519')
      const timestamp = c.req.header('x-signature-timestamp')
      if (!verify({ body, signature, timestamp })) return c.text('the signature is wrong', 401)
      const payload = Payload.safeParse(parsedJson(body))
      if (!payload.success) return c.text('the body is not an interaction', 400)
      if (payload.data.type === 1) return c.json(pong)
      // Another replica may still be there to take it.
      if (!isOpen()) return c.text('this process is stopping', 503)
      if (!seen.has(payload.data.id)) {
        seen.set(payload.data.id, true)
        // Whoever is killed before it has answered leaves a request without a response, which a balancer sends again.
        await Promise.race([accept(payload.data), sleep(maxResponseTime, undefined, { ref: false })])
      }
      return c.body(null, 202)
    },
  )
  return app
}

function parsedJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined
  }
}
