import { isPlain } from '../abstain/plain-terms.ts'
import type { AnalyzedPaper } from '../analyzed-paper.ts'
import { genericWords, onlyAsks, requestWords, termsAskedOfAny } from '../question/plain-words.ts'
import type { Question } from '../question.ts'
import { type TermCoverage, termCoverageOf, termMatchingOf } from '../term-matching.ts'
import { asked } from './asked-and-said.ts'
import type { FeatureValues } from './linear.ts'
import { share } from './match.ts'
import { hasMeaning, type MeaningQuestion, mostLost, paperNearness, wordNearness } from './nearness.ts'

/** A paper that may contain the answer. */
export interface Candidate {
  readonly paper: AnalyzedPaper
  /** Rank in the search result, from 0; undefined when the paper is not in it. */
  readonly rank: number | undefined
  /** Search score relative to the first hit's, 0 to 1. */
  readonly standing: number
  /** The previous answer was taken from this paper. */
  readonly isSubject: boolean
}

/** A term with a higher idf identifies a paper wherever it occurs. */
const rare = 3.9

/** Features that decide which paper is asked about, one entry per candidate, in their order. */
export function paperFeatures(question: Question, candidates: readonly Candidate[]): FeatureValues[] {
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

const exactly = (held: TermCoverage): TermCoverage => new Map([...held].filter(([, weight]) => weight === 1))

/** Terms that can identify a paper: no generic words and, after an answer, nothing that can be asked of any paper. */
function namingTerms(
  { terms, tokens }: Question,
  follows: boolean,
  asks: (word: string) => boolean = isAsking,
): Map<string, number> {
  const asking = new Set(tokens.filter(({ word }) => asks(word)).map(({ term }) => term))
  return new Map(
    terms
      .filter(({ term, extra }) => !extra && !asking.has(term) && !(follows && termsAskedOfAny.has(term)))
      .map(({ term, idf }) => [term, idf]),
  )
}

const isAsking = (word: string): boolean => genericWords.has(word) || requestWords.has(word)

/**
 * Which of the last answer's papers a question goes on about: the one that holds the most of what it names ("the one with
 * yeast", "which of these needs no tuning?"), and where none does, the first.
 */
export function subjectAmong(
  question: Question,
  papers: readonly AnalyzedPaper[],
): AnalyzedPaper | undefined {
  const idf = namingTerms(question, true)
  const held = papers.map(({ words }) =>
    share(idf, termCoverageOf(words, termMatchingOf([...idf.keys()], words))),
  )
  return papers[held.indexOf(Math.max(...held))]
}

/** Whether a question after an answer names nothing, so that it can only be about the same paper: "how much faster?" */
const namesNothing = (question: Question): boolean => namingTerms(question, true, onlyAsks).size === 0

/** "In mice?", "and on a phone?", "what about children?", "does that hold on images?": the same, of another case. */
const anotherCase =
  /^\W{0,9}(?:(?:and|so|but|or|ok(?:ay)?)[ ,]{1,3}){0,2}(?:(?:(?:what|how) about (?:it |this |that )?)?(?:in|on|for|with|at|during|among|without|after|under|across) (?:[\p{L}\p{N}'’/-]{1,40} ?){1,5}|(?:what (?:happens|happened|changes)|(?:do|does|did|is|are|was|were|will|would|can|could|should) (?:that|this|it|they|these|those)(?: [\p{L}'’-]{1,20}){1,4}) (?:in|on|for|with|at|during|among|under|across) (?:[\p{L}\p{N}'’/-]{1,40} ?){1,4}|(?:what|how) about (?:the |an? |other |old(?:er)? |young(?:er)? |pregnant )*(?:adults?|child(?:ren)?|kids?|teen\w{0,8}|adolescents?|bab(?:y|ies)|infants?|elderly|seniors?|people|persons?|women|men|girls?|boys?|patients?|users?|humans?|animals?|mice|rats?))\W{0,9}$/iu

/** Whether a question after an answer goes on about the same paper whatever others hold of it. */
export function staysWithSubject(question: Question, candidates: readonly Candidate[]): boolean {
  if (namesNothing(question)) return true
  if (!anotherCase.test(question.text)) return false
  const names = [...namingTerms(question, true, onlyAsks)].filter(([, idf]) => idf > rare)
  return !candidates.some(
    ({ paper, isSubject }) => !isSubject && names.some(([term]) => paper.title.has(term)),
  )
}

function rarestHeld(idf: ReadonlyMap<string, number>, held: readonly TermCoverage[]): string | undefined {
  const known = [...idf].filter(([term]) => held.some(one => one.get(term) === 1))
  return known.sort((a, b) => b[1] - a[1])[0]?.[0]
}

/** Features that decide whether a question continues with the previous answer's paper. */
function subjectFeatures(
  question: Question,
  idf: ReadonlyMap<string, number>,
  candidates: readonly Candidate[],
  held: readonly TermCoverage[],
  cover: readonly number[],
  subject: number,
): FeatureValues {
  const others = candidates.map((_, i) => i).filter(i => i !== subject)
  const namesAnother = (term: string, weight: number): boolean =>
    !held[subject]?.has(term) &&
    others.some(i => candidates[i]?.paper.title.has(term) || (weight > rare && held[i]?.get(term) === 1))
  const named = [...idf].filter(([term, weight]) => namesAnother(term, weight)).map(([, weight]) => weight)
  const near = hasMeaning(question)
    ? candidates.map(({ paper }) => nearIn(question, idf, paper))
    : candidates.map(() => ({ held: 0, lost: 0 }))
  return {
    'last.is': true,
    'last.points': asked.pointsBack.test(question.text),
    'last.goes': asked.goesOn.test(question.text),
    'last.near': near[subject]?.held ?? 0,
    'last.nearer': (near[subject]?.held ?? 0) - Math.max(0, ...others.map(i => near[i]?.held ?? 0)),
    'last.lost': near[subject]?.lost ?? 0,
    ...elsewhereFeatures(question, idf, held, subject),
    'last.none': idf.size === 0,
    'last.one': idf.size <= 1,
    'last.two': idf.size <= 2,
    'last.named': Math.max(0, ...named) / 5,
    'last.cover': (cover[subject] ?? 0) - Math.max(0, ...others.map(i => cover[i] ?? 0)),
  }
}

/** Whether a question names what the last answer's paper lacks and another holds. */
function elsewhereFeatures(
  { tokens, kinds, meaning }: Question,
  idf: ReadonlyMap<string, number>,
  held: readonly TermCoverage[],
  subject: number,
): FeatureValues {
  const others = held.filter((_, i) => i !== subject)
  const lost = [...idf.keys()].filter(term => !held[subject]?.has(term))
  const words = new Map(tokens.map(({ term, word }) => [term, word]))
  const isName = (term: string): boolean => !isPlain(term) && !meaning?.knows(words.get(term) ?? term)
  const isAllLost = idf.size > 0 && lost.length === idf.size
  return {
    'last.othername': lost.some(term => isName(term) && others.some(own => own.get(term) === 1)),
    // "Summarize Finch", "what does SNAIL stand for?"
    'last.otherthing':
      (kinds.define || kinds.digest || kinds.stand) &&
      isAllLost &&
      others.some(own => lost.every(term => own.get(term) === 1)),
  }
}

/** How much of the words that name something a paper holds by meaning, 0 to 1, and the most that it lacks of one. */
function nearIn(
  question: MeaningQuestion,
  idf: ReadonlyMap<string, number>,
  paper: AnalyzedPaper,
): { readonly held: number; readonly lost: number } {
  const { anywhere } = paperNearness(question, paper)
  const named = wordNearness(question, paper)
    .asked.map((one, j) => ({ ...one, near: anywhere[j] ?? 0 }))
    .filter(({ term }) => idf.has(term))
  const all = named.reduce((sum, one) => sum + one.idf, 0)
  return {
    held: all === 0 ? 0 : named.reduce((sum, one) => sum + one.idf * one.near, 0) / all,
    lost: mostLost(
      named.map(({ near }) => near),
      named.map(({ word }) => question.meaning.weightOf(word)),
    ),
  }
}
