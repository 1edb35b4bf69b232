import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { page as pageApp } from '../../src/page/serve.ts'
import { startSandbox } from '../../src/sandbox.ts'
import { startBot } from './bot.ts'
import { startBrowser } from './chromium.ts'
import { withoutBrowser } from './fixture.ts'

const line = (page: Page) => page.getByRole('combobox', { name: /^Message/u })

describe.skipIf(withoutBrowser)('the page over time', () => {
  it('tells when the bot is away, and goes on over a restart of the sandbox with one line', async () => {
    const first = await startSandbox({ botName: 'Lectern', page: pageApp() })
    const port = Number(new URL(first.url).port)
    const browser = await startBrowser()
    const { page } = await browser.open(`${first.url}/#/alan`)
    await page.getByText(/Lectern is offline/u).waitFor()
    await page.getByText(/is not connected yet/u).waitFor()
    const bot = await startBot(first)
    await page.getByText(/Lectern is offline/u).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: '/paper kv cache' }).waitFor()
    await line(page).fill('before the restart')
    await page.keyboard.press('Enter')
    await page.locator('article', { hasText: 'before the restart' }).waitFor()
    await line(page).fill('half typed')

    await bot.close()
    await page.getByText(/Lectern is offline/u).waitFor()
    await first.close()
    await page.getByText('The sandbox does not answer. Trying again…').waitFor()
    const second = await startSandbox({ botName: 'Lectern', page: pageApp(), port })
    const again = await startBot(second)
    await page.getByText('The sandbox was restarted: what was said before is gone.').waitFor()
    expect(await page.getByText('The sandbox does not answer').count()).toBe(0)
    expect(await page.getByText('before the restart').count()).toBe(0)
    expect(await page.locator('.notice').count()).toBe(1)
    expect(await line(page).inputValue()).toBe('half typed')
    await line(page).fill('/paper kv')
    await page.keyboard.press('Enter')
    await page.locator('.embed').waitFor()
    await browser.close()
    await again.close()
    await second.close()
  })

  it('keeps what is typed into a command while other things happen', async () => {
    const sandbox = await startSandbox({ botName: 'Lectern', page: pageApp() })
    const bot = await startBot(sandbox)
    const browser = await startBrowser()
    const { page } = await browser.open(`${sandbox.url}/#/ada`)
    await page.getByRole('button', { name: '/paper kv cache' }).click()
    await page.locator('input[data-option="query"]').fill('something else')
    const channel = [...sandbox.world.channels.values()].find(({ name }) => name === 'papers')
    const room = await bot.client.channels.fetch(channel?.id ?? '')
    if (room?.isSendable() === true) await room.send('an interruption')
    await page.getByText('an interruption').waitFor()
    expect(await page.locator('input[data-option="query"]').inputValue()).toBe('something else')
    await browser.close()
    await bot.close()
    await sandbox.close()
  })
})
