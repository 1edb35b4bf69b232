import { createReadStream, existsSync } from 'node:fs'
import { appendFile, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import cliProgress from 'cli-progress'
import { Command, InvalidArgumentError } from 'commander'
import { z } from 'zod'
import { logFor, openLibrary } from '../bootstrap.ts'
import type { Config } from '../config.ts'
import type { Paper } from '../corpus/paper.ts'
import { systemClock } from '../delivery/clock.ts'
import { type Enriched, enrich, lacks } from '../enrich/enrich.ts'
import { lookupsAt } from '../enrich/lookups.ts'
import { Failure } from '../errors.ts'
import type { Log } from '../log.ts'
import { openStore } from '../open-store.ts'
import { type HttpOptions, openHttp } from '../sources/http/client.ts'
import { rateLimits } from '../sources/http/limits.ts'
import { SourceError } from '../sources/port.ts'
import { sharedCollection } from '../store/paper-ports.ts'
import type { Outcome } from '../terminal/outcome.ts'

export interface EnrichArguments {
  readonly dryRun: boolean
  /** Papers that are looked up at most. */
  readonly limit: number
  /** Where each result is noted; undefined: a file in the data directory. */
  readonly notes: string | undefined
}

export interface EnrichOutcome {
  readonly found: number
  readonly none: number
  readonly ambiguous: number
  readonly later: number
  /** Looked up in an earlier run, or beyond the limit. */
  readonly known: number
  /** Services that were left out, with the reason. */
  readonly refused: readonly string[]
  /** Why it ended early; undefined: it did not. */
  readonly problem: string | undefined
  readonly notes: string
}

/** `lectern enrich`: asks services for what papers lack. Titles are sent to them; nothing is asked without this command. */
export const enrichCommand = (
  config: () => Config,
  print: (outcome: Outcome, command: Command) => void,
): Command =>
  new Command('enrich')
    .description('looks up what papers lack by their titles: identifiers, authors, dates, links')
    .option('--dry-run', 'says what would be filled, and changes nothing', false)
    .option('--limit <papers>', 'how many papers are looked up at most', wholeNumber, 1_000)
    .option('--notes <file>', 'where each result is noted; what is in it is not looked up again')
    .action(async (options: EnrichArguments, command: Command) => {
      const data = await enrichPapers(config(), options)
      print({ data, text: enrichText(data, options.dryRun), empty: data.found === 0 }, command)
    })

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,6}$/u.test(text)) throw new InvalidArgumentError('It is a whole number from 1 on.')
  return Number(text)
}

/** @throws Failure when the papers or the database cannot be read */
export async function enrichPapers(
  config: Config,
  { dryRun, limit, notes = join(config.dataDir, 'enriched.jsonl') }: EnrichArguments,
  http: Pick<HttpOptions, 'limits' | 'firstPause'> = { limits: rateLimits },
): Promise<EnrichOutcome> {
  const log = logFor(config)
  const { papers, leftOut } = await lacking(config, log, { limit, known: await notedIn(notes) })
  const counts = { found: 0, none: 0, ambiguous: 0, later: 0, known: leftOut }
  const client = openHttp({ clock: systemClock, ...http })
  const refused: string[] = []
  const store = await openStore(config, log)
  const bar = progressBar(papers.length)
  await mkdir(dirname(notes), { recursive: true })
  try {
    for await (const one of enrich(papers, {
      lookups: lookupsAt(config.sources, client),
      onRefused: (name, reason) => refused.push(`${name} is not asked any more: ${reason}.`),
    })) {
      counts[one.outcome] += 1
      bar.increment()
      if (dryRun || one.outcome === 'later') continue
      if (one.paper !== undefined)
        await store.papers.upsert({
          collection: sharedCollection,
          source: 'enrich',
          papers: [one.paper],
          at: Date.now(),
        })
      // Afterwards: what was not noted is looked up again, and filling it twice changes nothing.
      await appendFile(notes, `${JSON.stringify(one satisfies Enriched)}\n`)
    }
    return { ...counts, refused, problem: undefined, notes }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    return { ...counts, refused, problem: error.message, notes }
  } finally {
    bar.stop()
    await client.close()
    await store.close()
  }
}

/** The papers to look up: those that lack something and were not looked up before, as many as there may be. */
async function lacking(
  config: Config,
  log: Log,
  { limit, known }: { limit: number; known: ReadonlySet<string> },
): Promise<{ readonly papers: readonly Paper[]; readonly leftOut: number }> {
  const opened = await openLibrary(config, log)
  try {
    const papers: Paper[] = []
    let leftOut = 0
    // One by one: a search engine has more of them than memory holds.
    for await (const paper of opened.papers()) {
      if (!lacks(paper)) continue
      if (known.has(paper.id) || papers.length === limit) leftOut++
      else papers.push(paper)
    }
    return { papers, leftOut }
  } finally {
    await opened.close()
  }
}

const Note = z.looseObject({ id: z.string() })

/** The papers that the file names; a line that a killed run left unfinished counts as none. */
async function notedIn(file: string): Promise<ReadonlySet<string>> {
  const ids = new Set<string>()
  if (!existsSync(file)) return ids
  try {
    for await (const line of createInterface({ input: createReadStream(file) })) {
      const note = Note.safeParse(parsed(line)).data
      if (note !== undefined) ids.add(note.id)
    }
  } catch (cause) {
    throw new Failure('input', 'The file of notes cannot be read.', { cause })
  }
  return ids
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function progressBar(papers: number): { increment: () => void; stop: () => void } {
  const bar = new cliProgress.SingleBar({
    format: '{bar} {value} of {total} papers · {eta_formatted} left',
    stream: process.stderr,
    noTTYOutput: false,
    clearOnComplete: true,
    hideCursor: true,
  })
  if (process.stderr.isTTY) bar.start(Math.max(1, papers), 0)
  return { increment: () => bar.increment(), stop: () => bar.stop() }
}

function enrichText(
  { found, none, ambiguous, later, known, refused, problem, notes }: EnrichOutcome,
  dryRun: boolean,
): string {
  const counts = `${found} filled, ${none} not found, ${ambiguous} ambiguous, ${later} for later, ${known} left out`
  return [
    dryRun ? `This would be: ${counts}. Nothing was changed.` : `${counts}. What was found: ${notes}`,
    ...refused,
    ...(problem === undefined ? [] : [problem]),
  ].join('\n')
}
