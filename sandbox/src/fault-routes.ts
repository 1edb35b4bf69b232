import { Hono } from 'hono'
import { FaultRule, type Faults } from './faults.ts'
import type { Gateway } from './gateway/server.ts'
import { Incident, simulate } from './incidents.ts'
import type { Journal } from './journal.ts'
import type { World } from './state/world.ts'
import { read } from './user-api/request.ts'
import { errorResponse } from './user-api/user-api-error.ts'

/** Switches for trouble, and what came of it, over HTTP. */
export function faultRoutes(world: World, faults: Faults, gateway: Gateway, journal: Journal): Hono {
  const app = new Hono()
  app.get('/sandbox/faults', c => c.json({ pending: faults.pending, struck: faults.struck }))
  app.post('/sandbox/faults', async c => {
    faults.add(await read(c, FaultRule))
    return c.json({ pending: faults.pending, struck: faults.struck }, 201)
  })
  app.delete('/sandbox/faults', c => {
    faults.clear()
    return c.body(null, 204)
  })
  app.post('/sandbox/incidents', async c => {
    simulate(world, gateway, await read(c, Incident))
    return c.body(null, 204)
  })
  app.get('/sandbox/refused', c => c.json(journal.refused))
  app.get('/sandbox/requests', c => c.json(journal.requests.slice(-1000)))
  app.onError(errorResponse)
  return app
}
