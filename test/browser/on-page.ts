import { afterAll, beforeAll, describe } from 'vitest'
import { type Browser, browserPath, startBrowser } from '../../sandbox/test/page/chromium.ts'
import { type StartedBot, startInSandbox } from './started-bot.ts'

export interface OnPage {
  readonly bot: StartedBot
  readonly browser: Browser
}

/** Tests of the started bot's page in a real browser; said aloud where there is none. @param what is tested */
export function describeOnPage(what: string, tests: (opened: () => OnPage) => void): void {
  if (browserPath === undefined)
    console.warn(`SKIPPED: ${what} is not tested, for there is no Chromium here. Set CHROMIUM to its path.`)
  describe.skipIf(browserPath === undefined)(what, () => {
    let opened: OnPage
    beforeAll(async () => {
      opened = { bot: await startInSandbox(), browser: await startBrowser() }
    })
    afterAll(async () => {
      await opened.browser.close()
      await opened.bot.stop()
    })
    tests(() => opened)
  })
}
