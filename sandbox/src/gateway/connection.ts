import { GatewayIntentBits as Intent, GatewayOpcodes as Op } from 'discord-api-types/v10'
import type { World } from '../state/world.ts'
import { close, Frame, Heartbeat, Identify, RequestMembers, Resume } from './frames.ts'
import type { Hub } from './hub.ts'
import { membersChunk } from './members.ts'
import type { Session, Socket } from './session.ts'

const allIntents = Object.values(Intent)
  .filter(bit => typeof bit === 'number')
  .reduce((all, bit) => all | bit, 0)
const privileged = Intent.GuildMembers | Intent.GuildPresences | Intent.MessageContent
/** Frames a client may send in a minute. */
const maxFrames = 120

export interface Connection {
  /** Takes what the client sent. */
  receive(text: string): void
  /** @param clean whether the client said goodbye: then its session is over */
  closed(clean: boolean): void
  /** When the client last gave a sign of life, real ms. */
  readonly recentFrames: () => number
}

export interface About {
  /** ms */
  readonly heartbeatInterval: number
  /** Where a client goes to resume. */
  readonly resumeUrl: string
}

/** One socket's side of the protocol, free of sockets. */
export function createConnection(world: World, hub: Hub, line: Socket, about: About): Connection {
  let session: Session | undefined
  let recentFrames = performance.now()
  let frames: number[] = []
  line.send({ op: Op.Hello, d: { heartbeat_interval: about.heartbeatInterval, _trace: [] } })

  function identify(d: unknown) {
    const parsed = Identify.safeParse(d)
    if (!parsed.success) return line.end(close.decodeError)
    const { token, intents, shard = [0, 1] } = parsed.data
    if (session !== undefined) return line.end(close.alreadyAuthenticated)
    if (bare(token) !== world.token) return line.end(close.authenticationFailed)
    if (shard[0] >= shard[1]) return line.end(close.invalidShard)
    if ((intents & ~allIntents) !== 0) return line.end(close.invalidIntents)
    if ((intents & privileged & ~world.privileged) !== 0) return line.end(close.disallowedIntents)
    session = hub.open(intents, shard)
    hub.attach(session, line)
    session.ready(about.resumeUrl)
  }

  function resume(d: unknown) {
    const parsed = Resume.safeParse(d)
    if (!parsed.success) return line.end(close.decodeError)
    if (bare(parsed.data.token) !== world.token) return line.end(close.authenticationFailed)
    const found = hub.find(parsed.data.session_id)
    if (found === undefined) return line.send({ op: Op.InvalidSession, d: false })
    hub.attach(found, line)
    const outcome = found.replay(parsed.data.seq)
    if (outcome === 'ahead') return line.end(close.invalidSequence)
    if (outcome === 'forgotten') {
      hub.end(found)
      return line.send({ op: Op.InvalidSession, d: false })
    }
    session = found
  }

  function heartbeat(d: unknown) {
    if (!Heartbeat.safeParse(d).success) return line.end(close.decodeError)
    line.send({ op: Op.HeartbeatAck })
  }

  function requestMembers(d: unknown) {
    if (session === undefined) return line.end(close.notAuthenticated)
    const parsed = RequestMembers.safeParse(d)
    if (!parsed.success) return line.end(close.decodeError)
    session.dispatch('GUILD_MEMBERS_CHUNK', membersChunk(world, parsed.data))
  }

  const ignored = () => (session === undefined ? line.end(close.notAuthenticated) : undefined)
  const handlers: Partial<Record<number, (d: unknown) => void>> = {
    [Op.Heartbeat]: heartbeat,
    [Op.Identify]: identify,
    [Op.Resume]: resume,
    [Op.RequestGuildMembers]: requestMembers,
    [Op.PresenceUpdate]: ignored,
    [Op.VoiceStateUpdate]: ignored,
  }

  return {
    recentFrames: () => recentFrames,
    receive(text) {
      recentFrames = performance.now()
      frames = [...frames.filter(at => recentFrames - at < 60_000), recentFrames]
      if (frames.length > maxFrames) return line.end(close.rateLimited)
      const frame = parse(text)
      if (frame === undefined) return line.end(close.decodeError)
      const handle = handlers[frame.op]
      if (handle === undefined) return line.end(close.unknownOpcode)
      handle(frame.d)
    },
    closed(clean) {
      if (session === undefined) return
      if (clean && session.line === line) hub.end(session)
      else hub.detach(session, line)
    },
  }
}

const bare = (token: string) => token.replace(/^Bot /i, '')

function parse(text: string): { op: number; d?: unknown } | undefined {
  try {
    return Frame.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
