import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { pageFixture, withoutBrowser } from './fixture.ts'

const set = pageFixture()
const line = (page: Page) => page.getByRole('combobox', { name: /^Message/u })
const message = (page: Page, text: string) => page.locator('article.message', { hasText: text }).last()

async function say(page: Page, text: string): Promise<void> {
  await line(page).fill(text)
  await page.keyboard.press('Enter')
  await page.waitForFunction("document.querySelector('sandbox-composer textarea').value === ''")
}

async function choose(page: Page, text: string, entry: string): Promise<void> {
  await message(page, text).locator('.text').last().click({ button: 'right' })
  await page.getByRole('menuitem', { name: entry }).click()
}

describe.skipIf(withoutBrowser)('people on the page', () => {
  it('mention the bot by a name that completes itself, and read its reply', async () => {
    const { page } = await set.as('alan')
    await line(page).focus()
    await page.keyboard.type('Hello @lec')
    await page
      .getByRole('listbox', { name: 'Members' })
      .locator('.offer-label', { hasText: 'Lectern' })
      .waitFor()
    await page.keyboard.press('Tab')
    expect(await line(page).inputValue()).toBe('Hello @Lectern ')
    await page.keyboard.type('there')
    await page.keyboard.press('Enter')
    await message(page, 'You called?').waitFor()
    expect(await message(page, 'You called?').locator('.origin').textContent()).toMatch(
      /Alan\s+Hello @Lectern there/u,
    )
    expect(await message(page, 'there').locator('.mention').first().innerText()).toBe('@Lectern')
  })

  it('hear each other at once, and are told of channels they do not look at', async () => {
    const { page: ada } = await set.as('ada', 'general')
    const { page: emmy } = await set.as('emmy', 'papers')
    await say(emmy, 'news from Emmy')
    await ada.locator('.channel.unread', { hasText: 'papers' }).waitFor()
    expect(await ada.title()).toMatch(/^\(1\) /u)
    await ada.bringToFront()
    await ada.getByRole('button', { name: /^papers/u }).click()
    await message(ada, 'news from Emmy').waitFor()
    expect(await ada.locator('.channel.unread').count()).toBe(0)
  })

  it('reply, react, edit and delete', async () => {
    const { page } = await set.as('grace', 'general')
    await say(page, 'first thought')
    await choose(page, 'first thought', 'Reply')
    await page.getByText('Replying to Grace').waitFor()
    await say(page, 'second thought')
    expect(await message(page, 'second thought').locator('.excerpt').innerText()).toBe('first thought')
    await choose(page, 'second thought', 'React with 👍')
    const reaction = page.getByRole('button', { name: '👍, 1' })
    await reaction.waitFor()
    expect(await reaction.getAttribute('aria-pressed')).toBe('true')
    await reaction.click()
    await reaction.waitFor({ state: 'detached' })
    await line(page).focus()
    await page.keyboard.press('ArrowUp')
    const field = page.getByRole('textbox', { name: 'Edit message' })
    await field.fill('third thought')
    await field.press('Enter')
    await message(page, 'third thought').getByText('(edited)').waitFor()
    await choose(page, 'third thought', 'Delete Message')
    await page.getByText('third thought').waitFor({ state: 'detached' })
  })

  it('send files', async () => {
    const { page } = await set.as('emmy', 'general')
    await page
      .getByLabel('Attach files')
      .setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('my notes') })
    await page.getByRole('list', { name: 'Files to send' }).getByText('notes.txt').waitFor()
    await say(page, 'see this')
    await message(page, 'see this').getByText('8 bytes').waitFor()
  })

  it('see the bot typing, and vote in its polls', async () => {
    const { page } = await set.as('alan', 'general')
    const channel = [...set.sandbox.world.channels.values()].find(({ name }) => name === 'general')
    const room = await set.bot.client.channels.fetch(channel?.id ?? '')
    if (room?.isSendable() !== true) throw new Error('the bot cannot write in #general')
    await room.sendTyping()
    await page.getByText('Lectern is typing…').waitFor()
    const sent = await room.send({
      poll: {
        question: { text: 'Which paper?' },
        answers: [{ text: 'SCOPE' }, { text: 'CLA' }],
        duration: 24,
        allowMultiselect: false,
      },
    })
    await page.getByText('Lectern is typing…').waitFor({ state: 'detached' })
    const poll = page.getByRole('form', { name: 'Poll' }).last()
    await poll.getByLabel('CLA').check()
    await poll.getByRole('button', { name: 'Vote' }).click()
    await poll.getByText('1 · 100 %').waitFor()
    expect(await poll.innerText()).toContain('1 vote')
    await poll.getByRole('button', { name: 'Remove vote' }).click()
    await poll.getByLabel('SCOPE').check()
    await poll.getByRole('button', { name: 'Vote' }).click()
    await poll.getByText('1 · 100 %').waitFor()
    await sent.poll?.end()
    await page.getByText('closed a poll.').waitFor()
    await page.getByText('Winner: SCOPE').waitFor()
    await poll.getByText('Poll closed').waitFor()
  })

  it('read further back than the page first shows', async () => {
    const ada = set.sandbox.person('ada')
    for (let number = 1; number <= 70; number += 1) ada.say('organisers', `line number ${number}.`)
    const { page } = await set.as('ada', 'organisers')
    await message(page, 'line number 70.').waitFor()
    expect(await page.getByText('line number 20.').count()).toBe(0)
    const before = message(page, 'line number 21.')
    await page.getByRole('button', { name: 'Load older messages' }).click()
    await message(page, 'line number 1.').waitFor()
    await page.getByRole('heading', { name: 'Welcome to #organisers!' }).waitFor()
    const place = await before.boundingBox()
    expect(place?.y).toBeGreaterThan(0)
    expect(place?.y).toBeLessThan(800)
    set.sandbox.person('grace').say('organisers', 'one more')
    await page.getByRole('button', { name: /New messages/u }).click()
    await expect
      .poll(() =>
        page.evaluate(
          "const s = document.querySelector('.scroller'); s.scrollHeight - s.scrollTop - s.clientHeight < 2",
        ),
      )
      .toBe(true)
  })

  it('jump along a link to a message, however far back it is', async () => {
    const ada = set.sandbox.person('ada')
    const first = ada.say('reading-group', 'where it began')
    for (let number = 1; number <= 120; number += 1) ada.say('reading-group', `talk ${number}.`)
    const guild = set.sandbox.guild('Lab')
    const address = `https://discord.com/channels/${guild.id}/${first.channel_id}/${first.id}`
    ada.say('general', `see [how it began](${address}) or ${address}`)
    const { page } = await set.as('grace', 'general')
    const says = message(page, 'see how it began')
    expect(await says.getByRole('button', { name: '# reading-group › message' }).count()).toBe(1)
    await says.getByRole('button', { name: 'how it began', exact: true }).click()
    await page.getByRole('heading', { name: 'reading-group', level: 1, exact: true }).waitFor()
    const target = message(page, 'where it began')
    await expect
      .poll(() =>
        target.evaluate(
          element =>
            element ===
            (element as unknown as { ownerDocument: { activeElement: unknown } }).ownerDocument.activeElement,
        ),
      )
      .toBe(true)
    const box = await target.boundingBox()
    expect(box?.y).toBeGreaterThan(0)
    expect(box?.y).toBeLessThan(800)
  })

  it('start threads, post in forums, and write to the bot', async () => {
    const { page } = await set.as('ada', 'general')
    await say(page, 'worth a thread')
    await choose(page, 'worth a thread', 'Create Thread')
    await page.getByRole('textbox', { name: 'Thread name' }).fill('A thread')
    await page.getByRole('button', { name: 'Create thread' }).click()
    await page.getByRole('heading', { name: 'A thread', level: 1 }).first().waitFor()
    await say(page, 'inside')
    await page.getByRole('button', { name: 'general', exact: true }).first().click()
    await message(page, 'worth a thread')
      .getByRole('button', { name: /A thread/u })
      .click()
    await message(page, 'inside').waitFor()
    await page.getByRole('button', { name: 'journal-club' }).click()
    await page.getByRole('button', { name: 'New post' }).click()
    const form = page.getByRole('dialog', { name: 'New post' })
    await form.getByRole('textbox', { name: 'Title' }).fill('CLA')
    await form.getByRole('textbox', { name: 'Message' }).fill('Worth it?')
    await form.getByLabel('to discuss').check()
    await form.getByRole('button', { name: 'Post' }).click()
    await message(page, 'Worth it?').waitFor()
    await page.getByRole('button', { name: 'Direct messages' }).click()
    await page.getByText('This is the beginning of your direct messages with Lectern.').waitFor()
    await say(page, 'just us')
    await message(page, 'just us').waitFor()
  })

  it('become somebody else, who may do less', async () => {
    const { page } = await set.as('grace', 'announcements')
    await say(page, 'from an organiser')
    await page.getByRole('button', { name: /Switch/u }).click()
    await page.getByRole('dialog', { name: 'Who you are' }).getByRole('button', { name: /Alan/u }).click()
    await page.getByText('You do not have permission to send messages in this channel.').waitFor()
    await message(page, 'from an organiser').waitFor()
    expect(await page.getByRole('button', { name: 'organisers' }).count()).toBe(0)
    expect(page.url()).toContain('#/alan/')
  })

  it('choose a language that the bot is told', async () => {
    const { page } = await set.as('mallory', 'lobby')
    await page.getByRole('button', { name: /Switch/u }).click()
    await page.getByRole('combobox', { name: 'Language' }).selectOption('de')
    await expect.poll(() => set.sandbox.world.people.get('mallory')?.locale).toBe('de')
  })
})
