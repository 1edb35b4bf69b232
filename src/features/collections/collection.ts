import { Readable } from 'node:stream'
import type { CommandContext } from '../../bot/command.ts'
import type { BotContext } from '../../bot/context.ts'
import { inServer } from '../../bot/permissions.ts'
import { paperRef } from '../../corpus/ids.ts'
import { Failure } from '../../errors.ts'
import { importPapers } from '../../import/import-papers.ts'
import { openInputs } from '../../import/inputs.ts'
import { type Network, publicNetwork } from '../../public-network.ts'
import { type Imported, importProgress } from '../../view/collection-card.ts'
import { limits } from '../../view/limits.ts'

/** Where papers are to be read from. */
export type Given =
  | { readonly kind: 'attachment'; readonly name: string; readonly url: string }
  | { readonly kind: 'address'; readonly url: string }
  | { readonly kind: 'text'; readonly text: string }

/** What a member may have the bot download: more than any list of references has. */
const downloadLimits = { bytes: 25 * 1024 ** 2, time: 60_000 }
const mostReasons = 5

/** Discord names where an attachment is; whatever address that is, nobody else chose it. */
const discordsOwn: Network = { ...publicNetwork, isPublic: () => true }

/** Servers whose import is under way in this process. */
const running = new Set<string>()

/**
 * Reads papers into the server's own collection, and waits until they can be found.
 * @throws Failure for what cannot be read, and while another import of the server is under way
 */
export async function addPapers(given: Given, context: CommandContext, bot: BotContext): Promise<Imported> {
  const collection = inServer(context)
  if (running.has(collection))
    throw new Failure('busy', 'Another import of this server is under way. Try again when it is done.')
  running.add(collection)
  try {
    const imported = await read(given, { collection, context, bot })
    context.progress('All entries are read. Making the new papers searchable…')
    await bot.libraries.refresh()
    return imported
  } finally {
    running.delete(collection)
  }
}

async function read(
  given: Given,
  { collection, context, bot }: { collection: string; context: CommandContext; bot: BotContext },
): Promise<Imported> {
  if (given.kind !== 'text') context.progress('Fetching the file…')
  const inputs = await openInputs([given.kind === 'text' ? '-' : given.url], {
    stdin: Readable.from(given.kind === 'text' ? [given.text] : []),
    limits: downloadLimits,
    network: given.kind === 'attachment' ? discordsOwn : undefined,
  })
  const reasons: string[] = []
  const named = { attachment: 'name' in given ? given.name : '', text: 'pasted text', address: undefined }[
    given.kind
  ]
  try {
    const summary = await importPapers(bot.store.papers, inputs.records, {
      collection,
      sourceOf: named === undefined ? inputs.sourceOf : () => named.slice(0, 200),
      at: context.at.getTime(),
      most: bot.maxServerPapers,
      signal: context.signal,
      onProgress: so => context.progress(importProgress(so)),
      onRejected({ line, reason }) {
        if (reasons.length < mostReasons) reasons.push(`line ${line}: ${reason}`)
      },
    })
    return { ...summary, reasons }
  } finally {
    await inputs.close()
  }
}

/** What stands for a source in a choice: its name, unless that is too long. */
export const sourceRef = (source: string): string =>
  source.length <= limits.choiceText ? source : paperRef(source)

/** @returns how many papers were taken out. @throws Failure when the server has nothing from that source */
export async function removePapers(named: string, context: CommandContext, bot: BotContext): Promise<number> {
  const collection = inServer(context)
  const known = (await bot.store.papers.sources(collection)).map(({ source }) => source)
  const source = known.find(each => each === named || sourceRef(each) === named)
  const which = named === everything ? 'all' : source === undefined ? undefined : { source }
  if (which === undefined)
    throw new Failure(
      'missing',
      'This server has no papers from there. `/corpus status` lists where they come from.',
    )
  const removed = await bot.store.papers.remove(collection, which, context.at.getTime())
  await bot.libraries.refresh()
  return removed
}

/** The choice that stands for all of a server's own papers. */
export const everything = 'everything'
