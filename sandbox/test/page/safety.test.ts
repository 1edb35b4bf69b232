import { describe, expect, it } from 'vitest'
import { page as pageApp } from '../../src/page/serve.ts'
import { pageFixture, withoutBrowser } from './fixture.ts'

const set = pageFixture()

const hostile = [
  '<img src=x onerror="document.title=1"><script>document.title=1</script>',
  '[click](javascript:document.title=1)',
  '`<b>` **<i>x</i>** ||<u>y</u>||',
  '<https://a.example/"onmouseover="document.title=1>',
].join('\n')

describe('what is served', () => {
  it('lets a page run nothing but its own script, and load nothing from elsewhere', async () => {
    const app = pageApp()
    const answer = await app.request('/')
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("style-src 'self';")
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).not.toMatch(/unsafe|https?:|\*/u)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    const text = await answer.text()
    expect(text).not.toMatch(/https?:|<style|onload|javascript:/u)
    const style = await (await app.request('/page/page.css')).text()
    expect(style.length).toBeGreaterThan(5000)
    expect(style).not.toMatch(/url\(|@import|@font-face/u)
    const script = await app.request('/page/page.js')
    expect(script.headers.get('content-type')).toContain('text/javascript')
    expect(await script.text()).toContain('sandbox-composer')
  })
})

describe('a page that cannot be put together', () => {
  it('says why, and is tried again', async () => {
    let attacks = 0
    const app = pageApp(async () => {
      attacks += 1
      if (attacks === 1) throw new Error('no bundler for <this> platform')
      return { script: '1', style: '' }
    })
    const failed = await app.request('/')
    expect(failed.status).toBe(500)
    expect(failed.headers.get('content-type')).toContain('text/plain')
    expect(await failed.text()).toContain('no bundler for <this> platform')
    expect((await app.request('/')).status).toBe(200)
    expect(await (await app.request('/page/page.js')).text()).toBe('1')
    expect(attacks).toBe(2)
  })
})

describe.skipIf(withoutBrowser)('hostile messages', () => {
  it('stay text, and nothing is asked of anybody else', async () => {
    const { page, requestedUrls } = await set.as('ada')
    const channel = [...set.sandbox.world.channels.values()].find(({ name }) => name === 'papers')
    const room = await set.bot.client.channels.fetch(channel?.id ?? '')
    if (room?.isSendable() !== true) throw new Error('the bot cannot write in #papers')
    await room.send({
      content: hostile,
      embeds: [
        {
          title: '<script>document.title=1</script>',
          url: 'https://a.example/?q="><script>',
          description: hostile,
          author: { name: '<b>author</b>' },
          image: { url: 'https://b.example/tracker.png' },
          thumbnail: { url: 'https://c.example/tracker.png' },
          footer: { text: '<i>footer</i>', icon_url: 'https://d.example/tracker.png' },
          fields: [{ name: '<b>n</b>', value: hostile.slice(0, 900) }],
        },
      ],
      files: [{ attachment: Buffer.from('<script>parent.document.title=1</script>'), name: 'x.html' }],
    })
    const message = page.locator('article.message', { hasText: 'author' }).last()
    await message.locator('.embed').waitFor()
    expect(await message.locator('script, img, iframe, b, i:not(.dot):not(.dots i)').count()).toBe(0)
    const targets = await message
      .locator('a')
      .evaluateAll(links => links.map(link => String((link as { href?: string }).href)))
    expect(targets.filter(target => !/^https?:\/\//u.test(target))).toEqual([])
    expect(await message.innerText()).toContain('<img src=x onerror="document.title=1">')
    expect(await message.innerText()).toContain('[click](javascript:document.title=1)')
    expect(await message.innerText()).toContain('Picture on b.example')
    expect(await page.title()).toContain('Sandbox')
    const { host } = new URL(set.sandbox.url)
    expect(requestedUrls.length).toBeGreaterThan(5)
    expect(requestedUrls.filter(address => new URL(address).host !== host)).toEqual([])
  })

  it('cannot make the page slow or broken', async () => {
    const { page } = await set.as('ada', 'general')
    const channel = [...set.sandbox.world.channels.values()].find(({ name }) => name === 'general')
    const room = await set.bot.client.channels.fetch(channel?.id ?? '')
    if (room?.isSendable() !== true) throw new Error('the bot cannot write in #general')
    for (const mark of ['*', '[', '[a](', '- ']) await room.send(mark.repeat(1900 / mark.length))
    await room.send('the end')
    await page.getByText('the end').waitFor()
  })
})

describe.skipIf(withoutBrowser)('the page’s shape', () => {
  it.each(['dark', 'light'] as const)('fits 380 pixels, %s', async scheme => {
    const { page } = await set.as('alan', 'papers', { width: 380, scheme })
    const field = page.getByRole('combobox', { name: /^Message/u })
    await field.fill('/paper kv')
    await page.keyboard.press('Enter')
    await page.locator('.embed').last().waitFor()
    const wide = `[...document.querySelectorAll('#app *')].filter(e => {
      const box = e.getBoundingClientRect()
      return box.width > 0 && (box.right > 381 || box.left < -1) && e.closest('.sidebar, .members, .visually-hidden, .skip, pre') === null
    }).map(e => e.className)`
    expect(await page.evaluate(wide)).toEqual([])
    const menu = page.getByRole('button', { name: 'Channels' })
    await menu.click()
    await page.getByRole('button', { name: 'reading-group' }).click()
    await page.getByRole('heading', { name: 'Welcome to #reading-group!' }).waitFor()
    expect(await menu.getAttribute('aria-expanded')).toBe('false')
  })

  it.each(['dark', 'light'] as const)('has text that stands out from its ground, %s', async scheme => {
    const { page } = await set.as('alan', 'papers', { scheme })
    await page.getByRole('combobox', { name: /^Message/u }).fill('/ask x')
    await page.keyboard.press('Enter')
    await page.locator('.ephemeral').last().waitFor()
    const { read, weak } = (await page.evaluate(faint)) as { read: number; weak: string[] }
    expect(read).toBeGreaterThan(20)
    expect(weak).toEqual([])
  })

  it('begins in the line, and is walked through by Tab from the skip link to it', async () => {
    const { page } = await set.as('ada', 'reading-group')
    const here = () => page.evaluate(part) as Promise<string>
    await expect.poll(here).toBe('sandbox-composer')
    const stops: string[] = []
    for (let step = 0; step < 40 && stops[0] !== 'skip'; step += 1) {
      await page.keyboard.press('Shift+Tab')
      stops.unshift(await here())
    }
    const order = stops.filter((stop, index) => stop !== stops[index - 1])
    expect(order).toEqual([
      'skip',
      'rail',
      'channels',
      'host-forms',
      'me',
      'top',
      'sandbox-log',
      'sandbox-composer',
    ])
    expect(await page.evaluate(nameless)).toEqual([])
    await page.keyboard.press('Enter')
    expect(await here()).toBe('sandbox-composer')
  })

  it('goes back as browsers do', async () => {
    const { page } = await set.as('ada', 'general')
    await page.getByRole('button', { name: 'reading-group' }).click()
    await page.getByRole('heading', { name: 'Welcome to #reading-group!' }).waitFor()
    await page.goBack()
    await page.getByRole('heading', { name: 'general', exact: true }).waitFor()
  })
})

/** Which part of the page has the focus. */
const part = `(() => {
  const element = document.activeElement
  return element.closest('sandbox-log, sandbox-composer')?.localName
    ?? element.closest('.skip, .rail, .channels, .host-forms, .me, .top')?.className ?? 'elsewhere'
})()`

/** Buttons, fields and links without a name to read out. */
const nameless = `[...document.querySelectorAll('button, input, textarea, select, a')]
  .filter(e => !(e.textContent.trim() || e.getAttribute('aria-label') || e.closest('label') || e.title))
  .map(e => e.outerHTML)`

/** Texts with less contrast than WCAG 2 asks for (4.5, large ones 3), by relative luminance. */
const faint = `(() => {
  const parse = text => {
    const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number)
    const scale = text.startsWith('color(') ? 255 : 1
    return [r * scale, g * scale, b * scale, a]
  }
  const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3])).concat(1)
  const ground = element => {
    const layers = []
    for (let e = element; e; e = e.parentElement) layers.push(parse(getComputedStyle(e).backgroundColor))
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1])
  }
  const luminance = color => {
    const [r, g, b] = color.slice(0, 3).map(v => v / 255).map(v => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const out = []
  let read = 0
  const walker = document.createTreeWalker(document.getElementById('app'), NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement
    const style = getComputedStyle(element)
    const box = element.getBoundingClientRect()
    if (walker.currentNode.data.trim() === '' || style.visibility === 'hidden' || box.width < 2 || element.closest('.offline, :disabled')) continue
    read += 1
    const back = ground(element)
    const [a, b] = [luminance(over(parse(style.color), back)), luminance(back)].sort((x, y) => y - x)
    const ratio = (a + 0.05) / (b + 0.05)
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700)
    if (ratio < (large ? 3 : 4.5)) out.push(walker.currentNode.data.trim() + ' ' + ratio.toFixed(2) + ' ' + element.className)
  }
  return { read, weak: [...new Set(out)] }
})()`
