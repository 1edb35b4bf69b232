import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { Failure } from '../errors.ts'

/** Whose work it is: turns rotate over the servers, and within a server over its members. */
export interface Requester {
  readonly userId: string
  /** Undefined in direct messages: each member is a place of their own then. */
  readonly guildId: string | undefined
}

export interface WorkQueue {
  /**
   * Runs the work when its turn has come, one at a time, as soon as nothing else is ready to be done: what comes in at
   * once is acknowledged before the first begins, and cheap commands never wait for more than one that takes long.
   * @throws Failure `limit` when the member, or the queue as a whole, has too many jobs waiting; the text says which
   */
  run<T>(requester: Requester, work: () => Promise<T>): Promise<T>
  /** Jobs that wait. */
  readonly waiting: number
  /** How long a job that comes now will probably wait, in ms: by the number that wait, and the time that jobs took. */
  readonly expectedWait: number
}

export interface WorkQueueOptions {
  /** Jobs of one member that may wait. */
  readonly maxPerMember?: number
  /** Jobs that may wait in all. */
  readonly maxWaiting?: number
}

interface Job {
  start(): Promise<void>
}

/** A turn of the event loop that takes longer, ms, had something to do. */
const busyTurn = 0.5
/** Turns that the event loop gets for other work before a job runs all the same. */
const mostTurns = 10

/** Jobs that take less are run one after the other for as long, ms: answers that are remembered take next to none. */
const slice = 2
/** What a job is taken to last before the first was seen, ms. */
const usualJob = 7
/** How much the last job counts for how long the next ones will take. */
const newest = 0.1

/** Lets the event loop turn until nothing is ready any more: sockets, timers, what was begun before. */
async function idle(): Promise<void> {
  let start = performance.now()
  for (let turn = 0; turn < mostTurns; turn++) {
    await yieldToOthers()
    const end = performance.now()
    if (end - start < busyTurn) return
    start = end
  }
}

/** Fair round robin over servers and their members, with bounds. */
export function openWorkQueue({ maxPerMember = 5, maxWaiting = 1_000 }: WorkQueueOptions = {}): WorkQueue {
  /** Map keeps insertion order: whoever had a turn goes to the end. */
  const guilds = new Map<string, Map<string, Job[]>>()
  let waiting = 0
  let running = false
  let meanJob = usualJob

  const next = (): Job | undefined => {
    const [guild] = guilds
    if (guild === undefined) return undefined
    const [name, members] = guild
    const [member] = members
    guilds.delete(name)
    if (member === undefined) return next()
    const [userId, jobs] = member
    const job = jobs.shift()
    members.delete(userId)
    if (jobs.length > 0) members.set(userId, jobs)
    if (members.size > 0) guilds.set(name, members)
    if (job !== undefined) waiting--
    return job ?? next()
  }

  const work = async (): Promise<void> => {
    running = true
    while (waiting > 0) {
      await idle()
      const start = performance.now()
      let end = start
      while (waiting > 0 && end - start < slice) {
        await next()?.start()
        const now = performance.now()
        meanJob += newest * (now - end - meanJob)
        end = now
      }
    }
    running = false
  }

  const enqueue = ({ userId, guildId = `direct ${userId}` }: Requester, job: Job): void => {
    const members = guilds.get(guildId) ?? new Map<string, Job[]>()
    const jobs = members.get(userId) ?? []
    if (jobs.length >= maxPerMember)
      throw new Failure(
        'limit',
        `You have ${maxPerMember} requests waiting already. Try again when they are answered.`,
      )
    if (waiting >= maxWaiting)
      throw new Failure('limit', 'Too many people are asking at the moment. Please try again in a minute.')
    members.set(userId, [...jobs, job])
    guilds.set(guildId, members)
    waiting++
  }

  return {
    run: (requester, task) =>
      new Promise((resolve, reject) => {
        enqueue(requester, { start: () => task().then(resolve, reject) })
        if (!running) void work()
      }),
    get waiting() {
      return waiting
    },
    get expectedWait() {
      return waiting * meanJob
    },
  }
}
