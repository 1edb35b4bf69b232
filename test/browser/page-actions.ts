import type { Page } from 'playwright-core'

/** Types a command with its options, as a person does, and sends it. */
export async function use(
  page: Page,
  command: string,
  options: Readonly<Record<string, string>> = {},
): Promise<void> {
  await page.getByRole('combobox', { name: /^Message/u }).fill(`/${command} `)
  for (const [name, value] of Object.entries(options)) {
    const field = page.locator(`[data-option="${name}"]`)
    if ((await field.count()) === 0) await page.getByRole('button', { name, exact: true }).click()
    await field.fill(value)
    const offer = page.getByRole('option', { name: value, exact: true })
    if (value.startsWith('#')) await offer.click()
  }
  await page.getByRole('button', { name: 'Send command' }).click()
}

/** Moves the clock by one of the steps that its form offers. */
export async function move(page: Page, step: string): Promise<void> {
  const clock = page.getByRole('button', { name: /^Clock/u })
  await clock.click()
  await page.getByRole('dialog', { name: 'The sandbox’s clock' }).getByRole('button', { name: step }).click()
  await clock.and(page.locator('[aria-busy="false"]')).waitFor()
}
