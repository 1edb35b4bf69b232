/** How the bot dealt with an interaction or a message. */
export type InteractionOutcome =
  /** With what was asked for. */
  | 'answered'
  /** With a text that says why not. */
  | 'refused'
  /** With an incident: a bug. */
  | 'failed'
  /** Discord did not take the answer. */
  | 'undelivered'

/** What is counted and timed. Implementations keep no text, no ids of people or servers, and never throw. */
export interface Metrics {
  /** @param command its name; `message` for a mention or a direct message. @param seconds from its arrival to the end of its answer */
  interaction(command: string, outcome: InteractionOutcome, seconds: number): void
  /** @param seconds from an interaction's arrival to Discord's confirmation of the first answer */
  acknowledged(seconds: number): void
  /** @param state of a slot that was settled, such as `posted`. @param reason for `missed` and `failed`, else empty */
  slotSettled(state: string, reason: string): void
  /** Work that takes a turn, such as a search or an answer, is done. @param waited for its turn, seconds. @param worked seconds */
  turn(waited: number, worked: number): void
  /** The search engine was asked. @param kind of the call, one of a few words */
  engineCall(kind: string, seconds: number, answered: boolean): void
  /** A request waited for, or was refused by, a rate limit. @param seconds the wait */
  rateLimited(seconds: number): void
}

export const noMetrics: Metrics = {
  interaction: () => {},
  acknowledged: () => {},
  slotSettled: () => {},
  turn: () => {},
  engineCall: () => {},
  rateLimited: () => {},
}
