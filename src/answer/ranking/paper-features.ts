import type { AnalyzedPaper } from '../analyzed-paper.ts'
import { genericWords, requestWords, termsAskedOfAny } from '../question/plain-words.ts'
import type { Question } from '../question.ts'
import { type TermCoverage, termCoverageOf, termMatchingOf } from '../term-matching.ts'
import { asked } from './asked-and-said.ts'
import type { Told } from './linear.ts'
import { share } from './match.ts'

/** A paper that may answer. */
export interface Candidate {
  readonly paper: AnalyzedPaper
  /** 0 for the paper that search put first; undefined for one that search does not bring. */
  readonly rank: number | undefined
  /** Search's score as a share of the first paper's, 0 to 1. */
  readonly standing: number
  /** The last answer was taken from it. */
  readonly isSubject: boolean
}

/** A term rarer than this (idf) names a paper wherever it stands. */
const rare = 3.9

/** Which paper is asked about; the features of each candidate, in their order. */
export function paperFeatures(question: Question, candidates: readonly Candidate[]): Told[] {
  const follows = candidates.some(({ isSubject }) => isSubject)
  const idf = namingTerms(question, follows)
  const held = candidates.map(({ paper }) =>
    termCoverageOf(paper.words, termMatchingOf([...idf.keys()], paper.words)),
  )
  const cover = held.map(one => share(idf, one))
  const most = Math.max(0, ...cover)
  const rarest = rarestHeld(idf, held)
  const lead = 1 - (candidates.find(({ rank }) => rank === 1)?.standing ?? 0)
  const inQuestion = new Set(question.terms.filter(({ extra }) => !extra).map(({ term }) => term))
  return candidates.map(({ paper, rank, standing, isSubject }, i) => {
    const own = held[i] ?? new Map()
    const named = [...paper.title].filter(term => inQuestion.has(term)).length
    return {
      'paper.first': rank === 0,
      'paper.second': rank === 1,
      'paper.lead': rank === 0 ? lead : 0,
      'paper.standing': standing,
      'paper.cover': cover[i] ?? 0,
      'paper.covertop': (cover[i] ?? 0) - most,
      'paper.exact': share(idf, exactly(own)),
      'paper.rare':
        rarest !== undefined && own.get(rarest) === 1 ? Math.min(1, (idf.get(rarest) ?? 0) / 4) : 0,
      'paper.title': named / Math.max(1, paper.title.size),
      ...(isSubject ? subjectFeatures(question, idf, candidates, held, cover, i) : {}),
    }
  })
}

const exactly = (held: TermCoverage): TermCoverage => new Map([...held].filter(([, worth]) => worth === 1))

/** Terms that may name a paper: not those that merely ask, nor, after an answer, what can be asked of any paper. */
function namingTerms({ terms, tokens }: Question, follows: boolean): Map<string, number> {
  const asking = new Set(
    tokens.filter(({ word }) => genericWords.has(word) || requestWords.has(word)).map(({ term }) => term),
  )
  return new Map(
    terms
      .filter(({ term, extra }) => !extra && !asking.has(term) && !(follows && termsAskedOfAny.has(term)))
      .map(({ term, idf }) => [term, idf]),
  )
}

function rarestHeld(idf: ReadonlyMap<string, number>, held: readonly TermCoverage[]): string | undefined {
  const known = [...idf].filter(([term]) => held.some(one => one.get(term) === 1))
  return known.sort((a, b) => b[1] - a[1])[0]?.[0]
}

/** Whether a question goes on from the last answer's paper. */
function subjectFeatures(
  { text }: Question,
  idf: ReadonlyMap<string, number>,
  candidates: readonly Candidate[],
  held: readonly TermCoverage[],
  cover: readonly number[],
  subject: number,
): Told {
  const others = candidates.map((_, i) => i).filter(i => i !== subject)
  const namesAnother = (term: string, worth: number): boolean =>
    !held[subject]?.has(term) &&
    others.some(i => candidates[i]?.paper.title.has(term) || (worth > rare && held[i]?.get(term) === 1))
  const named = [...idf].filter(([term, worth]) => namesAnother(term, worth)).map(([, worth]) => worth)
  return {
    'last.is': true,
    'last.points': asked.pointsBack.test(text),
    'last.goes': asked.goesOn.test(text),
    'last.none': idf.size === 0,
    'last.one': idf.size <= 1,
    'last.two': idf.size <= 2,
    'last.named': Math.max(0, ...named) / 5,
    'last.cover': (cover[subject] ?? 0) - Math.max(0, ...others.map(i => cover[i] ?? 0)),
  }
}
