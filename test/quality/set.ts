/** One line of the table. */
export interface Row {
  readonly set: string
  readonly figure: string
  readonly lectern: number
  /** MiniSearch's default on the same queries, where it can answer them. */
  readonly baseline?: number
  /** The figure to reach; none: shown for orientation. */
  readonly reach?: number
}

/** One group of lines that can be run alone by its name. */
export interface QualitySet {
  readonly name: string
  rows(): Promise<Row[]>
}
