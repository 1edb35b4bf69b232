import type { BotContext } from '../../bot/context.ts'
import type { Holdings } from '../../view/privacy-card.ts'

type Stored = Readonly<Record<string, readonly Record<string, unknown>[]>>

const counts = (stored: Stored): Holdings =>
  Object.fromEntries(Object.entries(stored).map(([name, rows]) => [name, rows.length]))

export const holdingsOf = async (userId: string, bot: BotContext): Promise<Holdings> =>
  counts(await bot.store.members.export(userId))

/**
 * Deletes what is stored about the member, and has their name, notes and votes removed from the messages that show them.
 * @returns what there was
 */
export async function erase(userId: string, at: number, bot: BotContext): Promise<Holdings> {
  const stored = await bot.store.members.export(userId)
  await bot.store.members.erase(userId, at)
  bot.picks.wake()
  return counts(stored)
}
