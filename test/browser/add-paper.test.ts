import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { describeOnPage } from './on-page.ts'
import { move, use } from './page-actions.ts'

const larvae = {
  Title: 'Zebrafish larvae turn towards a *rotating* field',
  Authors: 'Lovelace, Ada and Hopper, Grace',
  Abstract:
    'We put zebrafish larvae into a slowly rotating magnetic field. The larvae follow the field within a minute. Their turning stops when the light is off.',
}

async function add(page: Page, paper: Readonly<Record<string, string>>): Promise<void> {
  await page.getByRole('button', { name: 'Add a paper' }).click()
  const form = page.getByRole('dialog', { name: 'Add a paper' })
  for (const [label, text] of Object.entries(paper))
    await form.getByRole('textbox', { name: label }).fill(text)
  await form.getByRole('button', { name: 'Add a paper' }).click()
}

describeOnPage('a paper that is typed on the page', opened => {
  it('is found at once, and comes with the next digest of who follows its topic', async () => {
    const { bot, browser } = opened()
    const { page, errors } = await browser.open(`${bot.url}/#/ada`)
    await page.getByRole('log').waitFor()
    await move(page, '1 day on')
    await use(page, 'follow add', { topic: 'zebrafish larvae' })
    await page.getByRole('dialog').getByRole('button', { name: 'Submit' }).click()
    await page.getByText('Nothing matches yet').waitFor()
    await add(page, larvae)
    await page.getByText(/“Zebrafish larvae turn towards a .+” is in the library/u).waitFor()
    await use(page, 'paper', { query: 'zebrafish larvae magnetic field' })
    const card = page.locator('article.message', { hasText: 'used /paper' }).last()
    await card.locator('.embed-title', { hasText: larvae.Title }).waitFor()
    expect(await card.locator('.embed-author').innerText()).toBe('Ada Lovelace, Grace Hopper')
    await add(page, larvae)
    await page.getByText('was in the library already').waitFor()
    await move(page, '1 day on')
    await page.getByRole('button', { name: 'Direct messages, unread' }).click()
    const digest = page.locator('article.message', { hasText: 'New for you' })
    await digest.locator('.embed-title', { hasText: larvae.Title }).waitFor()
    expect(errors).toEqual([])
    expect(bot.log()).toBe('')
  })

  it('is not taken without its abstract', async () => {
    const { bot, browser } = opened()
    const { page } = await browser.open(`${bot.url}/#/grace`)
    await page.getByRole('log').waitFor()
    await add(page, { Title: 'An empty shell' })
    const form = page.getByRole('dialog', { name: 'Add a paper' })
    await form.getByText('Abstract is needed.').waitFor()
    expect(await form.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('An empty shell')
  })
})
