import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { createAnswerer } from './answer/answer.ts'
import type { App } from './app.ts'
import type { AnyCommand } from './command.ts'
import type { Config } from './config.ts'
import { paperRef } from './corpus/ids.ts'
import { readCorpus } from './corpus/read.ts'
import { byReference, type Library } from './library.ts'
import { type Log, openLog } from './log.ts'
import { buildSearch } from './search/build.ts'

/**
 * Reads the corpus and wires the ports.
 * @throws Failure when a configured path is not there or holds no paper
 */
export async function assemble(config: Config, commands: readonly AnyCommand[], log: Log): Promise<App> {
  const startedAt = new Date()
  const { papers, rejected } = await readCorpus(config.corpus)
  for (const { file, line, reason } of rejected) log.warn({ file: basename(file), line }, reason)
  const search = await buildSearch(papers)
  const library: Library = {
    search,
    answerer: createAnswerer(search),
    paper: byReference(papers, paperRef),
  }
  const facts = {
    version: await version(),
    startedAt,
    sources: config.corpus.map(path => basename(path)),
    rejected: rejected.length,
  }
  return { library, specs: commands.map(command => command.spec), facts, log }
}

export const logFor = (config: Config): Log =>
  openLog({
    level: config.logLevel,
    secrets: [config.token, config.databaseUrl],
    pretty: process.stderr.isTTY === true,
  })

async function version(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
