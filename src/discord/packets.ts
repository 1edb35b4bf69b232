import type { Client } from 'discord.js'
import type { Log } from '../log.ts'

/** What discord.js does with each event of the gateway. Its types keep it private. */
interface PacketHandler {
  handlePacket(packet?: { readonly t?: unknown }, shard?: unknown): boolean
}

/**
 * discord.js builds its objects from an event as if it could not be otherwise. What it cannot read is reported and left
 * out: thrown from within the socket's handler, it would end the process.
 */
export function skipUnreadablePackets(client: Client, log: Log): void {
  const manager = client.ws as unknown as PacketHandler
  const handle = manager.handlePacket.bind(manager)
  manager.handlePacket = (packet, shard) => {
    try {
      return handle(packet, shard)
    } catch (error) {
      log.error({ err: error, event: String(packet?.t).slice(0, 40) }, 'an event could not be read')
      return true
    }
  }
}
