import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { describeOnPage } from './on-page.ts'
import { move, use } from './page-actions.ts'

const minute = 60_000
const day = 86_400_000

const timeOf = async (page: Page): Promise<number> =>
  Date.parse((await page.locator('.clock time').getAttribute('datetime')) ?? '')

async function moveTo(page: Page, at: number): Promise<void> {
  await page.getByRole('button', { name: /^Clock/u }).click()
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
  await page.locator('input[name="to"]').fill(local)
  await page.getByRole('button', { name: 'Move', exact: true }).click()
  await expect.poll(() => timeOf(page), { timeout: 20_000 }).toBeGreaterThanOrEqual(at - (at % 60_000))
}

const picks = (page: Page) =>
  page
    .locator('article.message')
    .filter({ has: page.locator('.text', { hasText: /^\s*Picks? of the day/u }) })
/** When each was posted, to the minute. */
async function timesOf(page: Page): Promise<number[]> {
  const times = await picks(page)
    .locator('header time')
    .evaluateAll(elements => elements.map(element => String(element.getAttribute('datetime'))))
  return times.map(time => Math.floor(Date.parse(time) / minute) * minute)
}

describeOnPage('the clock of the page', opened => {
  it('moves the bot with it, so that a daily pick can be watched', async () => {
    const { bot, browser } = opened()
    const { page, errors } = await browser.open(`${bot.url}/#/ada`)
    await page.getByRole('log').waitFor()
    const quarter = 15 * minute
    const due = Math.ceil(((await timeOf(page)) + minute) / quarter) * quarter
    const time = new Date(due).toISOString().slice(11, 16)
    await use(page, 'daily set', { channel: '#papers', time, timezone: 'UTC' })
    await page.getByText('Done.').waitFor()
    await move(page, '1 hour on')
    await expect.poll(() => timesOf(page)).toEqual([due])
    await moveTo(page, due + day)
    await expect.poll(() => timesOf(page)).toEqual([due, due + day])
    const titles = await picks(page).locator('.embed-title').allInnerTexts()
    expect(new Set(titles).size).toBe(2)
    expect(errors).toEqual([])
    expect(bot.log()).toBe('')
  })

  it('brings the digest of what somebody follows by direct message', async () => {
    const { bot, browser } = opened()
    const { page, errors } = await browser.open(`${bot.url}/#/grace`)
    await page.getByRole('log').waitFor()
    await use(page, 'follow add', { topic: 'diffusion models' })
    await page.getByRole('dialog').getByRole('button', { name: 'Submit' }).click()
    await page.getByText('Following diffusion models').waitFor()
    await move(page, '1 day on')
    await page.getByRole('button', { name: 'Direct messages, unread' }).click()
    await page.getByText('New for you').waitFor()
    expect(errors).toEqual([])
    expect(bot.log()).toBe('')
  })
})
