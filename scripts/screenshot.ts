import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

/** Takes the README's picture anew: the bot in its sandbox, in a real browser. CHROMIUM names another than Debian's. */
const browserPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const picture = 'docs/paper.png'
const port = 3199

async function main(): Promise<void> {
  if (!existsSync(browserPath)) throw new Error(`There is no browser at ${browserPath}. Set CHROMIUM to one.`)
  const folder = await mkdtemp(join(tmpdir(), 'lectern-screenshot-'))
  const bot = fork('src/main.ts', {
    env: { PATH: process.env['PATH'], PORT: String(port), DATA_DIR: folder, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const browser = await chromium.launch({
    executablePath: browserPath,
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    let said = ''
    for await (const chunk of bot.stdout ?? []) {
      said += String(chunk)
      if (said.includes('Open http')) break
    }
    const page = await browser.newPage({ viewport: { width: 1180, height: 1000 }, colorScheme: 'dark' })
    await page.goto(`http://127.0.0.1:${port}`)
    await page.getByRole('button', { name: '/paper kv cache' }).click()
    await page.keyboard.press('Enter')
    await page.locator('article.message .embed').waitFor()
    await page.mouse.move(5, 5)
    await page.screenshot({ path: picture, animations: 'disabled' })
  } finally {
    await browser.close()
    bot.kill()
    await once(bot, 'exit')
    await rm(folder, { recursive: true, force: true })
  }
  process.stdout.write(`${picture} is new.\n`)
}

await main()
