import { expect } from 'vitest'
import { embedLength, fitMessage, limits } from '../../src/view/limits.ts'
import type { Message } from '../../src/view/reply.ts'

/**
 * Holds by construction: the last gate finds nothing to cut, and nothing pings.
 * @param mayName id of a member whom the view itself names
 */
export function expectToFit(message: Message, mayName?: string): void {
  expect(fitMessage(message)).toEqual(message)
  for (const embed of message.embeds ?? []) {
    expect(embedLength(embed)).toBeLessThanOrEqual(limits.embedTotal)
    for (const field of embed.fields ?? []) expect(field.value).not.toBe('')
  }
  const parts = (message.components ?? []).flatMap(row => row.components)
  const ids = parts.map(part => ('custom_id' in part ? part.custom_id : ''))
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id.length).toBeLessThanOrEqual(100)
  for (const row of message.components ?? [])
    expect(row.components.length).toBeLessThanOrEqual(limits.buttons)
  const shown = (message.embeds ?? [])
    .flatMap(embed => [embed.title, embed.description, ...(embed.fields ?? []).map(field => field.value)])
    .concat(message.content)
    .join('\n')
    .replaceAll(`<@${mayName}>`, '')
  expect(shown).not.toMatch(/(?<!\\)<@|(?<!\\)@everyone/u)
  expect(shown.isWellFormed()).toBe(true)
}
