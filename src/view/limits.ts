import type { APIEmbed } from 'discord-api-types/v10'
import { withoutDirections } from '../corpus/text.ts'
import { clip } from './escape.ts'
import type { Message, Row } from './reply.ts'

/** Discord's limits for one message (API v10), in UTF-16 units or pieces. */
export const limits = {
  content: 2000,
  embeds: 10,
  embedTotal: 6000,
  title: 256,
  description: 4096,
  fields: 25,
  fieldName: 256,
  fieldValue: 1024,
  footer: 2048,
  author: 256,
  address: 2048,
  rows: 5,
  buttons: 5,
  options: 25,
  optionText: 100,
  choices: 25,
  choiceText: 100,
} as const

/**
 * The last gate before Discord: whatever a view made, this fits, and reads in the direction that it seems to. Views keep to their own budgets, so nothing should
 * be cut here; what would be is cut at the end, where readers miss it least.
 */
export function fitMessage<M extends Message>(unfit: M): M {
  const message = inOneDirection(unfit)
  const embeds = fitTotal((message.embeds ?? []).slice(0, limits.embeds).map(fitEmbed))
  return {
    ...message,
    ...(message.content === undefined ? {} : { content: clip(message.content, limits.content) }),
    ...(message.embeds === undefined ? {} : { embeds }),
    ...(message.components === undefined
      ? {}
      : {
          components: message.components
            .filter(row => row.components.length > 0)
            .slice(0, limits.rows) as Row[],
        }),
  }
}

/** Removes what would change the direction of the text around it. */
function inOneDirection<M extends Message>(whole: M): M {
  const { files, ...message } = whole
  // Nearly no text holds any: they are looked for in all texts at once.
  const texts = JSON.stringify(message)
  if (withoutDirections(texts) === texts) return whole
  const read = (_key: string, value: unknown) =>
    typeof value === 'string' ? withoutDirections(value) : value
  const turned = JSON.parse(JSON.stringify(message, read))
  return { ...turned, ...(files === undefined ? {} : { files }) }
}

function fitEmbed(embed: APIEmbed): APIEmbed {
  const fields = (embed.fields ?? [])
    .filter(field => field.name.trim() !== '' && field.value.trim() !== '')
    .slice(0, limits.fields)
    .map(field => ({
      ...field,
      name: clip(field.name, limits.fieldName),
      value: clip(field.value, limits.fieldValue),
    }))
  const { url, ...rest } = embed
  return {
    ...rest,
    ...(url === undefined || !isTaken(url) ? {} : { url }),
    ...(embed.title === undefined ? {} : { title: clip(embed.title, limits.title) }),
    ...(embed.description === undefined ? {} : { description: clip(embed.description, limits.description) }),
    ...(embed.fields === undefined ? {} : { fields }),
    ...(embed.footer === undefined
      ? {}
      : { footer: { ...embed.footer, text: clip(embed.footer.text, limits.footer) } }),
    ...(embed.author === undefined
      ? {}
      : { author: { ...embed.author, name: clip(embed.author.name, limits.author) } }),
  }
}

/** Discord refuses a message with an address that is too long, or of a host without a dot, as in a lab's own network. */
const isTaken = (url: string): boolean =>
  url.length <= limits.address && URL.parse(url)?.hostname.includes('.') === true

/** What Discord counts towards the 6000 of a message. */
export function embedLength(embed: APIEmbed): number {
  const texts = [embed.title, embed.description, embed.footer?.text, embed.author?.name]
  const fields = (embed.fields ?? []).flatMap(field => [field.name, field.value])
  return [...texts, ...fields].reduce((sum, text) => sum + (text?.length ?? 0), 0)
}

function fitTotal(embeds: APIEmbed[]): APIEmbed[] {
  const kept: APIEmbed[] = []
  let left: number = limits.embedTotal
  for (const embed of embeds) {
    let fitted = embed
    while (embedLength(fitted) > left && (fitted.fields?.length ?? 0) > 0)
      fitted = { ...fitted, fields: fitted.fields?.slice(0, -1) ?? [] }
    const over = embedLength(fitted) - left
    if (over > 0)
      fitted = {
        ...fitted,
        description: clip(fitted.description ?? '', Math.max(0, (fitted.description?.length ?? 0) - over)),
      }
    if (embedLength(fitted) > left) break
    left -= embedLength(fitted)
    kept.push(fitted)
  }
  return kept
}
