import { abstained, buildAnswer, type Reading } from './build-answer.ts'
import { cues } from './discourse-cues.ts'
import { type FollowUp, heldMass } from './follow-up.ts'
import type { RankedPassage } from './passage-ranker.ts'
import type { Answer } from './port.ts'
import { readQuestion } from './question.ts'
import { summaryScores } from './summary-ranker.ts'

/** Answers a question that leans on an earlier one: from papers that hold a word of it, or from no word at all. */
export function answerFollowUp({ question, hits, own, subject }: FollowUp, reading: Reading): Answer {
  const query = reading.search.parse(question.text)
  const found = { hits, query }
  if (own.length > 0) {
    const answer = buildAnswer(question, found, reading)
    const [best] = answer.quotes
    return best === undefined || heldMass({ ...question, terms: own }, reading.read(best.paper)) > 0
      ? answer
      : abstained(answer)
  }
  if (question.wants.number) return buildAnswer(question, found, reading)
  if (!question.wants.reason)
    return buildAnswer(question, found, reading, evidence => byGist(evidence, question.wants.trial))
  const said = buildAnswer(readQuestion(subject.question, reading.search), found, reading).quotes[0]?.text
  return buildAnswer(question, found, reading, evidence => [
    ...evidence.filter(({ sentence }) => sentence.text !== said),
    ...evidence.filter(({ sentence }) => sentence.text === said),
  ])
}

const trialWorth = 4

/** "How does it work?", "tell me more": what the first paper says of itself, or of its experiments, before all else. */
function byGist(evidence: RankedPassage[], trial: boolean): RankedPassage[] {
  const outline = evidence[0]?.outline
  if (outline === undefined) return evidence
  const scores = summaryScores(outline)
  const own = evidence
    .filter(one => one.outline === outline)
    .map(one => {
      const tried = trial && cues.experiments.test(one.sentence.text) ? trialWorth : 0
      return { ...one, score: (scores[one.sentence.index] ?? 0) + tried }
    })
    .sort((a, b) => b.score - a.score)
  return [...own, ...evidence.filter(one => one.outline !== outline)]
}
