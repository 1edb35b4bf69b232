import { html, type TemplateResult } from 'lit'
import { icons } from '../parts/icons.ts'
import { outward, ownAddress, webAddress } from '../parts/links.ts'

/** A picture that the sandbox holds; of any other only where it is, for the page loads nothing from outside. */
export function picture(url: string, alt: string): TemplateResult {
  const own = ownAddress(url)
  if (own !== undefined) return html`<img src=${own} alt=${alt} loading="lazy" />`
  const target = webAddress(url)
  if (target === undefined) return html`<span class="no-picture">A picture without an address</span>`
  return html`<span class="no-picture">${outward(target, html`${icons.outside} Picture on ${new URL(target).host}`)}</span>`
}
