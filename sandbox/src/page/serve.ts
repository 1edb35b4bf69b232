import { type Context, Hono } from 'hono'
import { compress } from 'hono/compress'
import { etag } from 'hono/etag'
import { type Bundle, bundle } from './bundle.ts'

/**
 * Everything comes from the sandbox itself, nothing from elsewhere: no script or style in the document, no form that
 * leads away, no frame. lit alone may make markup, from its own templates.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ')

const headers = {
  'Content-Security-Policy': policy,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-cache',
}

const document = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="color-scheme" content="dark light">
<title>Sandbox</title>
<link rel="icon" href="/page/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/page/page.css">
<script type="module" src="/page/page.js"></script>
</head>
<body>
<div id="app"><p class="start">Opening the sandbox…</p></div>
<noscript><p class="start">The sandbox’s page needs JavaScript.</p></noscript>
</body>
</html>
`

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="#5865f2"/><path d="M12 7.500c-2-1.400-4.500-1.400-6.500-1v10c2.500-.6 4.500-.6 6.500.8 2-1.400 4-1.400 6.500-.8v-10c-2-.4-4.500-.4-6.500 1zm0 0v9.800" fill="none" stroke="#fff" stroke-width="1.600" stroke-linejoin="round"/></svg>`

/**
 * The sandbox's web page, to be routed at `/`. It is put together at the first request and kept; where that fails,
 * the page says why, and the next request tries again.
 */
export function page(make: () => Promise<Bundle> = bundle): Hono {
  let made: Promise<Bundle> | undefined
  const once = async () => {
    made ??= make()
    try {
      return await made
    } catch (error) {
      made = undefined
      throw error
    }
  }
  const send = (c: Context, type: string, text: string) =>
    c.body(text, 200, { ...headers, 'Content-Type': `${type}; charset=utf-8` })
  const app = new Hono()
  // A reload asks whether anything is new, and fetches nothing that is not.
  app.use('/page/*', compress(), etag())
  app.get('/', async c => {
    try {
      await once()
    } catch (error) {
      return c.text(`The sandbox's page cannot be put together: ${String(error)}`, 500, headers)
    }
    return send(c, 'text/html', document)
  })
  app.get('/page/icon.svg', c => send(c, 'image/svg+xml', icon))
  app.get('/page/page.js', async c => send(c, 'text/javascript', (await once()).script))
  app.get('/page/page.css', async c => send(c, 'text/css', (await once()).style))
  return app
}
