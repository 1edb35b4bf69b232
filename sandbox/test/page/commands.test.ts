import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { pageFixture, withoutBrowser } from './fixture.ts'

const set = pageFixture()
const line = (page: Page) => page.getByRole('combobox', { name: /^Message/u })
const option = (page: Page, name: string) => page.locator(`input[data-option="${name}"]`)
const last = (page: Page) => page.locator('article.message').last()
const text = (page: Page) => last(page).innerText()

describe.skipIf(withoutBrowser)('commands on the page', () => {
  it('greets with examples that fill the line', async () => {
    const { page } = await set.as('ada')
    await page.getByRole('button', { name: '/paper kv cache' }).click()
    expect(await option(page, 'query').inputValue()).toBe('kv cache')
    await page.keyboard.press('Enter')
    const card = last(page)
    await card.locator('.embed').waitFor()
    expect(await card.locator('.origin').textContent()).toMatch(/Ada\s+used\s+\/paper/u)
    expect(await card.innerText()).toContain('Asked for: kv cache')
    const title = card.locator('.embed-title a')
    expect(await title.getAttribute('href')).toBe('https://arxiv.org/abs/2405.12981')
    expect(await title.getAttribute('rel')).toContain('noopener')
    expect(await card.locator('blockquote strong').allInnerTexts()).toEqual(['KV', 'cache'])
    expect(await card.locator('.embed').innerText()).toContain('A *starred* title with [brackets]')
    expect(await page.evaluate("getComputedStyle(document.querySelector('.embed')).borderLeftColor")).toBe(
      'rgb(59, 110, 165)',
    )
    expect(await page.evaluate('document.activeElement.tagName')).toBe('TEXTAREA')
  })

  it('opens the picker at a slash, filters it, and is led by the keyboard alone', async () => {
    const { page } = await set.as('alan')
    await page.evaluate('localStorage.clear()')
    await line(page).focus()
    await page.keyboard.type('/')
    const names = page.getByRole('listbox', { name: 'Commands' }).getByRole('option')
    expect(await names.locator('.offer-label').allInnerTexts()).toEqual([
      '/paper',
      '/ask',
      '/everything',
      '/picks show',
      '/picks feedback',
      '/silent',
      '/slow',
    ])
    await page.keyboard.type('pick')
    expect(await names.locator('.offer-label').allInnerTexts()).toEqual(['/picks show', '/picks feedback'])
    await page.keyboard.press('ArrowDown')
    expect(await names.nth(1).getAttribute('aria-selected')).toBe('true')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Tab')
    await page.getByRole('group', { name: '/picks show' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('Today’s picks').last().waitFor()
    await page.keyboard.type('/')
    expect(await names.locator('.offer-label').first().innerText()).toBe('/picks show')
    await page.keyboard.type('nonsense')
    await page.getByText('No command matches').waitFor()
    await page.keyboard.press('Escape')
    expect(await line(page).inputValue()).toBe('')
  })

  it('shows the bot’s suggestions while one types, and sends the chosen one’s value', async () => {
    const { page } = await set.as('emmy')
    await line(page).fill('/paper key')
    const offers = page.getByRole('listbox', { name: 'Options for query' }).getByRole('option')
    await expect.poll(() => offers.allInnerTexts()).toEqual(['Key-value memory in the brain'])
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    expect(await option(page, 'query').inputValue()).toBe('Key-value memory in the brain')
    await page.keyboard.press('Enter')
    await page.getByText('Asked for: #1').waitFor()
    await line(page).fill('/paper zzz')
    await page.getByText('No options match your search.').waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('Asked for: zzz').waitFor()
  })

  it('takes every kind of option, and says what is wrong with one', async () => {
    const { page } = await set.as('grace')
    const add = (name: string) => page.getByRole('button', { name, exact: true }).click()
    await line(page).fill('/everything ')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('This option is required.').waitFor()
    await page.keyboard.type('11')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('At most 10.').waitFor()
    await option(page, 'count').fill('4')
    await add('who')
    await page.keyboard.type('em')
    await page.keyboard.press('Enter')
    await add('where')
    await page.keyboard.type('read')
    await page.keyboard.press('Tab')
    await add('role')
    await page.keyboard.type('org')
    await page.keyboard.press('Enter')
    await add('sort')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await add('flag')
    await page.keyboard.type('t')
    await page.keyboard.press('Enter')
    await add('ratio')
    await page.keyboard.type('0.25')
    await add('anyone')
    await page.keyboard.press('Backspace')
    expect(await option(page, 'anyone').count()).toBe(0)
    await page.keyboard.press('Enter')
    await page.getByText('count=4').waitFor()
    const { world } = set.sandbox
    const reading = [...world.channels.values()].find(({ name }) => name === 'reading-group')?.id
    const said = await text(page)
    expect(said).toContain(`who=${world.people.get('emmy')?.user.id}`)
    expect(said).toContain(`where=${reading}`)
    expect(said).toMatch(/ratio=0.25.*flag=true|flag=true.*ratio=0.25/u)
    expect(said).toContain('sort=old')
  })

  it('goes back to text by Escape, and to the picker by Backspace', async () => {
    const { page } = await set.as('ada')
    await line(page).fill('/ask why?')
    await page.keyboard.press('Escape')
    expect(await line(page).inputValue()).toBe('/ask why?')
    await page.keyboard.press('Escape')
    expect(await line(page).inputValue()).toBe('')
    await page.keyboard.type('/ask ')
    await page.keyboard.press('Backspace')
    expect(await line(page).inputValue()).toBe('/ask')
    await page.getByRole('listbox', { name: 'Commands' }).waitFor()
  })

  it('shows that the bot is thinking until it answers', async () => {
    const { page } = await set.as('ada', 'general')
    await line(page).fill('/slow ')
    await page.keyboard.press('Enter')
    await last(page).getByText('Lectern is thinking…').waitFor()
    set.bot.release()
    await last(page).getByText('At last').waitFor()
    expect(await text(page)).not.toContain('thinking')
    expect(await text(page)).not.toContain('(edited)')
  })

  it('says when the bot does not answer a command', async () => {
    const { page } = await set.as('ada', 'general')
    await line(page).fill('/silent ')
    await page.keyboard.press('Enter')
    await page.getByText('Sending command…').waitFor()
    await last(page).getByText('This application did not respond').waitFor()
    await page.getByRole('button', { name: 'Dismiss message' }).click()
    expect(await page.getByText('This application did not respond').count()).toBe(0)
  })
})
