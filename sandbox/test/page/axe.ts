import axe, { type AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

/** axe's rules for WCAG 2.2 at levels A and AA, the size of targets among them, and for good practice. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const run = `axe.run(document, {
  runOnly: ${JSON.stringify(tags)}, rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'], preload: false,
})`

/** What axe finds on the page as it stands but for what it calls minor: the rule, its impact, and the element. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations } = (await page.evaluate(run)) as AxeResults
  return violations
    .filter(({ impact }) => impact !== 'minor')
    .flatMap(({ id, impact, nodes }) =>
      nodes.map(({ html, target }) => `${id} (${impact}): ${target.join(' ')}: ${html.slice(0, 160)}`),
    )
}

/** Controls and links that nowhere are 24 by 24 pixels, in CSS pixels. A link over several lines needs one such piece. */
export const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(
    `[...document.querySelectorAll('a, button, input, select, textarea, summary, [role=option], [role=button]')]
      .filter(element => element.checkVisibility({ visibilityProperty: true }))
      .map(element => ({ element, boxes: [...(element.closest('label') ?? element).getClientRects()] }))
      .filter(({ boxes }) => boxes.length > 0 && !boxes.some(({ width, height }) => width >= 24 && height >= 24))
      .map(({ element, boxes }) => element.localName + '.' + element.className + ' ' + boxes.map(({ width, height }) =>
        Math.round(width) + 'x' + Math.round(height)).join(' ') + ' ' + element.textContent.trim().slice(0, 30))`,
  )
