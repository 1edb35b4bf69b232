import { z } from 'zod'

/** What a request that a fault matches meets. */
export const Effect = z.discriminatedUnion('kind', [
  /** 429 after which the client may come again in `ms`; not executed. */
  z.object({
    kind: z.literal('rate-limit'),
    ms: z.number().min(0).max(600_000),
    global: z.boolean().default(false),
  }),
  /** An answer of the server's own trouble, before or after the request was executed. */
  z.object({
    kind: z.literal('status'),
    status: z.int().min(400).max(599),
    executed: z.boolean().default(false),
  }),
  /** Executed, but the connection breaks before the answer. */
  z.object({ kind: z.literal('lost-answer') }),
  /** The connection breaks before anything is executed. */
  z.object({ kind: z.literal('dropped') }),
  /** Slow, in real ms, before or after execution. */
  z.object({
    kind: z.literal('slow'),
    ms: z.number().min(0).max(600_000),
    when: z.enum(['before', 'after']).default('after'),
  }),
  /** Refused with one of Discord's codes; not executed. */
  z.object({
    kind: z.literal('refused'),
    status: z.int().min(400).max(499),
    code: z.int(),
    message: z.string(),
  }),
])

export const FaultRule = z.object({
  /** Of the requests that count; all when left out. */
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
  /** A regular expression over the path below `/api/v10`, such as `^/channels/\d+/messages$`. */
  path: z.string().max(200).refine(isPattern, 'is not a regular expression').optional(),
  /** How many requests it strikes. */
  times: z.int().min(1).default(1),
  /** How many matching requests pass unharmed first. */
  after: z.int().min(0).default(0),
  effect: Effect,
})

export type Effect = z.infer<typeof Effect>
export type FaultRule = z.infer<typeof FaultRule>

export interface Faults {
  /** Later rules come after earlier ones; the first that matches strikes. */
  add(rule: z.input<typeof FaultRule>): void
  clear(): void
  /** Rules that still have something to strike. */
  readonly pending: readonly FaultRule[]
  /** Requests struck so far. */
  readonly struck: number
  /** Uses up a strike. */
  match(method: string, path: string): Effect | undefined
}

export function createFaults(): Faults {
  let rules: FaultRule[] = []
  let struck = 0
  return {
    add(rule) {
      rules.push(FaultRule.parse(rule))
    },
    clear() {
      rules = []
    },
    get pending() {
      return rules
    },
    get struck() {
      return struck
    },
    match(method, path) {
      const index = rules.findIndex(rule => matches(rule, method, path))
      const rule = rules[index]
      if (rule === undefined) return undefined
      if (rule.after > 0) {
        rules[index] = { ...rule, after: rule.after - 1 }
        return undefined
      }
      if (rule.times > 1) rules[index] = { ...rule, times: rule.times - 1 }
      else rules.splice(index, 1)
      struck += 1
      return rule.effect
    },
  }
}

function matches(rule: FaultRule, method: string, path: string): boolean {
  if (rule.method !== undefined && rule.method !== method) return false
  return rule.path === undefined || new RegExp(rule.path).test(path)
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text)
    return true
  } catch {
    return false
  }
}
