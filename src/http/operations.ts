import { Hono } from 'hono'
import type { OpenMetrics } from './metrics.ts'

export interface Check {
  readonly name: string
  /** Rejects, or gives false, when it is not well. */
  run(): Promise<boolean> | boolean
}

/** How long a check may take, in ms: a probe waits a few seconds at most. */
const checkTimeout = 2_000

/**
 * `/health/live`: the process answers. `/health/ready`: every check is well, or 503 with the names of those that are
 * not. `/metrics`: for Prometheus. They say nothing of members or servers.
 */
export function operationsRoutes(checks: readonly Check[], metrics: OpenMetrics): Hono {
  const app = new Hono()
  app.get('/health/live', c => c.json({ live: true }))
  app.get('/health/ready', async c => {
    const results = await Promise.all(checks.map(async check => [check.name, await isWell(check)] as const))
    const ready = results.every(([, well]) => well)
    return c.json({ ready, checks: Object.fromEntries(results) }, ready ? 200 : 503)
  })
  app.get('/metrics', async c => c.body(await metrics.text(), 200, { 'content-type': metrics.contentType }))
  return app
}

async function isWell({ run }: Check): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>(resolve => {
    timer = setTimeout(() => resolve(false), checkTimeout)
  })
  try {
    return await Promise.race([Promise.resolve().then(run), late])
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}
