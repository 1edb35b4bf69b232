import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { HostForm } from '../../src/forms.ts'
import { page as pageApp } from '../../src/page/serve.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox.ts'
import { startBot, type TestBot } from './bot.ts'
import { type Browser, browserPath, type PageSession, startBrowser } from './chromium.ts'

if (browserPath === undefined)
  console.warn(
    'SKIPPED: the sandbox’s page is not tested, for there is no Chromium here. Set CHROMIUM to its path.',
  )

export const withoutBrowser = browserPath === undefined

/** What the program behind the sandbox offers: it takes any note but one. */
const noteForm: HostForm = {
  id: 'note',
  label: 'Leave a note',
  fields: [
    { name: 'title', label: 'Title', required: true, max: 100 },
    { name: 'text', label: 'Text', long: true, max: 500 },
  ],
  submit: async ({ title = '', text = '' }) =>
    title === 'nothing'
      ? { done: false, text: 'Nothing is no note.' }
      : { done: true, text: `Noted: ${title}${text === '' ? '' : ` (${text.length} characters)`}.` },
}

export interface PageFixture {
  readonly sandbox: Sandbox
  readonly bot: TestBot
  /** Opens the page as somebody, in #papers or a channel by name. */
  as(person: string, channel?: string, viewport?: Parameters<Browser['open']>[1]): Promise<PageSession>
}

/** A sandbox with its page, a bot in it, and a browser; after each test the pages must have nothing to complain of. */
export function pageFixture(): PageFixture {
  let sandbox: Sandbox | undefined
  let bot: TestBot | undefined
  let browser: Browser | undefined
  const sessions: PageSession[] = []
  beforeAll(async () => {
    if (withoutBrowser) return
    sandbox = await startSandbox({
      page: pageApp(),
      forms: [noteForm],
      botName: 'Lectern',
      onBug: bug => expect.unreachable(String(bug)),
    })
    bot = await startBot(sandbox)
    browser = await startBrowser()
  })
  afterEach(async () => {
    const errors = sessions.flatMap(session => session.errors)
    await Promise.all(sessions.splice(0).map(({ page }) => page.close()))
    expect(errors).toEqual([])
  })
  afterAll(async () => {
    await browser?.close()
    await bot?.close()
    await sandbox?.close()
  })
  const opened = <T>(thing: T | undefined): T => {
    if (thing === undefined) throw new Error('the stage is not set')
    return thing
  }
  return {
    get sandbox() {
      return opened(sandbox)
    },
    get bot() {
      return opened(bot)
    },
    async as(person, channel = 'papers', viewport) {
      const found = [...opened(sandbox).world.channels.values()].find(({ name }) => name === channel)
      const session = await opened(browser).open(
        `${opened(sandbox).url}/#/${person}/${found?.id ?? ''}`,
        viewport,
      )
      sessions.push(session)
      await session.page.getByRole('log').or(session.page.locator('.forum')).waitFor()
      return session
    },
  }
}
