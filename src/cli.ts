import { parseArgs } from 'node:util'
import dotenv from 'dotenv'
import { logFor, openLibrary, openStore, version } from './bootstrap.ts'
import { type ImportArguments, importInto, importText } from './cli/import.ts'
import { type Config, ConfigError, parseConfig } from './config.ts'
import { Failure } from './errors.ts'
import { type Library, lookUp } from './library/library.ts'
import { visible } from './view/escape.ts'
import { answerText, nothingText, paperText, relatedText } from './view/text.ts'

const usage = `Usage: npm run --silent lectern -- COMMAND TEXT [--json]

  paper QUERY      the best match, its summary and related papers
  ask QUESTION     sentences quoted from the abstracts, with their sources
  related PAPER    five neighbours, and why

  import FILE…     reads papers into the lab's collection; folders, http addresses and - (standard input) too
    --dry-run      says what would happen, and changes nothing
    --server ID    into the collection that this server alone sees
    --rejected FILE  where rejected records are written, with place and reason

  backup FILE      writes all that members saved and set to one file
  restore FILE     replaces all of it by what a backup holds

  --json           the same as data
  --help, -h       this text
  --version, -v    the version
`

/** What a command of the terminal gives: data for --json, the same as text for people. */
interface Outcome {
  readonly data: unknown
  readonly text: string
  /** Nothing found: the exit status is 1, as with grep. */
  readonly empty: boolean
}

type Options = ImportArguments

const runs: Readonly<
  Record<string, (config: Config, words: readonly string[], options: Options) => Promise<Outcome>>
> = {
  paper: withLibrary(paper),
  ask: withLibrary(ask),
  related: withLibrary(related),
  import: runImport,
  backup: (config, words) => runBackup(config, words.join(' '), 'backup'),
  restore: (config, words) => runBackup(config, words.join(' '), 'restore'),
}

async function runImport(config: Config, names: readonly string[], options: Options): Promise<Outcome> {
  const data = await importInto(config, names, options)
  const { added, updated, unchanged, duplicate } = data
  const empty = added + updated + unchanged + duplicate === 0
  return { data, text: importText(data, options.dryRun), empty }
}

function withLibrary(run: (library: Library, text: string) => Outcome) {
  return async (config: Config, words: readonly string[]) =>
    run((await openLibrary(config, logFor(config))).library, words.join(' '))
}

async function runBackup(config: Config, file: string, command: 'backup' | 'restore'): Promise<Outcome> {
  const store = await openStore(config, logFor(config))
  try {
    const rows = await store[command](file, Date.now())
    const text =
      command === 'backup' ? `${rows} rows are safe in ${file}.` : `${rows} rows are back from ${file}.`
    return { data: { rows, file }, text, empty: false }
  } finally {
    await store.close()
  }
}

function paper(library: Library, text: string): Outcome {
  const found = lookUp(library, text)
  if (found.paper === undefined)
    return {
      data: { paper: null, nearest: found.result.nearest },
      text: nothingText(text, found),
      empty: true,
    }
  const { others, related: near, result, passage, ...rest } = found
  const data = {
    ...rest,
    passage: passage?.text ?? null,
    related: near.map(({ paper: { id, title }, shared }) => ({ id, title, shared })),
    others: others.map(({ id, title }) => ({ id, title })),
    byMeaning: result.byMeaning,
    corrections: result.query.corrections,
    substitutions: result.query.substitutions,
  }
  return { data, text: paperText(found), empty: false }
}

function ask(library: Library, text: string): Outcome {
  const answer = library.answerer.ask(text)
  const data = {
    answered: answer.answered,
    confidence: answer.confidence,
    sentences: answer.quotes
      .slice(0, answer.shown)
      .map(quote => ({ paper: quote.paper.id, title: quote.paper.title, text: quote.text })),
    papers: answer.papers.map(({ id, title }) => ({ id, title })),
  }
  return { data, text: answerText(answer), empty: !answer.answered }
}

function related(library: Library, text: string): Outcome {
  const found = lookUp(library, text)
  if (found.paper === undefined) return paper(library, text)
  const near = library.search.related(found.paper.id, 5)
  const data = {
    paper: { id: found.paper.id, title: found.paper.title },
    related: near.map(({ paper: { id, title }, shared }) => ({ id, title, shared })),
  }
  return { data, text: relatedText(found.paper, near), empty: near.length === 0 }
}

/** What is wrong with a call that cannot be run, before the usage. */
function usageError(name: string, known: boolean): string {
  if (name === '') return ''
  const what = known
    ? `“${name}” needs a text or a file after it.`
    : `There is no command “${visible(name).slice(0, 40)}”.`
  return `${what}\n\n`
}

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      server: { type: 'string' },
      rejected: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
      version: { type: 'boolean', short: 'v', default: false },
    },
  })
  const [name = '', ...words] = positionals
  if (values.help || values.version) {
    process.stdout.write(values.help ? usage : `${await version()}\n`)
    return 0
  }
  const run = Object.hasOwn(runs, name) ? runs[name] : undefined
  if (run === undefined || words.join('').trim() === '') {
    process.stderr.write(`${usageError(name, run !== undefined)}${usage}`)
    return 2
  }
  const env = { ...process.env }
  dotenv.config({ quiet: true, processEnv: env as Record<string, string> })
  const config = parseConfig(env)
  const { 'dry-run': dryRun, server, rejected } = values
  const outcome = await run(config, words, { dryRun, server, rejected })
  process.stdout.write(`${values.json ? JSON.stringify(outcome.data, null, 2) : outcome.text}\n`)
  return outcome.empty ? 1 : 0
}

/** What `parseArgs` says of an option that it does not know. */
const isUsage = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  const known = error instanceof Failure || error instanceof ConfigError || isUsage(error)
  process.stderr.write(`${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exitCode = 2
}
