import { resolve } from 'node:path'
import { Command } from 'commander'
import { logFor } from '../bootstrap.ts'
import type { Config } from '../config.ts'
import { systemClock } from '../delivery/clock.ts'
import { Failure } from '../errors.ts'
import { addSource, namedSource } from '../features/sources/set-up.ts'
import { type Synced, type SyncParts, stateOfSource, syncNext } from '../features/sources/sync.ts'
import { openStore } from '../open-store.ts'
import { liveSourcesAt } from '../sources/live-sources.ts'
import { sourceKinds, sourceUsage } from '../sources/spec.ts'
import { sharedCollection } from '../store/paper-ports.ts'
import type { Store } from '../store/ports.ts'
import type { StoredSource } from '../store/source-ports.ts'
import type { Outcome } from '../terminal/outcome.ts'

export interface SourceCli {
  readonly config: () => Config
  readonly print: (outcome: Outcome, command: Command) => void
}

const kinds = sourceKinds.map(kind => `  ${kind.padEnd(11)}${sourceUsage[kind]}`).join('\n')

/** `lectern source …`: the sources that bring papers to everybody; those of a server are set up there. */
export function sourceCommand({ config, print }: SourceCli): Command {
  const source = new Command('source').description('where new papers come from by themselves')
  const act = (name: string, what: string, run: (store: Store, text: string) => Promise<Outcome>) =>
    source
      .command(name)
      .description(what)
      .argument('<name...>', 'its name as in the list, or its id')
      .action(async (words: string[], _, command: Command) =>
        print(await withStore(config(), store => run(store, words.join(' '))), command),
      )
  source
    .command('add')
    .description('adds a source; what it shows at first is no news')
    .argument('<kind>', sourceKinds.join(', '))
    .argument('[what...]')
    .addHelpText('after', `\nKinds, and what follows them:\n${kinds}`)
    .action(async (kind: string, words: string[], _, command: Command) =>
      print(await withStore(config(), store => add(store, kind, words)), command),
    )
  source
    .command('list')
    .description('each source with the word for how it is, and why')
    .action(async (_, command: Command) => print(await withStore(config(), list), command))
  act('remove', 'removes a source; its papers stay', (store, name) => change(store, name, 'remove'))
  act('pause', 'stops reading a source', (store, name) => change(store, name, 'pause'))
  act('resume', 'reads a paused source again', (store, name) => change(store, name, 'resume'))
  source
    .command('sync')
    .description('reads a source now, or all of them')
    .argument('[name...]', 'its name as in the list, or its id')
    .action(async (words: string[], _, command: Command) =>
      print(await withStore(config(), store => sync(config(), store, words.join(' '))), command),
    )
  return source
}

async function withStore<T>(config: Config, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(config, logFor(config))
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

async function add(store: Store, kind: string, words: readonly string[]): Promise<Outcome> {
  const { name, isNew } = await addSource(store.sources, {
    kind,
    // The bot may run in another folder than this terminal.
    words: kind === 'folder' ? [resolve(words.join(' '))] : words,
    collection: sharedCollection,
    createdBy: undefined,
    at: Date.now(),
  })
  const text = isNew
    ? `Added ${name}. The running bot reads it within a minute; “source sync” does so now.`
    : `There is ${name} already.`
  return { data: { name, added: isNew }, text, empty: false }
}

async function list(store: Store): Promise<Outcome> {
  const now = Date.now()
  const data = (await store.sources.all()).map(source => ({
    id: source.id,
    name: source.name,
    server: source.collection === sharedCollection ? null : source.collection,
    ...(source.pausedAt === undefined ? stateOfSource(source, now) : { word: 'paused', reason: '' }),
    readAt: source.health.readAt === undefined ? null : new Date(source.health.readAt).toISOString(),
    nextAt: new Date(source.nextAt).toISOString(),
  }))
  const lines = data.map(
    ({ name, server, word, reason, readAt }) =>
      `${word.padEnd(8)} ${name}${server === null ? '' : ` (server ${server})`}\n         ${reason || '-'}; read ${readAt ?? 'never'}`,
  )
  const text = lines.length === 0 ? 'There are no sources. “source add” adds one.' : lines.join('\n')
  return { data, text, empty: data.length === 0 }
}

async function change(store: Store, which: string, act: 'remove' | 'pause' | 'resume'): Promise<Outcome> {
  const { id, name } = await namedSource(store.sources, sharedCollection, which)
  if (act === 'remove') await store.sources.remove(sharedCollection, id)
  else await store.sources[act](sharedCollection, id, Date.now())
  const done = { remove: 'Removed', pause: 'Paused', resume: 'Resumed' }[act]
  return { data: { id, name, done: act }, text: `${done} ${name}.`, empty: false }
}

async function sync(config: Config, store: Store, which: string): Promise<Outcome> {
  const wanted =
    which.trim() === ''
      ? await store.sources.list(sharedCollection)
      : [await namedSource(store.sources, sharedCollection, which)]
  const live = liveSourcesAt(config.sources)(systemClock)
  try {
    const parts = { store, open: live.open, log: logFor(config), now: Date.now }
    const done: (Omit<Synced, 'source' | 'more'> & { name: string })[] = []
    for (const source of wanted) done.push(await syncWhole(parts, source))
    const lines = done.map(
      ({ name, added, updated, announced, state }) =>
        `${name}: ${added} added, ${updated} updated, ${announced} new; ${state.word}: ${state.reason}`,
    )
    const text = lines.length === 0 ? 'There are no sources. “source add” adds one.' : lines.join('\n')
    return { data: done, text, empty: done.length === 0 }
  } finally {
    await live.close()
  }
}

/** All looks that it takes until there is no more to read. */
async function syncWhole(parts: SyncParts, { id, name }: StoredSource) {
  const sum = { added: 0, updated: 0, announced: 0 }
  for (;;) {
    const synced = await syncNext(parts, undefined, id)
    if (synced === undefined)
      throw new Failure('busy', `${name} cannot be read now: another process reads from sources of its kind.`)
    sum.added += synced.added
    sum.updated += synced.updated
    sum.announced += synced.announced
    if (!synced.more) return { name, ...sum, state: synced.state }
  }
}
