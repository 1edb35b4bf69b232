import type { Paper } from '../../corpus/paper.ts'
import { readable } from '../../corpus/readable.ts'

/** The paper with title and abstract as people read them: markup must not be indexed. */
export function readablePaper(paper: Paper): Paper {
  const title = readable(paper.title)
  const abstract = readable(paper.abstract)
  return title === paper.title && abstract === paper.abstract ? paper : { ...paper, title, abstract }
}
