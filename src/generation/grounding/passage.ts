/** A quoted sentence as the model gets it; its number is its place in the list, from 1. */
export interface Passage {
  /** The title of its paper, as people read it. */
  readonly title: string
  readonly text: string
}
