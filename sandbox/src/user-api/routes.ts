import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { paths, Settings } from '../person-api.ts'
import type { World } from '../state/world.ts'
import { clockRoutes } from './clock-routes.ts'
import { follow } from './events.ts'
import { formRoutes } from './form-routes.ts'
import { interactRoutes } from './interact-routes.ts'
import { talkRoutes } from './message-routes.ts'
import { infoOf, overviewFor } from './overview.ts'
import { read, who } from './request.ts'
import { errorResponse } from './user-api-error.ts'

const person = ':person'
/** Real ms between signs of life on a stream of events. */
const heartbeatInterval = 15_000
/** Streams of events that are open at once: a page has one. */
const mostStreams = 64
/** Events that wait for a page to read them. */
const mostUnread = 256

/** The person's side over HTTP. */
export function personRoutes(world: World): Hono {
  const app = new Hono()
  let streams = 0

  app.get(paths.info(), c => c.json(infoOf(world)))
  app.get(paths.overview(person), c => c.json(overviewFor(world, who(world, c))))

  app.patch(paths.settings(person), async c => {
    const someone = who(world, c)
    const { directMessages, locale } = await read(c, Settings)
    someone.directMessages = directMessages ?? someone.directMessages
    someone.locale = locale ?? someone.locale
    return c.json(someone)
  })

  app.get(paths.events(person), c => {
    const someone = who(world, c)
    if (streams >= mostStreams) return c.json({ error: 'too many pages are open' }, 503)
    streams++
    return streamSSE(c, async stream => {
      let unread = 0
      const ended = new Promise<void>(resolve => stream.onAbort(resolve))
      const write = async (text: string): Promise<void> => {
        // Whoever does not read is let go: its page asks again, and gets the whole picture.
        if (++unread > mostUnread) return stream.abort()
        await stream.write(text)
        unread--
      }
      const stop = follow(world, someone, event => void write(`data: ${JSON.stringify(event)}\n\n`))
      const heartbeat = setInterval(() => void write(': still here\n\n'), heartbeatInterval).unref()
      await ended
      clearInterval(heartbeat)
      stop()
      streams--
    })
  })

  app.route('/', talkRoutes(world))
  app.route('/', interactRoutes(world))
  app.route('/', clockRoutes(world))
  app.route('/', formRoutes(world))
  app.onError(errorResponse)
  return app
}
