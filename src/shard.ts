import { z } from 'zod'

/** One of the bot's connections to the gateway: it hears of the servers whose ids fall to it. */
export interface Shard {
  /** From 0 to `count` - 1. */
  readonly id: number
  readonly count: number
}

const Variables = z.object({
  SHARDING_MANAGER: z.literal('true'),
  SHARDS: z.coerce.number().int().min(0),
  SHARD_COUNT: z.coerce.number().int().min(1),
})

/**
 * Which shard a process is, from the variables that discord.js' ShardingManager sets for its children.
 * @returns undefined for a process that it did not start
 */
export function shardOf(env: Readonly<Record<string, string | undefined>>): Shard | undefined {
  const { data } = Variables.safeParse(env)
  return data === undefined ? undefined : Object.freeze({ id: data.SHARDS, count: data.SHARD_COUNT })
}
