import { stripVTControlCharacters, styleText } from 'node:util'
import { Command, CommanderError, InvalidArgumentError, type OutputConfiguration } from 'commander'
import { commands } from '../commands/index.ts'
import { logFor, openLibrary, version } from './bootstrap.ts'
import { deploy } from './cli/deploy.ts'
import { examine, report } from './cli/doctor.ts'
import { enrichCommand } from './cli/enrich.ts'
import { importInto, importText } from './cli/import.ts'
import { sourceCommand } from './cli/source.ts'
import { type Config, ConfigError, parseConfig } from './config.ts'
import { environment } from './environment.ts'
import { Failure } from './errors.ts'
import type { Library } from './library/library.ts'
import { openStore } from './open-store.ts'
import { ask, type Outcome, paper, related, type Strong } from './terminal/outcome.ts'
import { wrapped } from './terminal/wrapped.ts'
import { outsideAddresses } from './view/pieces.ts'

const examples = `
Examples:
  npm run --silent lectern -- paper "kv cache"
  npm run --silent lectern -- ask "How is the KV cache made smaller?" --json

Exit status: 0 found or done, 1 nothing found, 2 wrong usage, or files or a database that cannot be used.
Output is wrapped to the window, with what was searched in bold (not with NO_COLOR); in a pipe it is plain.`

/** Spans in bold, where the output is a terminal that may show it. */
const bold: Strong = (line, spans) => {
  let out = ''
  let end = 0
  for (const span of outsideAddresses(line, spans)) {
    const word = styleText('bold', line.slice(span.start, span.end), { stream: process.stdout })
    out += line.slice(end, span.start) + word
    end = span.end
  }
  return out + line.slice(end)
}

const configOf = (): Config => parseConfig(environment())

/** What a stream shows is wrapped to its window, where it has one. */
const fitted = (text: string, stream: NodeJS.WriteStream): string =>
  wrapped(text, stream.isTTY ? stream.columns : undefined)

function print(outcome: Outcome, asData: boolean): void {
  const text = asData ? JSON.stringify(outcome.data, null, 2) : fitted(outcome.text, process.stdout)
  process.stdout.write(`${text}\n`)
  process.exitCode = outcome.empty ? 1 : 0
}

async function runBackup(file: string, command: 'backup' | 'restore'): Promise<Outcome> {
  const config = configOf()
  const store = await openStore(config, logFor(config))
  try {
    const rows = await store[command](file, Date.now())
    const text =
      command === 'backup' ? `${rows} rows written to ${file}.` : `${rows} rows restored from ${file}.`
    return { data: { rows, file }, text, empty: false }
  } finally {
    await store.close()
  }
}

/** Runs a command over the papers, which are fetched for it where they are kept in a search engine. */
async function searched(text: string, run: (library: Library) => Outcome): Promise<Outcome> {
  const config = configOf()
  const { library, close } = await openLibrary(config, logFor(config))
  try {
    await library.search.prepare(text)
    return run(library)
  } finally {
    await close()
  }
}

/** Words after a command are one text, so that quotation marks are not needed. */
function oneText(word: string, before: string | undefined): string {
  const text = before === undefined ? word : `${before} ${word}`
  if (text.trim() === '') throw new InvalidArgumentError('It is empty.')
  return text
}

/** An error on lines of its own, without what a terminal would obey. */
const plainError = (text: string): string => stripVTControlCharacters(text).replace(/[^\P{Cc}\n]/gu, '')

const output: OutputConfiguration = {
  writeOut: text => void process.stdout.write(fitted(text, process.stdout)),
  writeErr: text => void process.stderr.write(fitted(text, process.stderr)),
  outputError: (text, write) => write(plainError(text)),
}

const specs = commands.map(command => command.spec)

async function programOf(): Promise<Command> {
  const program = new Command('lectern')
    .usage('COMMAND TEXT [options]')
    .option('--json', 'the same as data, with ids and addresses')
    .version(await version(), '-v, --version', 'the version')
    .helpOption('-h, --help', 'this text; after a command, about that command')
    .configureHelp({ showGlobalOptions: true, minWidthToWrap: 20 })
    .configureOutput(output)
    .showHelpAfterError(
      '“lectern --help” lists what there is. A text that holds -word goes between quotation marks.',
    )
    .addHelpText('after', examples)
    .exitOverride()
  const searches = [
    ['paper', 'query', 'the best match, its summary and related papers', paper],
    ['ask', 'question', 'sentences quoted from the abstracts, with their sources', ask],
    ['related', 'paper', 'five related papers, and why', related],
  ] as const
  for (const [name, argument, what, run] of searches)
    program
      .command(name)
      .description(what)
      .argument(`<${argument}...>`, 'words, a title, an id or an address', oneText)
      .action(async (text: string, _, command: Command) => {
        const outcome = await searched(text, library => run(library, text, bold))
        print(outcome, command.optsWithGlobals()['json'] === true)
      })
  addImport(program)
  const copies = [
    ['backup', 'writes all that members saved and set to one file'],
    ['restore', 'replaces all of it by what a backup holds'],
  ] as const
  for (const [name, what] of copies)
    program
      .command(name)
      .description(what)
      .argument('<file>')
      .action(async (file: string, _, command: Command) =>
        print(await runBackup(file, name), command.optsWithGlobals()['json'] === true),
      )
  const isData = (command: Command) => command.optsWithGlobals()['json'] === true
  program
    .command('doctor')
    .description('checks the set-up: papers, database, disk, token, clock, commands, permissions, model')
    .action(async (_, command: Command) => {
      const config = configOf()
      print(report(await examine(config, specs, logFor(config))), isData(command))
    })
  program
    .command('deploy')
    .description('registers the slash commands, as each start does')
    .option('--dry-run', 'only says what would change')
    .action(async (options: { dryRun?: boolean }, command: Command) =>
      print(await deploy(configOf(), specs, options.dryRun === true), isData(command)),
    )
  addServe(program)
  program.addCommand(enrichCommand(configOf, (outcome, command) => print(outcome, isData(command))))
  program.addCommand(
    sourceCommand({
      config: configOf,
      print: (outcome, command) => print(outcome, command.optsWithGlobals()['json'] === true),
    }),
  )
  return program
}

function addServe(program: Command): void {
  program
    .command('serve')
    .description('answers interactions that Discord sends over HTTP, until it is stopped')
    .action(async () => void (await import('./serve.ts')))
}

function addImport(program: Command): void {
  program
    .command('import')
    .description('reads papers into the lab’s collection, or merges them with what is there')
    .argument('<what...>', 'files, folders, http addresses, or - for the standard input')
    .option('--dry-run', 'says what would happen, and changes nothing', false)
    .option('--server <id>', 'into the collection that this server alone sees')
    .option('--rejected <file>', 'where rejected records are written, with place and reason')
    .action(async (names: string[], options: Parameters<typeof importInto>[2], command: Command) => {
      const data = await importInto(configOf(), names, options)
      const { added, updated, unchanged, duplicate } = data
      const empty = added + updated + unchanged + duplicate === 0
      print(
        { data, text: importText(data, options.dryRun), empty },
        command.optsWithGlobals()['json'] === true,
      )
    })
}

// A reader that has seen enough, such as head, closes the pipe: that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

try {
  await (await programOf()).parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
  else {
    const known = error instanceof Failure || error instanceof ConfigError
    const text = known ? error.message : error instanceof Error ? error.stack : String(error)
    process.stderr.write(`${text}\n`)
    process.exitCode = 2
  }
}
