import type { BotContext } from '../../bot/context.ts'
import { isSamePaper, keyed } from '../../corpus/merging/same-paper.ts'
import type { Paper } from '../../corpus/paper.ts'
import { sharedCollection } from '../../store/paper-ports.ts'
import type { Origin } from '../../view/origin.ts'

/** Where a paper that the server sees comes from. */
export async function originOf(
  paper: Paper,
  guildId: string | undefined,
  { store, library, libraries, facts }: BotContext,
): Promise<Origin> {
  const { id } = paper
  const isShared = libraries.isShared(library, id)
  const [shared, own] = await Promise.all([
    isShared ? store.papers.get(sharedCollection, id) : undefined,
    // A server without papers of its own has the shared library.
    guildId === undefined || !libraries.hasOwn(guildId) ? undefined : store.papers.get(guildId, id),
  ])
  return {
    shared: isShared
      ? { sources: shared?.sources ?? [], isShipped: facts.isShipped === true && shared === undefined }
      : undefined,
    // Another of the server's papers may have the id of a shared one.
    own: own && isSamePaper(keyed(own.paper), keyed(paper)) ? { sources: own.sources } : undefined,
  }
}
