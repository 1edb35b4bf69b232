import type { Client } from '@opensearch-project/opensearch'
import { z } from 'zod'
import { EngineError } from './engine-error.ts'
import { problemOf } from './problems.ts'

export interface EngineAddress {
  /** Of one or more nodes of one cluster; without user and password. */
  readonly urls: readonly string[]
  readonly user: string | undefined
  readonly password: string | undefined
  /** Sent as `Authorization: ApiKey ...` in place of a user and a password. */
  readonly apiKey: string | undefined
}

export interface EngineCall<T> {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE' | 'HEAD'
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | boolean>>
  /** An object as JSON, or lines of JSON. */
  readonly body?: object | string
  readonly answer: z.ZodType<T>
  /** In ms. */
  readonly timeout: number
  /** Statuses that are answers, too. */
  readonly accepts?: readonly number[]
}

export interface EngineOptions {
  /** Monotonic, in ms. */
  readonly now?: (() => number) | undefined
}

const Health = z.object({ status: z.string(), number_of_nodes: z.number().int() })
export type Health = z.infer<typeof Health>

/** After a call that was not answered, all others fail at once for so long, in ms; then one is tried. */
const leaveAlone = 1_000
/** In ms. */
const probeTimeout = 1_500
/** Another node is tried so often where a connection breaks or a node is not ready. */
const mostRetries = 2

/**
 * A client of an OpenSearch cluster: every call has a time limit, every answer is parsed, and an engine that is down
 * costs a caller nothing but the first time limit.
 */
export class Engine {
  /** Told of each call: what kind it was, how long it took in seconds, and whether it was answered. */
  observe: ((kind: string, seconds: number, answered: boolean) => void) | undefined
  readonly #client: Client
  readonly #options: EngineOptions
  /** Not before that is another call tried. */
  #triedAgainAt: number | undefined

  readonly #nodes: number

  private constructor(client: Client, nodes: number, options: EngineOptions) {
    this.#client = client
    this.#nodes = nodes
    this.#options = options
  }

  /** Connects to nothing yet. */
  static async open(
    { urls, user, password, apiKey }: EngineAddress,
    options: EngineOptions = {},
  ): Promise<Engine> {
    // Loaded where it is used: it takes a tenth of a second, and 20 MB.
    const { Client: OpenSearch } = await import('@opensearch-project/opensearch')
    const client = new OpenSearch({
      nodes: [...urls],
      maxRetries: mostRetries,
      // Answers are parsed by schemas that take what they know and nothing else: looking for harm costs more than parsing.
      disablePrototypePoisoningProtection: true,
      ...(user === undefined ? {} : { auth: { username: user, password: password ?? '' } }),
      ...(apiKey === undefined ? {} : { headers: { authorization: `ApiKey ${apiKey}` } }),
    })
    return new Engine(client, urls.length, options)
  }

  /** Whether the last call was answered. */
  get isUp(): boolean {
    return this.#triedAgainAt === undefined
  }

  /**
   * @param kind what is counted and timed, one of a few words
   * @throws EngineError
   */
  async call<T>(kind: string, call: EngineCall<T>): Promise<T> {
    const { now = () => performance.now() } = this.#options
    const began = now()
    if (this.#triedAgainAt !== undefined) {
      if (began < this.#triedAgainAt) throw new EngineError('unreachable')
      // Writing takes a minute where a search takes a second: others do not wait that long to try it too.
      this.#triedAgainAt = began + Math.max(leaveAlone, Math.min(probeTimeout, call.timeout))
    }
    try {
      const answer = await this.#answer(call)
      this.#triedAgainAt = undefined
      this.observe?.(kind, (now() - began) / 1_000, true)
      return answer
    } catch (error) {
      this.observe?.(kind, (now() - began) / 1_000, false)
      const isAway = error instanceof EngineError && error.problem === 'unreachable'
      this.#triedAgainAt = isAway ? now() + leaveAlone : undefined
      throw error
    }
  }

  /** @throws EngineError when it does not answer, or not in time for a probe */
  async check(): Promise<void> {
    const { status } = await this.health()
    if (status === 'red') throw new EngineError('unreachable')
  }

  /** The cluster's own word of how it is: `green`, `yellow` without all copies, `red` without some papers. */
  health(): Promise<Health> {
    return this.call('health', {
      method: 'GET',
      path: '/_cluster/health',
      answer: Health,
      timeout: probeTimeout,
    })
  }

  async #answer<T>({ method, path, query, body, answer, timeout, accepts = [] }: EngineCall<T>): Promise<T> {
    const sent = typeof body === 'string' ? { bulkBody: body } : body === undefined ? {} : { body }
    let given: unknown
    // With several nodes there is time to ask another one where one does not answer.
    const perNode = this.#nodes > 1 ? timeout / 2 : timeout
    const request = this.#client.transport.request(
      { method, path, ...sent, ...(query === undefined ? {} : { querystring: { ...query } }) },
      { requestTimeout: perNode, ignore: [...accepts] },
    )
    // The client asks again after a time limit; whoever waits has one for all of it.
    const timer = setTimeout(() => request.abort(), timeout)
    try {
      given = (await request).body
    } catch (error) {
      throw problemOf(error)
    } finally {
      clearTimeout(timer)
    }
    const parsed = answer.safeParse(given)
    if (!parsed.success) throw new EngineError('unreadable', { cause: parsed.error })
    return parsed.data
  }

  async close(): Promise<void> {
    await this.#client.close()
  }
}
