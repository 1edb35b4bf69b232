import type { AutocompleteInput, Choice, CommandContext, ComponentInteraction } from '../../bot/command.ts'
import type { BotContext } from '../../bot/context.ts'
import { Failure } from '../../errors.ts'
import type { Library } from '../../library/library.ts'
import { muteKey } from '../../picks/less-of.ts'
import type { Mute, Place } from '../../store/choice-ports.ts'
import { shown, visible } from '../../view/escape.ts'
import { dislikeRef, type LessOf, muteLabel, muteRef } from '../../view/less-of.ts'
import { limits } from '../../view/limits.ts'
import { titleOf } from '../daily/pick-messages.ts'

/** The digests of a member. */
export const ownPlace = (userId: string): Place => ({ id: userId, guildId: undefined })

/**
 * What there is to be less of there.
 * @param manages whether the member may take back what others said, and unmute
 */
export async function lessOfAt(
  place: Place,
  { userId, manages, library }: { userId: string; manages: boolean; library: Library },
  { store }: BotContext,
): Promise<LessOf> {
  const theirs = new Set(manages ? [] : await store.dislikes.of(place, userId))
  const dislikes = await store.dislikes.list(place)
  return {
    dislikes: dislikes.map(({ paperId, members }) => ({
      paperId,
      title: titleOf(library, paperId) ?? 'a paper that is no longer here',
      members,
      mayTakeBack: manages || theirs.has(paperId),
    })),
    mutes: await store.mutes.list(place),
    mayUnmute: manages,
  }
}

/** UTF-16 units of a muted word or name. */
export const muteLength = 100

export interface MuteRequest {
  readonly word?: string | undefined
  readonly author?: string | undefined
}

/**
 * Mutes a word, an author, or both.
 * @returns what was done, in Markdown
 * @throws Failure `input` when neither can be muted, `limit` when there are too many
 */
export async function mute(place: Place, request: MuteRequest, at: number, bot: BotContext): Promise<string> {
  const wanted = (['word', 'author'] as const).flatMap(kind => {
    const said = visible(request[kind] ?? '').slice(0, muteLength)
    if (said === '') return []
    const key = muteKey(kind, said).slice(0, 400)
    if (key === '')
      throw new Failure('input', `There is nothing to look for in **${shown(said, 80) || '…'}**.`)
    return [{ kind, key, said }]
  })
  if (wanted.length === 0) throw new Failure('input', 'Give a **word** or an **author** to mute.')
  for (const one of wanted)
    if ((await bot.store.mutes.add(place, { ...one, at })) === 'gone')
      throw new Failure('missing', 'That daily pick was removed.')
  return `Muted: ${wanted.map(({ said }) => `**${shown(said, muteLength)}**`).join(', ')}.`
}

/** @throws Failure `missing` when nothing like it is muted there, `input` when it is both a word and an author */
export async function unmute(place: Place, named: string, bot: BotContext): Promise<string> {
  const mutes = await bot.store.mutes.list(place)
  const typed = visible(named).toLowerCase()
  const chosen = mutes.filter(one => muteRef(one) === named)
  const [found, ...more] =
    chosen.length > 0 ? chosen : mutes.filter(({ said }) => said.toLowerCase() === typed)
  if (more.length > 0)
    throw new Failure('input', 'Several things are muted that match. Choose one of the suggestions.')
  if (found === undefined) throw new Failure('missing', 'Nothing like that is muted there.')
  await bot.store.mutes.remove(place, found)
  return `No longer muted: **${shown(found.said, muteLength)}**.`
}

export async function suggestMuted(
  { text }: Pick<AutocompleteInput, 'text'>,
  place: Place | undefined,
  bot: BotContext,
): Promise<Choice[]> {
  if (place === undefined) return []
  const wanted = visible(text).toLowerCase()
  const choice = (one: Mute) => ({ name: muteLabel(one), value: muteRef(one) })
  return (await bot.store.mutes.list(place))
    .filter(({ said }) => said.toLowerCase().includes(wanted))
    .slice(0, limits.choices)
    .map(choice)
}

/**
 * Takes back what the menu's chosen option names: a muted word or author, or a paper, of whoever said it when the member
 * manages the place, otherwise of the member alone.
 * @returns what was done; '' when it was not there, or is not theirs to take back
 */
export async function takeBack(
  place: Place,
  { values, user }: Pick<ComponentInteraction, 'values' | 'user'>,
  manages: boolean,
  { store }: BotContext,
): Promise<string> {
  const [value = ''] = values
  const muted = (await store.mutes.list(place)).find(one => muteRef(one) === value)
  if (muted !== undefined)
    return manages && (await store.mutes.remove(place, muted)) ? 'No longer muted.' : ''
  const disliked = (await store.dislikes.list(place)).find(({ paperId }) => dislikeRef(paperId) === value)
  if (disliked === undefined) return ''
  const taken = await store.dislikes.remove(place, disliked.paperId, manages ? undefined : user.id)
  return taken > 0 ? 'Taken back.' : ''
}

/** Takes back a member's own “Less like this”. @param ref as a custom id carries it */
export async function undo(
  place: Place,
  ref: string,
  { user }: CommandContext,
  bot: BotContext,
): Promise<void> {
  const theirs = await bot.store.dislikes.of(place, user.id)
  const paperId = theirs.find(id => dislikeRef(id) === `d.${ref}`)
  if (paperId !== undefined) await bot.store.dislikes.remove(place, paperId, user.id)
}
