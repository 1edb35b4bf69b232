import type { Suggestions } from '../../../person-api.ts'
import type { Typed } from '../state/interact.ts'
import type { Offer } from './offers.ts'

type Ask = (typed: Typed & { readonly focused: string }, signal: AbortSignal) => Promise<Suggestions>

export interface Suggested {
  readonly state: 'idle' | 'loading' | 'failed' | 'ready'
  readonly offers: readonly Offer[]
}

const idle: Suggested = { state: 'idle', offers: [] }

/** Milliseconds without a key before the bot is asked. */
const rest = 120

/** Asks the bot for an option's suggestions while somebody types; only the newest question is answered. */
export class Suggester {
  current: Suggested = idle
  private question: AbortController | undefined
  private readonly ask: Ask
  private readonly changed: () => void

  constructor(ask: Ask, changed: () => void) {
    this.ask = ask
    this.changed = changed
  }

  stop(): void {
    this.question?.abort()
    this.set(idle)
  }

  /** @param typed the command as it stands, its option `focused` half typed */
  async about(typed: Typed & { readonly focused: string }): Promise<void> {
    this.question?.abort()
    const question = new AbortController()
    this.question = question
    this.set({ state: 'loading', offers: this.current.offers })
    await new Promise(resolve => setTimeout(resolve, rest))
    if (question.signal.aborted) return
    try {
      const { choices } = await this.ask(typed, question.signal)
      if (question.signal.aborted) return
      const offers = (choices ?? []).map(({ name, value }): Offer => ({ label: name, value }))
      this.set({ state: choices === undefined ? 'failed' : 'ready', offers })
    } catch {
      if (!question.signal.aborted) this.set({ state: 'failed', offers: [] })
    }
  }

  private set(current: Suggested): void {
    this.current = current
    this.changed()
  }
}
