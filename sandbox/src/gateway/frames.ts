import { z } from 'zod'

/** What a client may send. Only what is read is checked; the rest is Discord's business. */
export const Frame = z.looseObject({ op: z.int(), d: z.unknown().optional() })

export const Identify = z.looseObject({
  token: z.string(),
  intents: z.int().min(0),
  properties: z.looseObject({}),
  shard: z.tuple([z.int().min(0), z.int().min(1)]).optional(),
})

export const Resume = z.looseObject({ token: z.string(), session_id: z.string(), seq: z.int().min(0) })

export const Heartbeat = z.int().min(0).nullable()

export const RequestMembers = z.looseObject({
  guild_id: z.string(),
  query: z.string().optional(),
  limit: z.int().min(0).max(100).optional(),
  user_ids: z.union([z.string(), z.array(z.string()).max(100)]).optional(),
  nonce: z.string().max(32).optional(),
})

/** Codes that the sandbox closes with; discord.js reconnects after all but 4004 and 4010 to 4014. */
export const close = {
  unknownOpcode: 4001,
  decodeError: 4002,
  notAuthenticated: 4003,
  authenticationFailed: 4004,
  alreadyAuthenticated: 4005,
  invalidSequence: 4007,
  rateLimited: 4008,
  sessionTimedOut: 4009,
  invalidShard: 4010,
  invalidVersion: 4012,
  invalidIntents: 4013,
  disallowedIntents: 4014,
} as const
