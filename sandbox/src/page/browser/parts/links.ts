import { html, type TemplateResult } from 'lit'

const loopback = ['127.0.0.1', 'localhost', '[::1]']

/** An address that a click may lead to: the web only, never `javascript:` or a file. */
export function webAddress(url: string | null | undefined): string | undefined {
  const parsed = url == null ? null : URL.parse(url)
  return parsed !== null && (parsed.protocol === 'https:' || parsed.protocol === 'http:')
    ? parsed.href
    : undefined
}

/**
 * The path of a file that the sandbox serves; undefined for addresses elsewhere. The sandbox names itself by a
 * loopback address, while the page may have been opened by another name, or through another port.
 */
export function ownAddress(url: string | null | undefined): string | undefined {
  const parsed = url == null ? null : URL.parse(url, location.href)
  if (parsed === null || !/^\/attachments\/\d+\/\d+\/[^/]+$/u.test(parsed.pathname)) return undefined
  return parsed.origin === location.origin || loopback.includes(parsed.hostname) ? parsed.pathname : undefined
}

/** Of the channel and the message that an address such as `https://discord.com/channels/1/2/3` names. */
export function messageAddress(
  url: string | null | undefined,
): { channel: string; message: string } | undefined {
  const [, channel, message] =
    /^https:\/\/(?:(?:ptb|canary)\.)?discord(?:app)?\.com\/channels\/(?:@me|\d{17,20})\/(\d{17,20})\/(\d{17,20})$/u.exec(
      url ?? '',
    ) ?? []
  return channel === undefined || message === undefined ? undefined : { channel, message }
}

export const outward = (url: string, content: unknown, title?: string): TemplateResult =>
  html`<a href=${url} target="_blank" rel="noopener noreferrer" title=${title ?? url}>${content}</a>`
