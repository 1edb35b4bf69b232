import type { BotContext } from '../../bot/context.ts'

/** Channels whose posts are looked at, those with the latest first. */
const mostPlaces = 500

/**
 * Channels of a server whose shares and picks may be shown: those that everybody there can view.
 * @param place where they are shown: channels that just the same people can view are among them too. Undefined: to
 *   whoever it may be
 * @throws Failure `busy` when Discord does not answer
 */
export async function openPlaces(
  guildId: string,
  place: string | undefined,
  { store, channels }: Pick<BotContext, 'store' | 'channels'>,
): Promise<string[]> {
  const all = await store.posts.places(guildId, mostPlaces)
  return all.length === 0 ? [] : [...(await channels.viewable(guildId, all, place))]
}
