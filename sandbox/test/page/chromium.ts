import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'

const candidates = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** A browser on this machine; undefined where there is none. CHROMIUM names another. */
export const browserPath = candidates.find(path => path !== undefined && existsSync(path))

export interface Browser {
  /** A page of its own, at the address, that reports what goes wrong in it. */
  open(url: string, viewport?: Viewport): Promise<PageSession>
  close(): Promise<void>
}

interface Viewport {
  readonly width?: number
  readonly height?: number
  readonly scheme?: 'dark' | 'light'
}

export interface PageSession {
  readonly page: Page
  /** Errors of the page and of its console, refusals by its security policy among them. */
  readonly errors: readonly string[]
  /** Addresses of everything it asked for. */
  readonly requestedUrls: readonly string[]
}

/** Starts a real browser that can reach this machine and nothing else. */
export async function startBrowser(): Promise<Browser> {
  if (browserPath === undefined) throw new Error('no browser on this machine')
  const profile = await mkdtemp(join(tmpdir(), 'sandbox-page-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browserPath,
    headless: true,
    acceptDownloads: true,
    locale: 'en-GB',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  })
  return {
    open: (url, viewport) => openSession(context, url, viewport),
    async close() {
      await context.close()
      await rm(profile, { recursive: true, force: true })
    },
  }
}

async function openSession(
  context: BrowserContext,
  url: string,
  { width = 1280, height = 800, scheme = 'dark' }: Viewport = {},
): Promise<PageSession> {
  const page = await context.newPage()
  await page.setViewportSize({ width, height })
  await page.emulateMedia({ colorScheme: scheme })
  const errors: string[] = []
  const requestedUrls: string[] = []
  page.on('pageerror', error => errors.push(String(error)))
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text())
  })
  page.on('request', request => requestedUrls.push(request.url()))
  await page.goto(url)
  return { page, errors, requestedUrls }
}
