/** A request whose repetition would do something else than the first, such as taking a vote back. */
export interface Keyed {
  /**
   * Idempotency key, the interaction's id: however many processes receive it, it is carried out once and all of them
   * get the same result. Undefined: nothing repeats it.
   */
  readonly key?: string | undefined
  /** Epoch ms. */
  readonly at: number
}

/** Requests with a key, remembered for longer than Discord may deliver them again. */
export interface Requests {
  /** Forgets those done before that time, and those of a clock that ran ahead of `after`. @returns how many */
  forget(before: number, after: number): Promise<number>
}
