import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { page as pageApp } from '../../src/page/serve.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox.ts'
import { startBot, type TestBot } from './bot.ts'
import { type Browser, browserPath, startBrowser, type Visit } from './chromium.ts'

if (browserPath === undefined)
  console.warn(
    'SKIPPED: the sandbox’s page is not tested, for there is no Chromium here. Set CHROMIUM to its path.',
  )

export const withoutBrowser = browserPath === undefined

export interface Stage {
  readonly sandbox: Sandbox
  readonly bot: TestBot
  /** Opens the page as somebody, in #papers or a channel by name. */
  as(person: string, channel?: string, look?: Parameters<Browser['open']>[1]): Promise<Visit>
}

/** A sandbox with its page, a bot in it, and a browser; after each test the pages must have nothing to complain of. */
export function stage(): Stage {
  let sandbox: Sandbox | undefined
  let bot: TestBot | undefined
  let browser: Browser | undefined
  const visits: Visit[] = []
  beforeAll(async () => {
    if (withoutBrowser) return
    sandbox = await startSandbox({ page: pageApp(), onBug: bug => expect.unreachable(String(bug)) })
    bot = await startBot(sandbox)
    browser = await startBrowser()
  })
  afterEach(async () => {
    const complaints = visits.flatMap(visit => visit.complaints)
    await Promise.all(visits.splice(0).map(({ page }) => page.close()))
    expect(complaints).toEqual([])
  })
  afterAll(async () => {
    await browser?.close()
    await bot?.close()
    await sandbox?.close()
  })
  const there = <T>(thing: T | undefined): T => {
    if (thing === undefined) throw new Error('the stage is not set')
    return thing
  }
  return {
    get sandbox() {
      return there(sandbox)
    },
    get bot() {
      return there(bot)
    },
    async as(person, channel = 'papers', look) {
      const found = [...there(sandbox).world.channels.values()].find(({ name }) => name === channel)
      const visit = await there(browser).open(`${there(sandbox).url}/#/${person}/${found?.id ?? ''}`, look)
      visits.push(visit)
      await visit.page.getByRole('log').or(visit.page.locator('.forum')).waitFor()
      return visit
    },
  }
}
