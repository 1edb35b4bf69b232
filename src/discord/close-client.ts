import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'discord.js'

/** How long the gateway may take to close, in ms. */
const closeTimeout = 3_000

/**
 * Disconnects. When the client is about to reconnect at that moment, both close the same socket, and the promise of one
 * of them is forgotten: `destroy` then never settles, so it is waited for a bounded time. What is left open ends with
 * the process.
 */
export async function closeClient(client: Client): Promise<void> {
  const late = new AbortController()
  const timer = sleep(closeTimeout, undefined, { signal: late.signal }).catch(() => {})
  await Promise.race([client.destroy(), timer])
  late.abort()
}
