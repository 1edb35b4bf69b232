import { statfs } from 'node:fs/promises'
import { basename } from 'node:path'
import { type Finding, fault, ok, warning } from '../bot/finding.ts'
import type { Config } from '../config.ts'
import { readCorpus } from '../corpus/read.ts'
import { diagnose } from '../discord/diagnose.ts'
import { messageOf } from '../errors.ts'
import { chatCompletions } from '../generation/chat-completions.ts'
import type { Log } from '../log.ts'
import { openStore } from '../open-store.ts'
import { ownAddress } from '../search-address.ts'
import { Engine } from '../search-engine/engine.ts'
import { EngineError } from '../search-engine/engine-error.ts'
import { Indexes } from '../search-engine/indexes.ts'
import { sharedCollection } from '../store/paper-ports.ts'
import type { Store } from '../store/ports.ts'
import type { Outcome } from '../terminal/outcome.ts'

type Specs = Parameters<typeof diagnose>[0]['specs']

/** Free space below which a database soon cannot be written, in bytes. */
const leastFree = 200 * 1024 ** 2

/** Checks everything that the bot needs, and says for each finding what to do. Changes nothing but opens the database. */
export async function examine(config: Config, specs: Specs, log: Log): Promise<Finding[]> {
  const findings: Finding[] = [await papersFinding(config)]
  const store = await openedStore(config, log, findings)
  if (store !== undefined) findings.push(...(await storeFindings(store)))
  findings.push(
    await diskFinding(config),
    ...(await modelFindings(config)),
    ...(await searchEngineFindings(config)),
  )
  const { token, apiUrl, guildId } = config
  if (token === undefined)
    findings.push(
      warning(
        'token',
        'DISCORD_TOKEN is not set',
        'Without it `npm start` runs the sandbox; set it for Discord.',
      ),
    )
  else
    findings.push(
      ...(await diagnose({
        address: { token, apiUrl, guildId },
        specs,
        channelsOf: async id => [
          ...new Set((await store?.dailies.list(id))?.map(daily => daily.channelId) ?? []),
        ],
        log,
      })),
    )
  await store?.close()
  return findings
}

async function papersFinding({ corpus }: Config): Promise<Finding> {
  try {
    const { papers, rejected } = await readCorpus(corpus)
    const [first] = rejected
    if (papers.length === 0)
      return fault('papers', 'the files hold none', 'Set CORPUS, or import papers: see the README.')
    if (first === undefined) return ok('papers', `${papers.length} in the files`)
    return warning(
      'papers',
      `${papers.length} in the files, and ${rejected.length} pieces that are no sound paper`,
      `The first: ${basename(first.file)}, line ${first.line}: ${first.reason}`,
    )
  } catch (error) {
    return fault('papers', messageOf(error), 'Set CORPUS to files or folders that are there.')
  }
}

async function openedStore(config: Config, log: Log, findings: Finding[]): Promise<Store | undefined> {
  try {
    const store = await openStore(config, log)
    await store.check()
    findings.push(ok('database', config.databaseUrl === undefined ? 'SQLite, whole' : 'Postgres, whole'))
    return store
  } catch (error) {
    findings.push(
      fault(
        'database',
        messageOf(error),
        'Check DATA_DIR or DATABASE_URL; `lectern restore` brings a backup back.',
      ),
    )
    return undefined
  }
}

async function storeFindings(store: Store): Promise<Finding[]> {
  const stored = await store.papers.count(sharedCollection)
  const sources = await store.sources.list(sharedCollection)
  return [ok('imports', `${stored} papers are stored, ${sources.length} sources bring new ones`)]
}

async function diskFinding({ dataDir }: Config): Promise<Finding> {
  const found = await statfs(dataDir).catch(() => undefined)
  if (found === undefined) return ok('disk', 'the data folder is made at the first start')
  const free = found.bavail * found.bsize
  const text = `${Math.round(free / 1024 ** 2)} MiB are free`
  return free < leastFree
    ? warning('disk', text, 'Make room: a full disk refuses what members save.')
    : ok('disk', text)
}

async function modelFindings({ answerModel }: Config): Promise<Finding[]> {
  if (answerModel === undefined) return []
  try {
    await chatCompletions(answerModel).write('Is this on?', [], AbortSignal.timeout(15_000))
    return [ok('model', `${answerModel.model} answers`)]
  } catch (error) {
    return [
      warning(
        'model',
        `${answerModel.model}: ${messageOf(error)}`,
        'Until it answers, answers are quoted ones.',
      ),
    ]
  }
}

const searchEngine = 'search engine'

async function searchEngineFindings(config: Config): Promise<Finding[]> {
  if (config.search === undefined) return []
  const search = ownAddress(config.search, config)
  const engine = await Engine.open(search)
  try {
    const { status, number_of_nodes: nodes } = await engine.health()
    const live = await new Indexes(engine, search.prefix).live()
    const told = `${nodes === 1 ? 'one node' : `${nodes} nodes`}, ${status}`
    if (status === 'red')
      return [
        fault(searchEngine, told, 'Some papers are on no node that runs: start those that are missing.'),
      ]
    if (live === undefined)
      return [warning(searchEngine, `${told}, without papers`, 'The next start of the bot indexes them.')]
    return status === 'yellow'
      ? [warning(searchEngine, told, 'Some copies are missing: papers are lost with the next node.')]
      : [ok(searchEngine, told)]
  } catch (error) {
    const isKey = error instanceof EngineError && error.problem === 'forbidden'
    const advice = isKey
      ? 'Check SEARCH_USER and SEARCH_PASSWORD, or SEARCH_API_KEY.'
      : 'Check SEARCH_URL, and that OpenSearch runs there: nothing is found until it does.'
    return [fault(searchEngine, messageOf(error), advice)]
  } finally {
    await engine.close()
  }
}

const marks = { ok: 'ok     ', warning: 'warning', error: 'error  ' } as const

/** One line a finding, and below it what to do. */
export function report(findings: readonly Finding[]): Outcome {
  const lines = findings.flatMap(({ level, subject, text, advice }) => [
    `${marks[level]}  ${subject}: ${text}`,
    ...(advice === undefined ? [] : [`         ${advice}`]),
  ])
  return { data: findings, text: lines.join('\n'), empty: findings.some(({ level }) => level === 'error') }
}
