import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { pageFixture, withoutBrowser } from './fixture.ts'

const set = pageFixture()
const line = (page: Page) => page.getByRole('combobox', { name: /^Message/u })
const last = (page: Page) => page.locator('article.message').last()
const button = (page: Page, name: string) => page.getByRole('button', { name }).last()

async function ask(page: Page, text: string): Promise<void> {
  await line(page).fill(text)
  await page.keyboard.press('Enter')
}

async function card(page: Page): Promise<void> {
  await ask(page, '/paper kv')
  await page.locator('.embed').last().waitFor()
}

describe.skipIf(withoutBrowser)('what one can press', () => {
  it('answers a button for oneself alone, until dismissed', async () => {
    const { page } = await set.as('ada')
    const { page: other } = await set.as('alan')
    await page.bringToFront()
    await card(page)
    await button(page, 'Whole abstract').click()
    const answer = page.locator('article.ephemeral')
    await answer.getByText('The whole abstract').waitFor()
    expect(await answer.innerText()).toContain('Only you can see this')
    expect(await answer.locator('em').innerText()).toBe('whole')
    await other.locator('.embed').last().waitFor()
    expect(await other.locator('article.ephemeral').count()).toBe(0)
    await answer.getByRole('button', { name: 'Dismiss message' }).click()
    await answer.waitFor({ state: 'detached' })
  })

  it('brings one’s own answer into view, from its beginning', async () => {
    set.sandbox.addChannel('Lab', { name: 'long-talk' })
    for (let number = 1; number <= 40; number += 1)
      set.sandbox.person('alan').say('long-talk', `talk ${number}.`)
    const { page } = await set.as('ada', 'long-talk', { height: 420 })
    await page.getByText('talk 40.').waitFor()
    await page.locator('.scroller').evaluate(element => {
      ;(element as unknown as { scrollTop: number }).scrollTop = 0
    })
    await card(page)
    const answer = last(page)
    const view = await page.locator('.scroller').boundingBox()
    await expect.poll(async () => ((await answer.boundingBox())?.y ?? -1) - (view?.y ?? 0)).toBeCloseTo(12, 0)
    expect((await answer.boundingBox())?.height).toBeGreaterThan(view?.height ?? 0)
  })

  it('changes the message that a button stands on, and marks it', async () => {
    const { page } = await set.as('ada')
    await card(page)
    const count = await page.locator('article.message').count()
    await button(page, 'Related papers').click()
    await last(page).getByText('Updated by a press').waitFor()
    expect(await last(page).innerText()).toContain('(edited)')
    expect(await page.locator('article.message').count()).toBe(count)
  })

  it('says when the bot does not answer a button, and leads a link outside', async () => {
    const { page } = await set.as('ada')
    await card(page)
    const broken = button(page, 'Broken')
    // Watched from before the click: on a slow machine the wait for an answer may be over when the click returns.
    const busy = broken.and(page.locator('[aria-busy="true"]')).waitFor()
    await broken.click()
    await busy
    await page.getByText('This application did not respond').waitFor()
    const link = page.getByRole('link', { name: 'arXiv' }).last()
    expect(await link.getAttribute('href')).toBe('https://arxiv.org/')
    expect(await link.getAttribute('target')).toBe('_blank')
  })

  it('fills in a form, keeps it while something is missing, and sends it', async () => {
    const { page } = await set.as('emmy')
    await card(page)
    await button(page, 'Add a note').click()
    const form = page.getByRole('dialog', { name: 'A note on this paper' })
    await form.waitFor()
    await page.keyboard.type('no')
    await page.keyboard.press('Enter')
    await form.getByText('Title needs at least 3 characters.').waitFor()
    await form.getByRole('textbox', { name: 'Title' }).fill('Worth it')
    await form.getByRole('textbox', { name: 'Note' }).fill('two\nlines')
    await form.getByRole('button', { name: 'Submit' }).click()
    await page.getByText('Noted: Worth it / two').waitFor()
    expect(await form.count()).toBe(0)
    await ask(page, '/picks feedback ')
    await form.waitFor()
    await page.keyboard.press('Escape')
    await form.waitFor({ state: 'detached' })
  })

  it('keeps a form of the program behind the sandbox until that has taken it', async () => {
    const { page } = await set.as('emmy')
    await page.getByRole('button', { name: 'Leave a note' }).click()
    const form = page.getByRole('dialog', { name: 'Leave a note' })
    const title = form.getByRole('textbox', { name: 'Title' })
    const submit = form.getByRole('button', { name: 'Leave a note' })
    await submit.click()
    await form.getByText('Title is needed.').waitFor()
    await title.fill('nothing')
    await form.getByRole('textbox', { name: 'Text' }).fill('two\nlines')
    await submit.click()
    await form.getByText('Nothing is no note.').waitFor()
    expect(await title.inputValue()).toBe('nothing')
    await title.fill('CLA')
    await submit.click()
    await page.getByRole('status').getByText('Noted: CLA (9 characters).').waitFor()
    expect(await form.count()).toBe(0)
  })

  it('chooses one of a menu at once, by the keyboard', async () => {
    const { page } = await set.as('grace')
    await card(page)
    const menu = page.getByRole('combobox', { name: 'Other papers that fit' }).last()
    await menu.focus()
    await page.keyboard.press('ArrowDown')
    await page.getByRole('option', { name: /SCOPE/u }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByText('You chose brain').waitFor()
    expect(await menu.innerText()).toContain('Key-value memory in the brain')
  })

  it('chooses several people when the menu closes', async () => {
    const { page } = await set.as('grace')
    await ask(page, '/ask who knows?')
    await page.getByRole('combobox', { name: 'Tell somebody' }).last().click()
    const { world } = set.sandbox
    for (const name of ['Alan', 'Emmy']) await page.getByRole('option', { name }).click()
    await page.keyboard.press('Escape')
    const ids = ['alan', 'emmy'].map(name => world.people.get(name)?.user.id).join(', ')
    await page.getByText(`You chose ${ids}`).waitFor()
  })

  it('runs a command of a message’s menu', async () => {
    const { page } = await set.as('alan')
    await ask(page, 'A paragraph about caches')
    await page.getByText('A paragraph about caches').last().click({ button: 'right' })
    const menu = page.getByRole('menu', { name: 'Message actions' })
    await menu.getByRole('menuitem', { name: 'Find papers' }).click()
    await page.getByText('Papers for: A paragraph about caches').waitFor()
    expect(await last(page).locator('.origin').textContent()).toMatch(/Alan\s+used\s+Find papers/u)
  })

  it('hands out the files of a message', async () => {
    const { page } = await set.as('alan')
    await ask(page, '/everything 1')
    const link = page.getByRole('link', { name: 'papers.bib', exact: true }).last()
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
    expect(download.suggestedFilename()).toBe('papers.bib')
    expect(await readFile(await download.path(), 'utf8')).toBe('@article{cla}\n')
  })
})
