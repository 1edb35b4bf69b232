import { Hono } from 'hono'
import type { World } from './state/world.ts'

/** Kinds that a browser may show; everything else is only ever saved. */
const shown = /^(image\/(png|jpeg|gif|webp)|text\/plain)(;|$)/

/** Attachments, as Discord's file server would hand them out. What bots and people upload never runs here. */
export function fileRoutes(world: World): Hono {
  const app = new Hono()
  app.get('/attachments/:channel/:attachment/:name', c => {
    const file = world.files.get(c.req.param('attachment'))
    if (file === undefined) return c.text('no such file', 404)
    const inline = shown.test(file.contentType)
    return c.body(Uint8Array.from(file.bytes), 200, {
      'Content-Type': inline ? file.contentType : 'application/octet-stream',
      'Content-Disposition': `${inline ? 'inline' : 'attachment'}; filename="${file.name}"`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
    })
  })
  return app
}
