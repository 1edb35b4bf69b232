import { Hono } from 'hono'
import { longestMove, moveClock } from '../operations/move-clock.ts'
import { MoveClock, paths } from '../person-api.ts'
import type { World } from '../state/world.ts'
import { read } from './request.ts'
import { UserApiError } from './user-api-error.ts'

const day = 86_400_000

/** The sandbox's clock, which is everybody's. */
export function clockRoutes(world: World): Hono {
  const { clock } = world
  const app = new Hono()
  let moving = false
  app.get(paths.clock(), c => c.json({ now: clock.now() }))
  app.post(paths.clock(), async c => {
    const { to } = await read(c, MoveClock)
    if (to <= clock.now()) throw new UserApiError(400, 'the clock goes forward only')
    if (to > clock.now() + longestMove)
      throw new UserApiError(400, `the clock moves ${longestMove / day} days at once, at most`)
    if (moving) throw new UserApiError(409, 'the clock is being moved already')
    moving = true
    try {
      await moveClock(world, to)
    } finally {
      moving = false
    }
    return c.json({ now: clock.now() })
  })
  return app
}
