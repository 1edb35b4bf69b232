import type { Sandbox } from 'discord-sandbox'
import { texts } from '../../src/store/database-errors.ts'
import type { Store } from '../../src/store/ports.ts'
import type { Logged } from './bot-process.ts'
import { traces } from './incidents.ts'
import { type Ledger, typedMark } from './members.ts'

/**
 * Acknowledgements of interactions that another process took, or that came too late: told by the ledger. And what goes
 * to a server that was left just now.
 */
const raced = new Set([10062, 40060, 10015, 50001, 10004])

/** Saves and votes of the database against what members were told. */
export async function checkWrites({ saves, votes }: Ledger, store: Store): Promise<string[]> {
  const wrong: string[] = []
  for (const [userId, { sure, perhaps }] of saves) {
    const { total } = await store.saves.list(userId, {}, { limit: 1, offset: 0 })
    if (total < sure || total > sure + perhaps)
      wrong.push(`${userId} has ${total} saves of ${sure} confirmed and ${perhaps} without a word`)
  }
  for (const [postId, { guildId, sure, perhaps }] of votes) {
    const tallies = [...((await store.votes.tally(guildId, postId)) ?? new Map()).values()]
    const useful = tallies.reduce((all, tally) => all + tally.useful, 0)
    if (useful < sure || useful > sure + perhaps)
      wrong.push(`${postId} has ${useful} votes of ${sure} acknowledged and ${perhaps} unsure`)
  }
  return wrong
}

export function checkRefused({ refused }: Sandbox): string[] {
  return refused
    .filter(({ code }) => !raced.has(code))
    .map(({ method, path, code, message }) => `refused: ${method} ${path}, ${code} ${message}`)
}

/** Every failure has its line, nothing is there that nobody expected, and nothing that somebody typed. */
export function checkLog(
  lines: readonly Logged[],
  odd: readonly string[],
  happened: ReadonlyMap<string, { at: number }>,
): string[] {
  const wrong = odd
    .filter(text => !text.endsWith(texts.locked))
    .slice(0, 20)
    .map(text => `not a line of the log: ${text}`)
  for (const [name, { at }] of happened) {
    const trace = traces(name)
    if (trace !== undefined && !lines.some(line => line.at >= at && trace.test(line.msg)))
      wrong.push(`the log does not tell of “${name}”`)
  }
  for (const { text } of lines)
    if (text.includes(typedMark)) wrong.push(`the log holds what was typed: ${text.slice(0, 300)}`)
  return wrong
}

/** How often the log said what, the commonest first. */
export function logCounts(lines: readonly Logged[]): [string, number][] {
  const messages = lines
    .filter(line => line.level >= 30)
    .map(line => `log ${line.level}: ${line.msg.slice(0, 60)}`)
  return [...Map.groupBy(messages, text => text)]
    .map(([text, all]): [string, number] => [text, all.length])
    .sort((a, b) => b[1] - a[1])
    .slice(0, 25)
}

export const quantile = (numbers: readonly number[], part: number): number =>
  numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * part))] ?? 0
