import { z } from 'zod'
import type { DocumentVersion, Indexes } from './indexes.ts'

/** Whoever builds says so this often; who has not for `lost`, as whoever waits has seen, is taken to be gone. In ms. */
const renewed = 10_000
const lost = 60_000

const Progress = z.object({
  by: z.string(),
  /** Whether nobody builds: whoever comes next goes on from here. */
  isFree: z.boolean().optional(),
  /** The index being built, how far the changes are in it, and the files that are. */
  index: z.string().optional(),
  hasVectors: z.boolean().optional(),
  cursor: z.object({ epoch: z.string(), revision: z.number() }).optional(),
  files: z.string().optional(),
})
type Progress = z.infer<typeof Progress>
export type Reached = Omit<Progress, 'by' | 'isFree'>

const id = 'build'

/** Another process has taken the lock over, and goes on from what was reached. */
export class LockLost extends Error {
  constructor() {
    super('another process builds the index')
  }
}

/**
 * The right to build an index, of which there is one: it is kept beside the indexes, for all processes of a bot. No two
 * machines' clocks are compared: each renewal gives the lock's document another version, and whoever waits takes it over
 * when it has seen the same version for a minute of its own time.
 */
export class BuildLocks {
  readonly #indexes: Indexes
  readonly #by: string
  readonly #now: () => number
  #seen: { readonly version: DocumentVersion; readonly since: number } | undefined

  /** @param by tells processes apart @param now monotonic, in ms */
  constructor(indexes: Indexes, by: string, now: () => number = () => performance.now()) {
    this.#indexes = indexes
    this.#by = by
    this.#now = now
  }

  /** Undefined while another process builds. To be called again and again by whoever waits. */
  async take(): Promise<BuildLock | undefined> {
    const mine = { by: this.#by }
    // Written first: that waits for an index which is being made, and reading does not.
    const made = await this.#indexes.writeDocument(id, mine, 'new')
    if (made !== undefined) return this.#lock(made, {})
    const theirs = await this.#indexes.versioned(id, Progress)
    if (theirs === undefined) return undefined
    const { by: _by, isFree = false, ...reached } = theirs.source
    if (!isFree && !this.#isLost(theirs.version)) return undefined
    // Of two that find it lost at once, one writes over that version, and the other is refused.
    const taken = await this.#indexes.writeDocument(id, { ...mine, ...reached }, theirs.version)
    return taken === undefined ? undefined : this.#lock(taken, reached)
  }

  #isLost(version: DocumentVersion): boolean {
    const now = this.#now()
    if (this.#seen === undefined || !isSame(this.#seen.version, version)) this.#seen = { version, since: now }
    return now - this.#seen.since >= lost
  }

  #lock(version: DocumentVersion, reached: Reached): BuildLock {
    this.#seen = undefined
    return new BuildLock(this.#indexes, this.#by, version, reached)
  }
}

const isSame = (one: DocumentVersion, other: DocumentVersion): boolean =>
  one.sequence === other.sequence && one.term === other.term

/** A lock that is held, until it is given back or another process takes it over. */
export class BuildLock {
  readonly #indexes: Indexes
  readonly #by: string
  readonly #timer: NodeJS.Timeout
  #reached: Reached
  /** As it was written last. */
  #version: DocumentVersion | undefined
  #turn: Promise<unknown> = Promise.resolve()

  constructor(indexes: Indexes, by: string, version: DocumentVersion, reached: Reached) {
    this.#indexes = indexes
    this.#by = by
    this.#version = version
    this.#reached = reached
    this.#timer = setInterval(() => void this.renew().catch(() => {}), renewed)
    this.#timer.unref()
  }

  /** How far whoever had it before has come. */
  get reached(): Reached {
    return this.#reached
  }

  /** @throws LockLost when another process has it */
  async reach(reached: Reached): Promise<void> {
    this.#reached = reached
    await this.renew()
  }

  /** @throws LockLost when another process has it; EngineError */
  renew(): Promise<void> {
    return this.#write({})
  }

  async release(): Promise<void> {
    clearInterval(this.#timer)
    await this.#turn.catch(() => {})
    const version = await this.#ownVersion()
    if (version !== undefined) await this.#indexes.deleteDocument(id, version)
  }

  /** Lets whoever comes next go on from here. Never rejects. */
  async abandon(): Promise<void> {
    clearInterval(this.#timer)
    await this.#write({ isFree: true }).catch(() => {})
  }

  /** One after the other: each names the version that the one before it made. */
  #write(more: Partial<Progress>): Promise<void> {
    const done = this.#turn
      .catch(() => {})
      .then(async () => {
        const body = { by: this.#by, ...this.#reached, ...more }
        this.#version =
          (await this.#over(this.#version, body)) ?? (await this.#over(await this.#ownVersion(), body))
        if (this.#version === undefined) throw new LockLost()
      })
    this.#turn = done
    return done
  }

  async #over(version: DocumentVersion | undefined, body: object): Promise<DocumentVersion | undefined> {
    return version && (await this.#indexes.writeDocument(id, body, version))
  }

  /** A write that was not answered may have been done. Undefined: it is another process's. */
  async #ownVersion(): Promise<DocumentVersion | undefined> {
    const found = await this.#indexes.versioned(id, Progress)
    return found?.source.by === this.#by ? found.version : undefined
  }
}
