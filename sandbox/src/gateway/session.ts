import { randomBytes } from 'node:crypto'
import { GatewayIntentBits as Intent } from 'discord-api-types/v10'
import type { WorldEvent } from '../state/bus.ts'
import type { World } from '../state/world.ts'
import { guildCreation } from '../view/guild.ts'
import { type Dispatch, translate } from './translate.ts'

/** A connection's place of delivery. */
export interface Socket {
  send(frame: unknown): void
  /** Without a closing handshake when no code is given. */
  end(code?: number): void
}

/** One logical session: it outlives its sockets, numbers events and keeps them for a resume. */
export interface Session {
  readonly id: string
  readonly intents: number
  line: Socket | undefined
  receive(event: WorldEvent): void
  /** Sends one event that only this session asked for. */
  dispatch(t: string, d: unknown): void
  /** Greets a new session: READY, then every server. */
  ready(resumeUrl: string): void
  /** Sends what came after `seq`, then RESUMED. False when that is no longer, or not yet, known. */
  replay(seq: number): 'done' | 'ahead' | 'forgotten'
}

/** Events kept for a resume. */
const kept = 5000

interface Sent {
  readonly op: 0
  readonly s: number
  readonly t: string
  readonly d: unknown
}

export type Shard = readonly [index: number, count: number]

export function openSession(world: World, intents: number, shard: Shard): Session {
  const sent: Sent[] = []
  let seq = 0

  function push({ t, d }: Pick<Dispatch, 't' | 'd'>) {
    seq += 1
    const frame = { op: 0, s: seq, t, d } as const
    sent.push(frame)
    if (sent.length > kept) sent.shift()
    session.line?.send(frame)
  }

  const session: Session = {
    id: randomBytes(16).toString('hex'),
    intents,
    line: undefined,
    receive(event) {
      const dispatch = translate(world, event, intents)
      if (dispatch !== undefined && onShard(dispatch.guildId, shard)) push(dispatch)
    },
    dispatch: (t, d) => push({ t, d }),
    ready(resumeUrl) {
      const guilds = [...world.guilds.values()].filter(
        ({ id, members }) => members.has(world.bot.id) && onShard(id, shard),
      )
      push({
        t: 'READY',
        d: {
          v: 10,
          user: { ...world.bot, verified: true, mfa_enabled: false, email: null, flags: 0 },
          guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
          session_id: session.id,
          resume_gateway_url: resumeUrl,
          session_type: 'normal',
          shard,
          application: { id: world.bot.id, flags: 0 },
          private_channels: [],
          relationships: [],
        },
      })
      if (intents & Intent.Guilds)
        for (const guild of guilds) push({ t: 'GUILD_CREATE', d: guildCreation(world, guild) })
    },
    replay(after) {
      if (after > seq) return 'ahead'
      if (after < seq - sent.length) return 'forgotten'
      for (const frame of sent) if (frame.s > after) session.line?.send(frame)
      push({ t: 'RESUMED', d: { _trace: [] } })
      return 'done'
    },
  }
  return session
}

/** Direct messages go to the first shard; servers by their id. */
function onShard(guildId: string | undefined, [index, count]: Shard): boolean {
  if (guildId === undefined) return index === 0
  return Number((BigInt(guildId) >> 22n) % BigInt(count)) === index
}

/** A client that has not been heard of for this long loses its session, ms. */
export const resumable = 5 * 60_000
