import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { faultsOf, smallTargets } from './axe.ts'
import { pageFixture, withoutBrowser } from './fixture.ts'

const set = pageFixture()
const line = (page: Page) => page.getByRole('combobox', { name: /^Message/u })

/** Nothing serious or moderate, and a finger's width of everything that can be pressed. */
async function expectAccessible(page: Page, what: string): Promise<void> {
  expect.soft(await faultsOf(page), what).toEqual([])
  expect.soft(await smallTargets(page), what).toEqual([])
}

async function ask(page: Page, text: string): Promise<void> {
  await line(page).fill(text)
  await page.keyboard.press('Enter')
}

/** Opens each thing that a page can have open, one after the other, and looks at it. */
const views: readonly (readonly [string, (page: Page) => Promise<void>])[] = [
  ['the start of a channel', async () => {}],
  [
    'the list of commands',
    async page => {
      await line(page).fill('/')
      await page.getByRole('listbox', { name: 'Commands' }).waitFor()
    },
  ],
  [
    'a command with suggestions',
    async page => {
      await line(page).fill('/paper kv')
      await page.getByRole('option').first().waitFor()
    },
  ],
  [
    'a command with a mistake',
    async page => {
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
      await line(page).fill('/everything ')
      await page.keyboard.press('Enter')
      await page.getByRole('alert').waitFor()
    },
  ],
  [
    'a card with buttons and a menu',
    async page => {
      await page.getByRole('button', { name: 'Leave the command' }).click()
      await ask(page, '/paper kv')
      await page.locator('.embed').last().waitFor()
    },
  ],
  [
    'an open menu',
    async page => {
      await page.getByRole('combobox', { name: 'Other papers that fit' }).last().click()
      await page.getByRole('option', { name: /SCOPE/u }).waitFor()
    },
  ],
  [
    'a form with a mistake',
    async page => {
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Add a note' }).last().click()
      const form = page.getByRole('dialog', { name: 'A note on this paper' })
      await form.waitFor()
      await form.getByRole('button', { name: 'Submit' }).click()
      await form.getByRole('alert').waitFor()
    },
  ],
  [
    'an answer for oneself, with a menu of people that is open',
    async page => {
      await page.keyboard.press('Escape')
      await ask(page, '/ask who knows?')
      await page.getByRole('combobox', { name: 'Tell somebody' }).last().click()
      await page.getByRole('option', { name: 'Alan' }).waitFor()
    },
  ],
  [
    'a message with its menu, a reply to it, a reaction and an edit',
    async page => {
      await page.keyboard.press('Escape')
      await ask(page, 'a word with `code`, https://a.example/path and ||more||')
      const own = page.locator('article.message', { hasText: 'a word with' }).last()
      const menu = async (entry: string) => {
        await own.locator('header').click({ button: 'right' })
        await page.getByRole('menuitem', { name: entry }).click()
      }
      await menu('React with 👍')
      await page.getByRole('button', { name: '👍, 1' }).waitFor()
      await menu('Reply')
      await ask(page, 'an answer to it')
      await page.getByText('an answer to it').waitFor()
      await menu('Edit')
      await page.getByRole('textbox', { name: 'Edit message' }).waitFor()
      await own.locator('header').click({ button: 'right' })
    },
  ],
  [
    'a file',
    async page => {
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
      await ask(page, '/everything 1')
      await page.getByRole('link', { name: 'papers.bib', exact: true }).waitFor()
    },
  ],
  [
    'who one is',
    async page => {
      await page.keyboard.press('Escape')
      await openDrawer(page)
      await page.locator('.me-who').click()
      await page.getByRole('dialog', { name: 'Who you are' }).waitFor()
    },
  ],
  [
    'the themes',
    async page => {
      await page.keyboard.press('Escape')
      await closeDrawer(page)
      await page.getByRole('button', { name: 'Theme' }).click()
      await page.getByRole('menuitemradio', { name: 'Dark' }).waitFor()
    },
  ],
  [
    'the clock',
    async page => {
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: /^Clock/u }).click()
      await page.getByRole('dialog', { name: 'The sandbox’s clock' }).waitFor()
    },
  ],
  [
    'the members',
    async page => {
      await page.keyboard.press('Escape')
      const members = page.getByRole('complementary', { name: 'Members' })
      if (!(await members.isVisible()))
        await page.getByRole('button', { name: 'Members', exact: true }).click()
      await members.getByText('Emmy').waitFor()
      await settled(page)
    },
  ],
  [
    'a form of the program behind the sandbox, with a mistake',
    async page => {
      const close = page.getByRole('button', { name: 'Close the members' })
      if (await close.isVisible()) await close.click({ position: { x: 5, y: 300 } })
      await openDrawer(page)
      await page.getByRole('button', { name: 'Leave a note' }).click()
      const form = page.getByRole('dialog', { name: 'Leave a note' })
      await form.getByRole('button', { name: 'Leave a note' }).click()
      await form.getByRole('alert').waitFor()
    },
  ],
  [
    'a forum and the form for a post',
    async page => {
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
      await openDrawer(page)
      await page.getByRole('button', { name: 'journal-club' }).click()
      await page.getByRole('button', { name: 'New post' }).click()
      await page.getByRole('dialog', { name: 'New post' }).waitFor()
    },
  ],
]

/** Once nothing slides any more. */
const settled = (page: Page) =>
  expect
    .poll(() => page.evaluate("document.getAnimations().filter(each => 'transitionProperty' in each).length"))
    .toBe(0)

async function closeDrawer(page: Page): Promise<void> {
  const close = page.getByRole('button', { name: 'Close the channels' })
  if (await close.isVisible()) await close.click({ position: { x: 380, y: 300 } })
}

async function openDrawer(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Channels', exact: true })
  if ((await button.isVisible()) && (await button.getAttribute('aria-expanded')) === 'false')
    await button.click()
}

describe.skipIf(withoutBrowser)('what axe finds, and what fingers miss', () => {
  it.each([
    ['desk', 'dark'],
    ['desk', 'light'],
    ['phone', 'dark'],
    ['phone', 'light'],
  ] as const)('is nothing that matters on the %s, %s', async (form, scheme) => {
    const channel = `${form}-${scheme}`
    set.sandbox.addChannel('Lab', { name: channel })
    const { page } = await set.as('ada', channel, { width: form === 'desk' ? 1280 : 390, scheme })
    for (const [what, open] of views) {
      await open(page)
      await expectAccessible(page, what)
    }
  })
})
