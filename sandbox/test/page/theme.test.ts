import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { pageFixture, withoutBrowser } from './fixture.ts'

const set = pageFixture()

const grounds = { dark: 'rgb(49, 51, 56)', light: 'rgb(255, 255, 255)' }
const ground = (page: Page) => page.evaluate('getComputedStyle(document.body).backgroundColor')

async function choose(page: Page, theme: string): Promise<void> {
  await page.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('menuitemradio', { name: theme }).click()
}

describe.skipIf(withoutBrowser)('the theme', () => {
  it('is the system’s until one is chosen, is remembered, and is the same on every page', async () => {
    const { page } = await set.as('ada', 'papers', { scheme: 'dark' })
    expect(await ground(page)).toBe(grounds.dark)
    const { page: other } = await set.as('grace', 'general', { scheme: 'dark' })
    await page.bringToFront()
    await choose(page, 'Light')
    expect(await ground(page)).toBe(grounds.light)
    await expect.poll(() => ground(other)).toBe(grounds.light)
    await page.reload()
    await page.getByRole('log').waitFor()
    expect(await ground(page)).toBe(grounds.light)
    await page.getByRole('button', { name: 'Theme' }).click()
    const chosen = page.getByRole('menuitemradio', { checked: true })
    expect(await chosen.innerText()).toBe('Light')
    await page.keyboard.press('Escape')
    await choose(page, 'As the system has it')
    expect(await ground(page)).toBe(grounds.dark)
    await page.emulateMedia({ colorScheme: 'light' })
    expect(await ground(page)).toBe(grounds.light)
    await choose(page, 'Dark')
    expect(await ground(page)).toBe(grounds.dark)
    await choose(page, 'As the system has it')
  })
})
