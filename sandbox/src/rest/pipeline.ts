import { setTimeout as sleep } from 'node:timers/promises'
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context, MiddlewareHandler, Next } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { Effect, Faults } from '../faults.ts'
import type { Journal } from '../journal.ts'
import type { World } from '../state/world.ts'
import { Refusal, refusal } from '../validation/refusal.ts'
import { type Limits, tooMany } from './limits.ts'

export type Env = {
  Bindings: HttpBindings
  Variables: { path: string; body: unknown; fault: string | undefined }
}

export interface Services {
  readonly world: World
  readonly faults: Faults
  readonly journal: Journal
  readonly limits: Limits
}

/** Notes every request of the bot, and keeps what was refused for its own fault. */
export function logMiddleware({ world, journal }: Services, prefix: string): MiddlewareHandler<Env> {
  return async (c, next) => {
    c.set('path', c.req.path.slice(prefix.length))
    await next()
    const { method } = c.req
    const fault = c.get('fault')
    const path = c.get('path').replace(/^(\/interactions\/\d+|\/webhooks\/\d+)\/[^/]+/, '$1/…')
    const entry = { at: world.clock.now(), method, path, status: c.res.status, fault }
    journal.note(entry)
    const { error } = c
    if (method !== 'GET' && error instanceof Refusal && fault === undefined)
      journal.refuse({
        ...entry,
        code: error.code,
        message: error.message,
        errors: error.errors,
        body: c.get('body'),
      })
  }
}

/** Lets the faults that are switched on strike. */
export function faultMiddleware({ faults }: Services): MiddlewareHandler<Env> {
  return async (c, next) => {
    const effect = faults.match(c.req.method, c.get('path'))
    if (effect === undefined) return next()
    c.set('fault', effect.kind)
    return applyEffect(effect, c, next)
  }
}

async function applyEffect(effect: Effect, c: Context<Env>, next: Next): Promise<Response | undefined> {
  switch (effect.kind) {
    case 'rate-limit': {
      const wait = effect.ms / 1000
      const headers = { ...tooMany(wait, effect.global), 'Retry-After': String(wait) }
      return c.json(tooManyBody(wait, effect.global), 429, headers)
    }
    case 'status':
      if (effect.executed) await next()
      c.res = undefined
      c.res = new Response('upstream trouble (a fault of the sandbox)', { status: effect.status })
      return undefined
    case 'lost-answer':
      await next()
      return cut(c)
    case 'dropped':
      return cut(c)
    case 'slow':
      if (effect.when === 'before') await sleep(effect.ms, undefined, { ref: false })
      await next()
      if (effect.when === 'after') await sleep(effect.ms, undefined, { ref: false })
      return undefined
    case 'refused':
      return c.json({ message: effect.message, code: effect.code }, effect.status as 400)
  }
}

function cut(c: Context<Env>): Response {
  c.env.incoming.socket.destroy()
  c.res = RESPONSE_ALREADY_SENT
  return RESPONSE_ALREADY_SENT
}

const tooManyBody = (wait: number, global: boolean) => ({
  message: 'You are being rate limited.',
  retry_after: wait,
  global,
})

/** Interaction endpoints carry a token of their own; only `/gateway` is open to all. */
export function authMiddleware({ world }: Services): MiddlewareHandler<Env> {
  return async (c, next) => {
    const path = c.get('path')
    const open = path === '/gateway' || /^\/(interactions|webhooks)\//.test(path)
    if (!open && c.req.header('authorization') !== `Bot ${world.token}`) throw refusal(0)
    await next()
  }
}

export function rateLimitMiddleware({ limits }: Services): MiddlewareHandler<Env> {
  return async (c, next) => {
    const path = c.get('path')
    const major = /^\/(?:channels|guilds)\/\d+|^\/webhooks\/\d+\/[^/]+/.exec(path)?.[0] ?? ''
    const exempt = /^\/(interactions|webhooks)\//.test(path)
    const pattern = matchedRoutes(c).find(({ path: pattern }) => !pattern.endsWith('*'))?.path ?? ''
    const route = `${c.req.method} ${pattern.replace(/^\/api\/v\d+/, '')}`
    const { headers, retryAfter, global } = limits.check(route, major, exempt)
    for (const [name, value] of Object.entries(headers)) c.header(name, value)
    if (retryAfter !== undefined) return c.json(tooManyBody(retryAfter, global), 429)
    await next()
  }
}
