import { expect, it } from 'vitest'
import { page } from '../../src/page/serve.ts'

it('sends its script and style compressed, and nothing twice', async () => {
  const app = page()
  for (const path of ['/page/page.js', '/page/page.css']) {
    const first = await app.request(path, { headers: { 'accept-encoding': 'gzip' } })
    expect(first.headers.get('content-encoding')).toBe('gzip')
    const tag = first.headers.get('etag')
    expect(tag).toMatch(/"/u)
    const again = await app.request(path, {
      headers: { 'accept-encoding': 'gzip', 'if-none-match': tag ?? '' },
    })
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
  }
})
