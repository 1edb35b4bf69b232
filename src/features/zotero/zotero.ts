import { PermissionFlagsBits } from 'discord-api-types/v10'
import type { CommandContext } from '../../bot/command.ts'
import type { BotContext } from '../../bot/context.ts'
import { inServer } from '../../bot/permissions.ts'
import type { Paper } from '../../corpus/paper.ts'
import { Failure } from '../../errors.ts'
import { missingPermissions } from '../../view/permissions.ts'
import { tidyNote } from '../../view/share-card.ts'
import { ZoteroError } from '../../zotero/zotero-error.ts'

/** A library as people write it: `groups/123`, an address of Zotero's site, or a group's number. */
export function libraryNamed(text: string): string {
  const [, kind = 'groups', id = ''] =
    /^(?:https:\/\/(?:www\.|api\.)?zotero\.org\/)?(?:(groups|users)\/)?(\d{1,12})(?:[/?#].{0,300})?$/u.exec(
      text.trim(),
    ) ?? []
  if (id === '')
    throw new Failure(
      'input',
      'That is no Zotero library. Give a group’s number, or its address at zotero.org.',
    )
  return `${kind}/${id}`
}

/** A collection's key, or an address that ends in one; empty: the library itself. */
export function collectionNamed(text: string): string {
  const trimmed = text.trim()
  if (trimmed === '') return ''
  const [, key = ''] =
    /(?:^|\/collections\/)([A-Z0-9]{8})(?:[/?#].{0,300})?$/u.exec(trimmed.slice(0, 600)) ?? []
  if (key === '')
    throw new Failure('input', 'That is no collection of Zotero: its key has eight capitals and digits.')
  return key
}

/** @throws Failure `forbidden` for who may not manage the server */
export function managesServer({ permissions }: Pick<CommandContext, 'permissions'>): void {
  if (missingPermissions(permissions, PermissionFlagsBits.ManageGuild).length > 0)
    throw new Failure('forbidden', 'You need **Manage Server** for that.')
}

export interface NewLink {
  readonly library: string
  readonly collection: string
  readonly writeKey: string
  readonly sendsSaves: boolean
}

/**
 * Links the server to a library, once Zotero has said that the key may write there.
 * @throws Failure `input` for a key that may not, `busy` when Zotero does not answer; the link before stays then
 */
export async function linkLibrary(link: NewLink, context: CommandContext, bot: BotContext): Promise<void> {
  const guildId = inServer(context)
  managesServer(context)
  if (!/^[A-Za-z0-9]{16,64}$/u.test(link.writeKey))
    throw new Failure('input', 'That is no key of Zotero: it has letters and digits alone.')
  try {
    await bot.openZotero(link).check(link.collection)
  } catch (error) {
    if (!(error instanceof ZoteroError)) throw error
    throw error.kind === 'unreachable'
      ? new Failure('busy', 'Zotero does not answer now. Nothing was changed; try again later.', {
          cause: error,
        })
      : new Failure('input', `Nothing was changed: ${error.message}.`, { cause: error })
  }
  await bot.store.zotero.setLink({ ...link, guildId, userId: context.user.id, at: context.at.getTime() })
  bot.picks.wake()
}

/** @throws Failure `missing` when the server has no link, `limit` when too much waits */
export async function sendAtOnce(
  paper: Paper,
  note: string,
  context: CommandContext,
  bot: BotContext,
): Promise<void> {
  const outcome = await bot.store.zotero.add({
    guildId: inServer(context),
    paperId: paper.id,
    tag: '',
    note: tidyNote(note),
    userId: context.user.id,
    isSave: false,
    at: context.at.getTime(),
  })
  if (outcome === 'full')
    throw new Failure('limit', 'Too much waits to be sent to Zotero already. Try again later.')
  if (outcome === 'unwanted')
    throw new Failure(
      'missing',
      'This server has no Zotero library yet. Whoever manages it can set one: `/zotero set`.',
    )
  bot.picks.wake()
}
