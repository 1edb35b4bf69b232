import { tokenize } from '../../search/analysis/analyze.ts'
import { genericWords, requestWords } from '../question/plain-words.ts'
import type { Question } from '../question.ts'
import type { FeatureValues } from '../ranking/linear.ts'
import {
  cosinesToSentences,
  cosineToPaper,
  hasMeaning,
  type MeaningQuestion,
  mostLost,
  paperNearness,
  wordNearness,
} from '../ranking/nearness.ts'
import type { RankedSentence } from '../ranking/rank.ts'

/** The value of a share when the question has no such words. */
const nothingAsked = 0.6

/** Semantic similarity of the paper and the quoted sentence to the question; no features without an embedder. */
export function softFeatures(question: Question, best: RankedSentence): FeatureValues {
  return hasMeaning(question) ? { ...wordsByMeaning(question, best), ...cosines(question, best) } : {}
}

function wordsByMeaning(question: MeaningQuestion, { paper, sentence }: RankedSentence): FeatureValues {
  const { focus, meaning } = question
  const near = wordNearness(question, paper)
  const counting = near.asked.map(({ word }) => !genericWords.has(word) && !requestWords.has(word))
  const asked = near.asked.filter((_, j) => counting[j])
  const rows = near.rows.map(row => row.filter((_, j) => counting[j]))
  const inText = asked.map((_, j) => Math.max(0, ...rows.map(row => row[j] ?? 0)))
  const anywhere = paperNearness(question, paper).anywhere.filter((_, j) => counting[j])
  const quoted = rows[sentence.index] ?? []
  const all = asked.map(({ idf }) => idf)
  const rest = asked.map(({ term, idf }) => (paper.title.has(term) ? 0 : idf))
  const focused = asked.map(({ term, idf }) => (focus.includes(term) ? idf : 0))
  // Words that name a subject count most: what is said of everything is missed by many papers that answer.
  const says = asked.map(({ word }) => meaning.weightOf(word))
  const compared = comparedWith(question.text)
  const squared = says.map(one => one ** 2)
  return {
    'soft.cover': average(anywhere, all),
    'soft.rest': average(inText, rest),
    'soft.focus': average(inText, focused),
    'soft.quoted': average(quoted, all),
    'soft.quotedrest': average(quoted, rest),
    'soft.quotedfocus': average(quoted, focused),
    'said.cover': average(anywhere, squared),
    'said.quoted': average(quoted, squared),
    'said.lost': mostLost(anywhere, says),
    'compare.lost': mostLost(
      anywhere,
      asked.map(({ word }, j) => (compared.has(word) ? (says[j] ?? 0) : 0)),
    ),
  }
}

/** What something is compared with: "FastSHAP" in "how does it do against FastSHAP?" */
const comparing =
  /\b(?:than|compar\w{1,6} (?:it |this |that |them )?(?:to|with|against)|against|versus|vs|beats?|outperforms?|instead of|as (?:good|fast|cheap|safe|accurate|well|effective) as|differ\w{0,4} (?:to|from)|over|like|similar to|relate[sd]? to)\b\.? ((?:[\p{L}\p{N}'+-]{1,40} ?){1,5})/iu

const comparedWith = (text: string): ReadonlySet<string> =>
  new Set(tokenize(comparing.exec(text)?.[1] ?? '').map(({ word }) => word))

function average(near: readonly number[], weights: readonly number[]): number {
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  return all === 0 ? nothingAsked : weights.reduce((sum, weight, j) => sum + weight * (near[j] ?? 0), 0) / all
}

function cosines(question: MeaningQuestion, { paper, sentence }: RankedSentence): FeatureValues {
  const own = cosinesToSentences(question, paper)
  return {
    'soft.cosine': own[sentence.index] ?? 0,
    'soft.cosinetop': Math.max(0, ...own),
    'soft.cosinepaper': cosineToPaper(question, paper),
  }
}
