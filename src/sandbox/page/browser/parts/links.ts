import { html, type TemplateResult } from 'lit'

const loopback = ['127.0.0.1', 'localhost', '[::1]']

/** An address that a click may lead to: the web only, never `javascript:` or a file. */
export function webAddress(url: string | null | undefined): string | undefined {
  const parsed = url == null ? null : URL.parse(url)
  return parsed !== null && (parsed.protocol === 'https:' || parsed.protocol === 'http:')
    ? parsed.href
    : undefined
}

/** What the sandbox itself serves, under whichever of the machine's names the page was opened; else undefined. */
export function ownAddress(url: string | null | undefined, here: Location = location): string | undefined {
  const parsed = url == null ? null : URL.parse(url, here.href)
  if (parsed === null) return undefined
  const same = parsed.origin === here.origin
  const alias =
    loopback.includes(parsed.hostname) && loopback.includes(here.hostname) && parsed.port === here.port
  return (same || alias) && parsed.pathname.startsWith('/attachments/') ? parsed.pathname : undefined
}

export const outward = (url: string, content: unknown, title?: string): TemplateResult =>
  html`<a href=${url} target="_blank" rel="noopener noreferrer" title=${title ?? url}>${content}</a>`
