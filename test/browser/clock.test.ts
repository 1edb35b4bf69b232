import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Browser, browserPath, startBrowser } from '../../sandbox/test/page/chromium.ts'
import { type StartedBot, startInSandbox } from './started-bot.ts'

if (browserPath === undefined)
  console.warn(
    'SKIPPED: the clock of the page is not tested, for there is no Chromium here. Set CHROMIUM to its path.',
  )

const day = 86_400_000

/** Types a command with its options, as a person does, and sends it. */
async function use(
  page: Page,
  command: string,
  options: Readonly<Record<string, string>> = {},
): Promise<void> {
  await page.getByRole('combobox', { name: /^Message/u }).fill(`/${command} `)
  for (const [name, value] of Object.entries(options)) {
    const field = page.locator(`[data-option="${name}"]`)
    if ((await field.count()) === 0) await page.getByRole('button', { name, exact: true }).click()
    await field.fill(value)
    const offer = page.getByRole('option', { name: value, exact: true })
    if (value.startsWith('#')) await offer.click()
  }
  await page.getByRole('button', { name: 'Send command' }).click()
}

const timeOf = async (page: Page): Promise<number> =>
  Date.parse((await page.locator('.clock time').getAttribute('datetime')) ?? '')

async function move(page: Page, step: string): Promise<void> {
  const clock = page.getByRole('button', { name: /^Clock/u })
  await clock.click()
  await page.getByRole('dialog', { name: 'The sandbox’s clock' }).getByRole('button', { name: step }).click()
  await clock.and(page.locator('[aria-busy="false"]')).waitFor()
}

const picks = (page: Page) =>
  page
    .locator('article.message')
    .filter({ has: page.locator('.text', { hasText: /^\s*Picks? of the day/u }) })
const timesOf = (page: Page) =>
  picks(page)
    .locator('header time')
    .evaluateAll(times => times.map(time => String(time.getAttribute('datetime')).slice(11, 16)))

describe.skipIf(browserPath === undefined)('the clock of the page', () => {
  let bot: StartedBot
  let browser: Browser
  beforeAll(async () => {
    bot = await startInSandbox()
    browser = await startBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await bot.stop()
  })

  it('moves the bot with it, so that a daily pick can be watched', async () => {
    const { page, errors } = await browser.open(`${bot.url}/#/ada`)
    await page.getByRole('log').waitFor()
    await use(page, 'daily set', { channel: '#papers', time: '09:30', timezone: 'UTC' })
    await page.getByText('Done.').waitFor()
    const before = await timeOf(page)
    await move(page, '1 day on')
    await picks(page).first().waitFor()
    expect((await timeOf(page)) - before).toBeGreaterThanOrEqual(day)
    await move(page, '1 week on')
    await expect.poll(() => picks(page).count()).toBe(8)
    expect(await timesOf(page)).toEqual(Array.from({ length: 8 }, () => '09:30'))
    const titles = await picks(page).locator('.embed-title').allInnerTexts()
    expect(new Set(titles).size).toBe(8)
    expect(errors).toEqual([])
    expect(bot.log()).toBe('')
  })
})
