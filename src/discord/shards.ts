import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Routes, type Shard, ShardingManager } from 'discord.js'
import pRetry, { AbortError } from 'p-retry'
import { z } from 'zod'
import { Failure } from '../errors.ts'
import type { Log } from '../log.ts'
import { closeClient } from './close-client.ts'
import { type Address, openClient, untilReached } from './connect.ts'

const GatewayInfo = z.looseObject({ shards: z.int().min(1) })

/**
 * Discord recommends one for each thousand servers and refuses a connection with more than 2,500: below three, one
 * process does.
 */
const fewestShards = 3

/** Runs an entry of the project, as `npm start` does. */
const launcher = fileURLToPath(new URL('../launch.js', import.meta.url))

/** What a shard tells the process that started it, once it answers interactions. */
export const ready = 'ready'

/** Between two identifications with the gateway, in ms; Discord allows one in five seconds. */
const identifyGap = 5_500
/** How long children may take to stop, in ms: longer than they give themselves. */
const stopTimeout = 45_000
/** Starts of a shard that fail one after the other before the others are stopped too. */
const respawns = { retries: 8, minTimeout: 1_000, factor: 2, maxTimeout: 60_000 }

/**
 * How many connections Discord wants the bot to have.
 * @throws Failure when Discord refuses the token, or stays out of reach
 */
export async function recommendedShards(address: Address, log: Log): Promise<number> {
  const client = openClient(address.apiUrl)
  try {
    const ask = () => client.rest.setToken(address.token).get(Routes.gatewayBot())
    const { shards } = GatewayInfo.parse(await untilReached(ask, address.apiUrl, log))
    return shards < fewestShards ? 1 : shards
  } finally {
    await closeClient(client)
  }
}

export interface RunningShards {
  /** Resolves when a shard cannot be started any more. */
  readonly lost: Promise<Failure>
  /** Stops all of them, and waits until they have stopped. */
  close(): Promise<void>
}

/**
 * Runs a process for each shard, by discord.js' ShardingManager, and starts those again that end.
 * @throws Failure when one of them cannot be started; the others are stopped then
 */
export async function runShards(count: number, token: string, log: Log): Promise<RunningShards> {
  const manager = new ShardingManager(launcher, {
    totalShards: count,
    respawn: false,
    token,
    shardArgs: ['src/main.ts'],
    execArgv: process.execArgv,
  })
  const stopping = new AbortController()
  const lost = Promise.withResolvers<Failure>()

  const keep = async (shard: Shard, child: ChildProcess): Promise<void> => {
    await ended(child)
    if (stopping.signal.aborted) return
    log.warn(
      { shard: shard.id, status: child.exitCode, signal: child.signalCode },
      'a shard ended: starting it again',
    )
    try {
      const next = await pRetry(() => begin(shard, stopping.signal), { ...respawns, signal: stopping.signal })
      log.info({ shard: shard.id }, 'the shard is back')
      return keep(shard, next)
    } catch {
      if (!stopping.signal.aborted) lost.resolve(notStarted(shard.id))
    }
  }
  const close = async () => {
    stopping.abort()
    const children = [...manager.shards.values()].flatMap(({ process: child }) => child ?? [])
    await Promise.all(children.map(stop))
  }

  try {
    for (let id = 0; id < count; id++) {
      const gap = sleep(id === count - 1 ? 0 : identifyGap)
      const shard = manager.createShard(id)
      void keep(shard, await begin(shard, stopping.signal))
      await gap
    }
  } catch (error) {
    await close()
    throw error
  }
  return { lost: lost.promise, close }
}

/** @returns its process, once it answers interactions. @throws Failure when it ends before */
async function begin(shard: Shard, stopping: AbortSignal): Promise<ChildProcess> {
  if (stopping.aborted) throw new AbortError('stopping')
  const child = (await shard.spawn(-1)) as ChildProcess
  const heard = new Promise<true>(resolve => {
    child.on('message', message => {
      if (message === ready) resolve(true)
    })
  })
  const started = await Promise.race([heard, ended(child).then(() => false)])
  if (started) return child
  throw notStarted(shard.id)
}

/** The shard itself has said why. */
const notStarted = (id: number): Failure => new Failure('busy', `Shard ${id} could not be started.`)

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null

async function ended(child: ChildProcess): Promise<void> {
  if (!hasEnded(child)) await once(child, 'exit').catch(() => {})
}

async function stop(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return
  const killer = setTimeout(() => child.kill('SIGKILL'), stopTimeout)
  child.kill('SIGTERM')
  await ended(child)
  clearTimeout(killer)
}
