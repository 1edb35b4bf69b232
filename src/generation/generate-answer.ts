import type { Answer, Quote } from '../answer/port.ts'
import { readable } from '../corpus/readable.ts'
import type { Log } from '../log.ts'
import { supportedClaims } from './grounding/check.ts'
import type { Claim } from './grounding/claims.ts'
import { type AnswerWriter, WriterError, type WriterProblem } from './port.ts'
import { givesOrders } from './prompt-injection.ts'

/** A generated answer of which every sentence was checked. */
export interface GeneratedAnswer {
  /** Citations are numbers into `quotes`, from 1. */
  readonly claims: readonly Claim[]
  /** The passages that are cited, in the order of the first citation. */
  readonly quotes: readonly Quote[]
  readonly model: string
}

/** Why the quoted answer stands: as the writer's, or the day's budget is spent, or no sentence passed the check. */
export type NotGenerated = WriterProblem | 'spent' | 'unsupported'

/** Generated: the answer. Not generated: why. Undefined: there was nothing to generate from. */
export type Generation = GeneratedAnswer | NotGenerated | undefined

export interface AnswerGenerator {
  readonly model: string
  /**
   * Never throws, and takes no longer than the writer's time-out and two looks at the database.
   * @param place the server's id; undefined in direct messages, which share one budget
   */
  generate(
    request: { question: string; answer: Answer; place: string | undefined; at: Date },
    signal: AbortSignal,
  ): Promise<Generation>
}

export interface GeneratorParts {
  readonly writer: AnswerWriter
  /** @returns false when that many requests were made on the day already */
  readonly spend: (place: string, day: string, most: number) => Promise<boolean>
  /** Requests a server and day (UTC); all direct messages count as one server. */
  readonly budget: number
  readonly log: Log
  /** Monotonic, in ms. */
  readonly now?: () => number
}

/** The scope of the direct messages' budget: no server has this id. */
const direct = 'direct'
/** Requests that run at once: with more the endpoint would answer all of them late. */
const mostRunning = 4
const mostPassages = 5
/** How long the endpoint is left alone, milliseconds: when it says so, and when it has failed `patience` times running. */
const pauses = { least: 1_000, usual: 30_000, most: 600_000 } as const
const patience = 3

/** Writes answers beside the quoted ones, within a budget, and leaves an endpoint alone that is in trouble. */
export function openAnswerGenerator(parts: GeneratorParts): AnswerGenerator {
  const { writer, spend, budget, log, now = () => performance.now() } = parts
  let running = 0
  let failures = 0
  let pausedUntil = 0

  const failed = (error: WriterError): NotGenerated => {
    failures += 1
    const asked = error.problem === 'busy' ? (error.retryAfter ?? pauses.usual) : undefined
    const pause = asked ?? (failures >= patience ? pauses.usual : 0)
    if (pause > 0) pausedUntil = now() + Math.min(pauses.most, Math.max(pauses.least, pause))
    log.warn({ problem: error.problem, status: error.status, pause, err: error.cause }, error.message)
    return error.problem
  }

  const written = async (
    question: string,
    passages: readonly Quote[],
    signal: AbortSignal,
  ): Promise<Generation> => {
    const read = passages.map(({ paper, text }) => ({ title: readable(paper.title), text: readable(text) }))
    const text = await writer.write(question, read, signal)
    failures = 0
    const claims = supportedClaims(text, read)
    return claims.length === 0 ? 'unsupported' : renumbered(claims, passages, writer.model)
  }

  return {
    model: writer.model,
    async generate({ question, answer, place = direct, at }, signal) {
      const passages = passagesOf(answer)
      if (passages.length === 0) return undefined
      if (running >= mostRunning || now() < pausedUntil) return 'busy'
      running += 1
      try {
        if (!(await spend(place, at.toISOString().slice(0, 10), budget))) return 'spent'
        return await written(question, passages, signal)
      } catch (error) {
        if (error instanceof WriterError) return failed(error)
        log.warn({ err: error }, 'an answer could not be generated')
        return 'broken'
      } finally {
        running -= 1
      }
    },
  }
}

/** Refusals stand as they are, and lists are lists. */
export const mayGenerate = ({ kind, answered }: Answer): boolean => answered && kind !== 'list'

/** What a model may write from: the quotes of an answer that stands, but for papers whose text gives orders. */
function passagesOf(answer: Answer): Quote[] {
  const { kind, quotes, shown } = answer
  if (!mayGenerate(answer)) return []
  return quotes
    .slice(0, kind === 'survey' ? shown : mostPassages)
    .filter(({ paper }) => !givesOrders(`${paper.title}\n${paper.abstract}`))
}

function renumbered(claims: readonly Claim[], quotes: readonly Quote[], model: string): GeneratedAnswer {
  const order = [...new Set(claims.flatMap(({ cited }) => cited))]
  return {
    model,
    quotes: order.flatMap(number => quotes[number - 1] ?? []),
    claims: claims.map(({ text, cited }) => ({
      text,
      cited: cited.map(number => order.indexOf(number) + 1),
    })),
  }
}
