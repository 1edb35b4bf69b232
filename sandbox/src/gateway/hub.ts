import type { World } from '../state/world.ts'
import { openSession, resumable, type Session, type Shard, type Socket } from './session.ts'

/** All gateway sessions of the bot. Two processes with the same token both hear everything, as on Discord. */
export interface Hub {
  readonly sessions: ReadonlySet<Session>
  open(intents: number, shard: Shard): Session
  find(id: string): Session | undefined
  attach(session: Session, line: Socket): void
  /** The socket has gone; the session waits to be resumed for a while. */
  detach(session: Session, line: Socket): void
  end(session: Session): void
  stop(): void
}

export function createHub(world: World): Hub {
  const sessions = new Set<Session>()
  const stopHearing = world.bus.on(event => {
    for (const session of sessions) session.receive(event)
  })

  function note() {
    const online = [...sessions].some(session => session.line !== undefined)
    world.reachable = sessions.size > 0
    if (online === world.online) return
    world.online = online
    world.bus.emit({ type: 'bot', online })
  }

  const end = (session: Session) => {
    sessions.delete(session)
    session.line = undefined
    note()
  }

  return {
    sessions,
    end,
    open(intents, shard) {
      const session = openSession(world, intents, shard)
      sessions.add(session)
      return session
    },
    find: id => [...sessions].find(session => session.id === id),
    attach(session, line) {
      session.line?.end(4000)
      session.line = line
      note()
    },
    detach(session, line) {
      if (session.line !== line) return
      session.line = undefined
      note()
      world.clock.after(resumable, () => {
        if (session.line === undefined) end(session)
      })
    },
    stop() {
      stopHearing()
      sessions.clear()
      note()
    },
  }
}
