import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { paths, Settings } from '../person-api.ts'
import type { World } from '../state/world.ts'
import { follow } from './events.ts'
import { interactRoutes } from './interact-routes.ts'
import { infoOf, overviewFor } from './overview.ts'
import { read, who } from './request.ts'
import { talkRoutes } from './talk-routes.ts'
import { tellTrouble } from './user-api-error.ts'

const person = ':person'
/** Real ms between signs of life on a stream of events. */
const beat = 15_000

/** The person's side over HTTP. */
export function personRoutes(world: World): Hono {
  const app = new Hono()

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
    return streamSSE(c, async stream => {
      const stop = follow(world, someone, event => void stream.writeSSE({ data: JSON.stringify(event) }))
      const beating = setInterval(() => void stream.write(': still here\n\n'), beat).unref()
      await new Promise<void>(resolve => stream.onAbort(resolve))
      clearInterval(beating)
      stop()
    })
  })

  app.route('/', talkRoutes(world))
  app.route('/', interactRoutes(world))
  app.onError(tellTrouble)
  return app
}
