import type { AutocompleteInput, CommandContext } from '../../bot/command.ts'
import type { BotContext } from '../../bot/context.ts'
import { inServer } from '../../bot/permissions.ts'
import { paperRef } from '../../corpus/ids.ts'
import { Failure } from '../../errors.ts'
import type { Library } from '../../library/library.ts'
import { maxSaves } from '../../store/ports.ts'
import { isScope, type Scope, scopeEmpty } from '../../view/scopes.ts'

/** The bot with a library of what is asked for alone. */
export interface Narrowed {
  readonly bot: BotContext
  readonly scope: Scope | undefined
}

/**
 * Narrows the library of a request. What others may not see is in none of them: each begins with what the server of the
 * request sees, and a member's own list is asked for by that member alone.
 * @param named as an option or a custom id carries it; undefined: everything
 * @throws Failure `input` for a scope that is none, or that needs a server; `missing` when there is nothing in it
 */
export async function narrowed(
  named: string | undefined,
  context: Pick<CommandContext, 'guildId' | 'user'>,
  bot: BotContext,
): Promise<Narrowed> {
  if (named === undefined) return { bot, scope: undefined }
  if (!isScope(named)) throw new Failure('input', 'Choose one of the places that **in** offers.')
  const library = named === 'shared' ? bot.libraries.of(undefined) : await libraryOf(named, context, bot)
  if (library.search.papers.length === 0) throw new Failure('missing', scopeEmpty[named])
  return { bot: { ...bot, library }, scope: named }
}

async function libraryOf(
  scope: Exclude<Scope, 'shared'>,
  context: Pick<CommandContext, 'guildId' | 'user'>,
  bot: BotContext,
): Promise<Library> {
  const stored = await storedIds(scope, context, bot)
  const shown = stored.map(id => bot.library.paper(paperRef(id))?.id).filter(id => id !== undefined)
  return bot.libraries.narrowed(bot.library, new Set(shown))
}

async function storedIds(
  scope: Exclude<Scope, 'shared'>,
  context: Pick<CommandContext, 'guildId' | 'user'>,
  { store }: BotContext,
): Promise<string[]> {
  switch (scope) {
    case 'server':
      return store.papers.ids(inServer(context))
    case 'posted':
      return store.posts.shared(inServer(context))
    case 'mine': {
      const { saves } = await store.saves.list(context.user.id, {}, { limit: maxSaves, offset: 0 })
      return saves.map(({ paperId }) => paperId)
    }
  }
}

/** The same while somebody types: everything, where the option says nothing that can be used. */
export const narrowedWhileTyping = (
  { options }: AutocompleteInput,
  context: CommandContext,
  bot: BotContext,
): Promise<Library | undefined> =>
  narrowed(typeof options['in'] === 'string' ? options['in'] : undefined, context, bot).then(
    ({ bot: { library } }) => library,
    error => {
      if (error instanceof Failure) return undefined
      throw error
    },
  )
