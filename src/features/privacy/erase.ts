import { z } from 'zod'
import type { MessageRef } from '../../bot/channels.ts'
import type { BotContext } from '../../bot/context.ts'
import type { Holdings } from '../../view/privacy-card.ts'
import { unnamedShare } from '../../view/share-card.ts'

type Stored = Readonly<Record<string, readonly Record<string, unknown>[]>>

const counts = (stored: Stored): Holdings =>
  Object.fromEntries(Object.entries(stored).map(([name, rows]) => [name, rows.length]))

export const holdingsOf = async (userId: string, bot: BotContext): Promise<Holdings> =>
  counts(await bot.store.members.export(userId))

/**
 * Deletes what is stored about the member, and has their name and notes taken off the messages that show them.
 * @returns what there was
 */
export async function erase(userId: string, bot: BotContext): Promise<Holdings> {
  const stored = await bot.store.members.export(userId)
  await bot.store.members.erase(userId)
  for (const ref of await sharesOf(stored.shares ?? [], bot))
    bot.channels.refresh(ref, async () => unnamedShare)
  return counts(stored)
}

const Share = z.object({ channel_id: z.string(), message_id: z.string() })

/** Where the messages of shares stand: in a forum that is the thread that the message began. */
async function sharesOf(shares: readonly unknown[], bot: BotContext): Promise<MessageRef[]> {
  const sent = shares.map(row => Share.safeParse(row)).flatMap(({ data }) => data ?? [])
  const channels = [...new Set(sent.map(share => share.channel_id))]
  const forums = new Set<string>()
  for (const id of channels) {
    // The data are gone already: a channel that cannot be looked at now changes nothing of that.
    const channel = await bot.channels.get(id).catch(() => undefined)
    if (channel?.kind === 'forum') forums.add(id)
  }
  return sent.map(({ channel_id, message_id }) => ({
    channelId: forums.has(channel_id) ? message_id : channel_id,
    messageId: message_id,
  }))
}
