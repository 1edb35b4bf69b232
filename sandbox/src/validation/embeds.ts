import type { Embed } from './body.ts'
import { required, type ValidationError, validationError } from './form.ts'

const maxTotal = 6000
const blank = (text: string | null | undefined): boolean => text == null || text.trim() === ''

/** Rules for embeds that Discord's published schema leaves out. */
export function validateEmbeds(embeds: readonly Embed[]): ValidationError[] {
  const found = embeds.flatMap((embed, index) => validateEmbed(embed, index))
  const total = embeds.reduce((sum, embed) => sum + sizeOf(embed), 0)
  if (total <= maxTotal) return found
  const text = `Embed size exceeds maximum size of ${maxTotal}`
  return [...found, validationError(['embeds'], 'MAX_EMBED_SIZE_EXCEEDED', text)]
}

/** Characters that count towards the 6000 of a message. */
function sizeOf(embed: Embed): number {
  const fields = (embed.fields ?? []).flatMap(field => [field.name, field.value])
  const texts = [embed.title, embed.description, embed.author?.name, embed.footer?.text, ...fields]
  return texts.reduce((sum, text) => sum + (text?.length ?? 0), 0)
}

function validateEmbed(embed: Embed, index: number): ValidationError[] {
  const path = ['embeds', index]
  const found: ValidationError[] = []
  const visible = [embed.title, embed.description, embed.author?.name, embed.footer?.text]
  const pictured = embed.image?.url != null || embed.thumbnail?.url != null
  if (visible.every(blank) && !pictured && !embed.fields?.length)
    found.push(required([...path, 'description']))
  for (const [at, field] of (embed.fields ?? []).entries()) {
    if (blank(field.name)) found.push(required([...path, 'fields', at, 'name']))
    if (blank(field.value)) found.push(required([...path, 'fields', at, 'value']))
  }
  if (embed.author != null && blank(embed.author.name)) found.push(required([...path, 'author', 'name']))
  return [...found, ...validateLinks(embed, path)]
}

function validateLinks(embed: Embed, path: (string | number)[]): ValidationError[] {
  const web = ['http', 'https']
  const stored = [...web, 'attachment']
  const links = [
    [['url'], embed.url, web],
    [['author', 'url'], embed.author?.url, web],
    [['author', 'icon_url'], embed.author?.icon_url, stored],
    [['footer', 'icon_url'], embed.footer?.icon_url, stored],
    [['image', 'url'], embed.image?.url, stored],
    [['thumbnail', 'url'], embed.thumbnail?.url, stored],
  ] as const
  return links.flatMap(([at, url, schemes]) => {
    const found = url == null ? undefined : badScheme([...path, ...at], url, schemes)
    return found === undefined ? [] : [found]
  })
}

export function badScheme(
  path: readonly (string | number)[],
  url: string,
  schemes: readonly string[],
): ValidationError | undefined {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? ''
  if (schemes.includes(scheme)) return scheme.startsWith('http') ? badHost(path, url) : undefined
  const list = schemes.map(name => `'${name}'`).join(', ')
  return validationError(path, 'URL_TYPE_INVALID_SCHEME', `Scheme "${scheme}" must be one of (${list}).`)
}

/** Discord knows no machines of a network of one's own: a host without a dot is none. */
function badHost(path: readonly (string | number)[], url: string): ValidationError | undefined {
  if (URL.parse(url)?.hostname.includes('.')) return undefined
  return validationError(path, 'URL_TYPE_INVALID_URL', 'Not a well formed URL.')
}
