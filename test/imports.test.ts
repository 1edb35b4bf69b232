import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')

/** Folders from the ground up: a file imports from its own folder or from a lower one. */
const levels: readonly (readonly string[])[] = [
  [
    'src/errors.ts',
    'src/metrics.ts',
    'src/lengths.ts',
    'src/public-network.ts',
    'src/source-addresses.ts',
    'src/search-address.ts',
    'src/config.ts',
    'src/shard.ts',
    'src/snowflake.ts',
    'src/compact-heap.ts',
    'src/log-error.ts',
    'src/log.ts',
    'src/http-endpoint.ts',
    'src/http-agent.ts',
    'src/worker-task.ts',
  ],
  ['src/corpus/'],
  ['src/sources/'],
  ['src/zotero/'],
  ['src/enrich/'],
  ['src/search/analysis/'],
  ['src/search/index/'],
  ['src/search/embedding/'],
  ['src/search/spelling/'],
  ['src/search/query/'],
  ['src/search/ranking/'],
  ['src/search/'],
  ['src/embeddings.ts'],
  ['src/answer/'],
  ['src/generation/grounding/'],
  ['src/generation/'],
  ['src/charts/'],
  ['src/library/'],
  ['src/indexing/'],
  ['src/collections/'],
  ['src/schedule/'],
  ['src/store/'],
  ['src/search-engine/'],
  ['src/embedding-models/'],
  ['src/import/'],
  ['src/picks/'],
  ['src/view/'],
  ['src/terminal/'],
  ['src/delivery/'],
  ['src/bot/'],
  ['src/features/'],
  ['src/discord/'],
  ['src/http/'],
  ['commands/'],
  [
    'src/environment.ts',
    'src/open-store.ts',
    'src/bootstrap.ts',
    'src/eval/',
    'src/eval.ts',
    'src/entry.ts',
    'src/sandbox-clock.ts',
    'src/sandbox-papers.ts',
    'src/main.ts',
    'src/serve.ts',
    'src/cli.ts',
    'src/cli/',
  ],
]
const entries = [
  'src/main.ts',
  'src/serve.ts',
  'src/cli.ts',
  'src/cli/',
  'src/bootstrap.ts',
  'src/eval.ts',
  'src/eval/',
]
const pure = ['src/search/', 'src/answer/', 'src/generation/grounding/', 'src/picks/', 'src/schedule/']

const sources = ['src', 'commands', 'sandbox/src'].flatMap(folder =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => join(folder, name)),
)
const textOf = (file: string) => readFileSync(join(root, file), 'utf8')
const importsOf = (file: string) =>
  [
    ...textOf(file).matchAll(
      /(?:^|\n)(?:import|export)\b[^'"\n]*?(?:\{[^}]*\}[^'"\n]*?)?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/gu,
    ),
  ].map(match => match[1] ?? match[2] ?? '')
const inside = (file: string, parts: readonly string[]) =>
  parts.some(part => file === part || (part.endsWith('/') && file.startsWith(part)))
const levelOf = (file: string) => {
  const exact = levels.findIndex(parts => parts.includes(file))
  return exact >= 0 ? exact : levels.findIndex(parts => inside(file, parts))
}
const partOf = (file: string) =>
  levels.flat().find(part => part === file) ?? levels.flat().find(part => inside(file, [part]))
const target = (file: string, specifier: string) => relative(root, resolve(root, dirname(file), specifier))
const local = sources.flatMap(file =>
  importsOf(file)
    .filter(name => name.startsWith('.'))
    .map(name => ({ file, to: target(file, name) })),
)

describe('the direction of imports', () => {
  it('reads the imports at all', () => {
    expect(local.length).toBeGreaterThan(50)
    expect(local).toContainEqual({ file: 'src/main.ts', to: 'commands/index.ts' })
  })

  it('gives every file a level', () => {
    const unknown = sources.filter(file => levelOf(file) < 0 && !file.startsWith('sandbox/src/'))
    expect(unknown).toEqual([])
  })

  it('never leads upwards', () => {
    const upwards = local
      .filter(({ file }) => !file.startsWith('sandbox/src/'))
      .filter(({ to }) => !to.startsWith('sandbox/src/') && levelOf(to) >= 0)
      .filter(({ file, to }) => levelOf(to) > levelOf(file))
    expect(upwards).toEqual([])
  })

  it('keeps folders of one level apart', () => {
    const crossing = local.filter(
      ({ file, to }) =>
        levelOf(file) > 1 &&
        levelOf(file) === levelOf(to) &&
        partOf(file) !== partOf(to) &&
        file.includes('/', 4) &&
        to.includes('/', 4),
    )
    expect(crossing).toEqual([])
  })

  it('lets nothing under src import commands but the entries', () => {
    const violations = local.filter(
      ({ file, to }) => file.startsWith('src/') && to.startsWith('commands/') && !inside(file, entries),
    )
    expect(violations).toEqual([])
  })

  it('keeps the sandbox on its own: it speaks to the bot over a socket only', () => {
    const out = local.filter(
      ({ file, to }) => file.startsWith('sandbox/src/') && !to.startsWith('sandbox/src/'),
    )
    const into = local.filter(({ file, to }) => to.startsWith('sandbox/') && !file.startsWith('sandbox/src/'))
    expect([...out, ...into]).toEqual([])
    const users = sources.filter(file => importsOf(file).some(name => name.startsWith('discord-sandbox')))
    expect(users).toEqual(['src/main.ts', 'src/sandbox-clock.ts', 'src/sandbox-papers.ts'])
  })

  // The formatters are plain functions from texts to text: no client comes along.
  it('knows discord.js under src/discord alone', () => {
    const isClient = (name: string) =>
      name === 'discord.js' || (name.startsWith('@discordjs/') && name !== '@discordjs/formatters')
    const violations = sources
      .filter(file => !file.startsWith('src/discord/'))
      .filter(file => importsOf(file).some(isClient))
    expect(violations).toEqual([])
  })

  it('keeps the pure folders free of clocks, chance, files and network', () => {
    const impure = sources
      .filter(file => inside(file, pure))
      .filter(
        file =>
          importsOf(file).some(
            name =>
              /^(?:node:)?(?:fs|net|http|https|child_process|crypto|os)\b/u.test(name) || name === 'kysely',
          ) ||
          /Date\.now\(|Temporal\.Now\b|Math\.random\(|performance\.now\(|new Date\(\)|\bfetch\(/u.test(
            textOf(file),
          ),
      )
    expect(impure).toEqual([])
  })

  it('has no cycles', () => {
    const edges = new Map<string, string[]>()
    for (const { file, to } of local) edges.set(file, [...(edges.get(file) ?? []), to])
    const cycles: string[][] = []
    const done = new Set<string>()
    const walk = (file: string, path: string[]) => {
      if (path.includes(file)) {
        cycles.push([...path.slice(path.indexOf(file)), file])
        return
      }
      if (done.has(file)) return
      for (const next of edges.get(file) ?? []) walk(next, [...path, file])
      done.add(file)
    }
    for (const file of edges.keys()) walk(file, [])
    expect(cycles).toEqual([])
  })
})
