import { Hono } from 'hono'
import { Refusal, unknownRoute } from '../validation/refusal.ts'
import { channelRoutes } from './channels.ts'
import { commandRoutes } from './commands.ts'
import { guildRoutes } from './guilds.ts'
import { interactionRoutes } from './interactions.ts'
import { messageRoutes } from './messages.ts'
import {
  authMiddleware,
  type Env,
  faultMiddleware,
  logMiddleware,
  rateLimitMiddleware,
  type Services,
} from './pipeline.ts'
import { reactionRoutes } from './reactions.ts'
import { threadRoutes } from './threads.ts'
import { userRoutes } from './users.ts'
import { webhookRoutes } from './webhooks.ts'

const apiPrefix = '/api/v10'

/** Discord's REST API, as far as the sandbox speaks it. */
export function restApp(services: Services, onBug: (error: unknown) => void): Hono<Env> {
  const { world } = services
  const app = new Hono<Env>().basePath(apiPrefix)
  app.use(
    '*',
    async (c, next) => {
      await next()
      c.header('date', new Date(world.clock.now()).toUTCString())
    },
    logMiddleware(services, apiPrefix),
    faultMiddleware(services),
    authMiddleware(services),
    rateLimitMiddleware(services),
  )
  for (const routes of [
    interactionRoutes,
    webhookRoutes,
    messageRoutes,
    reactionRoutes,
    threadRoutes,
    channelRoutes,
    commandRoutes,
    guildRoutes,
    userRoutes,
  ])
    app.route('/', routes(world))
  app.all('*', () => {
    throw unknownRoute()
  })
  app.onError((error, c) => {
    if (error instanceof Refusal) return c.json(error.toJSON(), error.status as 400)
    onBug(error)
    return c.json({ message: '500: Internal Server Error', code: 0 }, 500)
  })
  return app
}
