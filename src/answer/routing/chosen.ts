import type { Paper } from '../../corpus/paper.ts'
import type { Reading } from '../build-answer.ts'
import type { Reference } from '../question/reference.ts'
import { readQuestion } from '../question.ts'
import { sortedByDate } from './list.ts'
import type { Listed } from './paper-list.ts'
import { heldByOne, matchesOf } from './survey-features.ts'

/** A reference to single papers of a list. */
export type Choice = Extract<Reference, { rest: string }>

/** The papers that a reference means, none where the list has no such. */
export function chosenBy(reference: Choice, { papers, subject, reading }: Listed): Paper[] {
  switch (reference.kind) {
    case 'places':
      return [...new Set(reference.places.flatMap(place => papers.at(place) ?? []))]
    case 'step': {
      const at = papers.findIndex(({ id }) => id === subject.about)
      const next = papers[at + reference.by]
      return at < 0 || next === undefined ? [] : [next]
    }
    case 'dated': {
      const hits = papers
        .filter(({ published }) => published !== undefined)
        .map(paper => ({ paper, score: 1 }))
      return sortedByDate(hits, reference.order)
        .slice(0, 1)
        .map(({ paper }) => paper)
    }
    case 'name': {
      const paper = namedAmong(reference.name, papers, reading)
      return paper === undefined ? [] : [paper]
    }
    default:
      return []
  }
}

/** A paper has this name when its text holds so much of it. */
const leastNamed = 0.6

/** The paper whose title holds the most of a name, then the one whose text does. */
function namedAmong(name: string, papers: readonly Paper[], reading: Reading): Paper | undefined {
  const question = readQuestion(name, reading.search, reading.meaning)
  const matches = matchesOf(
    question,
    papers.map(paper => ({ paper: reading.read(paper), standing: 1 })),
  )
  const scores = matches.map(match => {
    const anywhere = heldByOne([match])
    const titled = heldByOne([
      { ...match, held: match.held.map(word => ({ ...word, anywhere: word.title })) },
    ])
    return anywhere < leastNamed ? 0 : titled + anywhere / 2
  })
  const best = Math.max(...scores)
  return best === 0 ? undefined : papers[scores.indexOf(best)]
}
