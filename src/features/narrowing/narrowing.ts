import type { AutocompleteInput, CommandContext } from '../../bot/command.ts'
import type { BotContext } from '../../bot/context.ts'
import { inServer } from '../../bot/permissions.ts'
import { paperRef } from '../../corpus/ids.ts'
import { Failure } from '../../errors.ts'
import type { Library } from '../../library/library.ts'
import { maxSaves } from '../../store/ports.ts'
import { isScope, type Scope, scopeEmpty } from '../../view/scopes.ts'
import { openPlaces } from '../sharing/places.ts'
import { shownIds } from './twins.ts'

/** The bot with a library of what is asked for alone. */
export interface Narrowed {
  readonly bot: BotContext
  readonly scope: Scope | undefined
}

/** `inTurn` is left out while somebody types: that is a turn of its own already. */
type Asking = Pick<CommandContext, 'guildId' | 'channelId' | 'user'> & Partial<Pick<CommandContext, 'inTurn'>>

/**
 * Narrows the library of a request. What others may not see is in none of them: each begins with what the server of the
 * request sees, and a member's own list is asked for by that member alone.
 * @param named as an option or a custom id carries it; undefined: everything
 * @throws Failure `input` for a scope that is none, or that needs a server; `missing` when there is nothing in it
 */
export async function narrowed(
  named: string | undefined,
  context: Asking,
  bot: BotContext,
): Promise<Narrowed> {
  if (named === undefined) return { bot, scope: undefined }
  if (!isScope(named)) throw new Failure('input', 'Choose one of the places that **in** offers.')
  const library = named === 'shared' ? await sharedOf(bot) : await libraryOf(named, context, bot)
  if (library.search.count === 0) throw new Failure('missing', scopeEmpty[named])
  return { bot: { ...bot, library }, scope: named }
}

const sharedOf = ({ library, libraries }: BotContext): Library | Promise<Library> =>
  libraries.only?.(library, 'shared') ?? libraries.of(undefined)

async function libraryOf(
  scope: Exclude<Scope, 'shared'>,
  context: Asking,
  bot: BotContext,
): Promise<Library> {
  const stored = await storedIds(scope, context, bot)
  const { only } = bot.libraries
  if (only !== undefined)
    return only(bot.library, scope === 'server' ? { own: inServer(context) } : { ids: new Set(stored) })
  if (scope === 'server')
    return bot.libraries.narrowed(bot.library, await shownIds(stored, inServer(context), bot, context.inTurn))
  const shown = stored.map(id => bot.library.paper(paperRef(id))?.id).filter(id => id !== undefined)
  return bot.libraries.narrowed(bot.library, new Set(shown))
}

async function storedIds(
  scope: Exclude<Scope, 'shared'>,
  context: Asking,
  bot: BotContext,
): Promise<string[]> {
  const { store } = bot
  switch (scope) {
    case 'server':
      return store.papers.ids(inServer(context))
    case 'posted': {
      const guildId = inServer(context)
      return store.posts.shared(guildId, await openPlaces(guildId, context.channelId, bot))
    }
    case 'mine': {
      const { saves } = await store.saves.list(context.user.id, {}, { limit: maxSaves, offset: 0 })
      return saves.map(({ paperId }) => paperId)
    }
  }
}

/** The same while somebody types: everything, where the option says nothing that can be used. */
export const narrowedWhileTyping = (
  { options }: AutocompleteInput,
  { guildId, channelId, user }: CommandContext,
  bot: BotContext,
): Promise<Library | undefined> =>
  narrowed(
    typeof options['in'] === 'string' ? options['in'] : undefined,
    { guildId, channelId, user },
    bot,
  ).then(
    ({ bot: { library } }) => library,
    error => {
      if (error instanceof Failure) return undefined
      throw error
    },
  )
