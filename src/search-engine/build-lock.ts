import { z } from 'zod'
import type { Indexes } from './indexes.ts'

/** Whoever builds says so this often; whoever does not for `lost` is taken to be gone. In ms. */
const renewed = 10_000
const lost = 60_000

const Progress = z.object({
  by: z.string(),
  at: z.number(),
  /** The index being built, how far the changes are in it, and the files that are. */
  index: z.string().optional(),
  hasVectors: z.boolean().optional(),
  cursor: z.object({ epoch: z.string(), revision: z.number() }).optional(),
  files: z.string().optional(),
})
export type Progress = z.infer<typeof Progress>
export type Reached = Omit<Progress, 'by' | 'at'>

const id = 'build'

/** The right to build an index, of which there is one: it is kept beside the indexes, for all processes of a bot. */
export class BuildLock {
  readonly #indexes: Indexes
  readonly #by: string
  #reached: Reached
  readonly #timer: NodeJS.Timeout

  private constructor(indexes: Indexes, by: string, reached: Reached) {
    this.#indexes = indexes
    this.#by = by
    this.#reached = reached
    this.#timer = setInterval(() => void this.#renew().catch(() => {}), renewed)
    this.#timer.unref()
  }

  /** Undefined while another process builds. @param by tells processes apart */
  static async take(indexes: Indexes, by: string): Promise<BuildLock | undefined> {
    const mine = { by, at: Date.now() }
    if (await indexes.createDocument(id, mine)) return new BuildLock(indexes, by, {})
    const theirs = await indexes.document(id, Progress)
    if (theirs === undefined || Date.now() - theirs.at < lost) return undefined
    // Two that find it lost at once: the first to delete it makes the other one's creation fail.
    await indexes.deleteDocument(id)
    if (!(await indexes.createDocument(id, mine))) return undefined
    const { by: _by, at: _at, ...reached } = theirs
    return new BuildLock(indexes, by, reached)
  }

  /** How far whoever had it before has come. */
  get reached(): Reached {
    return this.#reached
  }

  async reach(reached: Reached): Promise<void> {
    this.#reached = reached
    await this.#renew()
  }

  async release(): Promise<void> {
    clearInterval(this.#timer)
    await this.#indexes.deleteDocument(id)
  }

  /** Lets whoever comes next go on from here. Never rejects. */
  async abandon(): Promise<void> {
    clearInterval(this.#timer)
    await this.#indexes.putDocument(id, { by: this.#by, at: 0, ...this.#reached }).catch(() => {})
  }

  #renew(): Promise<void> {
    return this.#indexes.putDocument(id, { by: this.#by, at: Date.now(), ...this.#reached })
  }
}
