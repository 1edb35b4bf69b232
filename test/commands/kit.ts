import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Answerer } from '../../src/answer/port.ts'
import type { App } from '../../src/app.ts'
import type { AnyCommand, Press, Visit } from '../../src/command.ts'
import { paperRef } from '../../src/corpus/ids.ts'
import { Paper } from '../../src/corpus/paper.ts'
import { createLibrary } from '../../src/library.ts'
import { openLog } from '../../src/log.ts'
import type { Rooms } from '../../src/rooms.ts'
import { buildSearch } from '../../src/search/build.ts'
import { openSqlite } from '../../src/store/open.ts'
import { decodeId } from '../../src/view/ids.ts'
import type { Reply } from '../../src/view/reply.ts'

export const ada = '100000000000000001'
export const bob = '100000000000000002'
export const guild = '200000000000000001'
export const now = new Date('2026-11-23T12:00:00Z')

const refuse = <T extends object>(what: string): T =>
  new Proxy({} as T, {
    get: (_target, name) => {
      throw new Error(`this command used ${what}.${String(name)}`)
    },
  })

export const papersFrom = (list: readonly (Partial<Paper> & { title: string })[]): Paper[] =>
  list.map((one, i) => Paper.parse({ id: `p${i + 1}`, abstract: `About ${one.title}.`, ...one }))

/**
 * An App over a real SQLite file and real search, for commands that need neither Discord nor answers.
 * @param fill puts rows into the database file, for more of them than is quick through the store
 */
export async function openKit(
  papers: readonly Paper[],
  fill: (database: string) => void = () => {},
): Promise<App> {
  const folder = mkdtempSync(join(tmpdir(), 'lectern-test-'))
  const database = join(folder, 'store.sqlite')
  const store = await openSqlite(database)
  fill(database)
  onTestFinished(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const search = await buildSearch(papers)
  return {
    library: createLibrary(search, refuse<Answerer>('answerer'), paperRef),
    store,
    rooms: refuse<Rooms>('rooms'),
    picks: refuse<App['picks']>('picks'),
    specs: [],
    facts: { version: '0', startedAt: now, sources: ['test'], rejected: 0 },
    log: openLog({ level: 'silent', secrets: [], pretty: false }),
  }
}

export const visit = (userId: string, more: Partial<Visit> = {}): Visit => ({
  id: '300000000000000001',
  user: { id: userId, name: 'Somebody' },
  guildId: guild,
  channelId: '400000000000000001',
  locale: 'en-GB',
  permissions: 0n,
  channels: new Map(),
  at: now,
  signal: new AbortController().signal,
  ...more,
})

export const run = (command: AnyCommand, input: unknown, from: Visit, app: App): Promise<Reply> =>
  command.run(command.input.parse(input), from, app)

interface Pressing {
  readonly values?: readonly string[]
  readonly fields?: Readonly<Record<string, string>>
  /** The message that the component sits on. */
  readonly on?: Reply
}

/** Presses a component by its custom id, as whoever visits, through the command that it names. */
export function press(
  customId: string,
  { values = [], fields = {}, on }: Pressing,
  from: Visit,
  app: App,
  commands: readonly AnyCommand[],
): Promise<Reply> {
  const id = decodeId(customId)
  if (id === 'older') throw new Error(`not an id: ${customId}`)
  const action = commands.find(command => command.spec.name === id.command)?.actions?.[id.action]
  if (action === undefined) throw new Error(`nobody takes ${customId}`)
  const message = on && {
    id: '500000000000000001',
    channelId: '400000000000000001',
    content: on.content ?? '',
    embeds: [],
    components: on.components ?? [],
  }
  return action.run({ ...from, args: id.args, values, fields, message } as Press, app)
}

/** The custom id of the component with that label or placeholder. */
export function idOf(reply: Reply, text: string): string {
  const parts = (reply.components ?? []).flatMap(row => row.components)
  const found = parts.find(
    part => ('label' in part && part.label === text) || ('placeholder' in part && part.placeholder === text),
  )
  if (found === undefined || !('custom_id' in found)) throw new Error(`no component says ${text}`)
  return found.custom_id
}

export const labelsOf = (reply: Reply): string[] =>
  (reply.components ?? [])
    .flatMap(row => row.components)
    .map(part =>
      'label' in part ? (part.label ?? '') : 'placeholder' in part ? (part.placeholder ?? '') : '',
    )

/** Everything that a reply shows as text. */
export const textOf = (reply: Reply): string =>
  [
    reply.content,
    ...(reply.embeds ?? []).flatMap(embed => [
      embed.title,
      embed.description,
      ...(embed.fields ?? []).flatMap(field => [field.name, field.value]),
      embed.footer?.text,
    ]),
  ]
    .filter(text => text !== undefined && text !== '')
    .join('\n')
