import type { AnalyzedPaper, AnalyzedSentence } from './analyzed-paper.ts'
import { type Cue, cues, dangles, statesPurpose } from './discourse-cues.ts'
import { oncePer } from './once-per.ts'
import { isNotice } from './ranking/address.ts'
import { type FeatureValues, weigh } from './ranking/linear.ts'
import { type Section, sectionsOf } from './sections.ts'
import { summaryLength, summaryWeights, type WordModel } from './summary-weights.ts'

const cueNames = [
  'proposes',
  'studies',
  'thisPaper',
  'thisPaperDoes',
  'aNew',
  'byDoing',
  'we',
  'adds',
  'responds',
  'problem',
  'background',
  'colon',
] as const satisfies readonly Cue[]

/** The features of every sentence of the abstract, in order, for choosing the one-sentence summary. */
export function summaryFeatures(outline: AnalyzedPaper, words: WordModel): FeatureValues[] {
  const { sentences } = outline
  const similarity = sentences.map(sentence => expectedOverlap(sentence, outline, words))
  const likeliest = similarity.indexOf(Math.max(...similarity))
  const purpose = sentences.findIndex(({ text }) => statesPurpose(text))
  const proposal = sentences.findIndex(({ text }) => cues.proposes.test(text))
  return sentences.map((sentence, i) => ({
    similarity: 10 * (similarity[i] ?? 0),
    likeliest: i === likeliest,
    titleShare: titleShare(sentence, outline),
    shared: sharedWithOthers(sentence, outline),
    length: Math.log((sentence.tokens.length + 1) / summaryLength),
    opens: i === 0,
    position: i / Math.max(1, sentences.length - 1),
    firstPurpose: i === purpose,
    beforePurpose: i < purpose,
    firstProposal: i === proposal,
    dangles: dangles(sentence.text),
    ...Object.fromEntries(cueNames.map(name => [name, cues[name].test(sentence.text)])),
  }))
}

/** Expected ROUGE-1 F1 of the sentence against a summary drawn from the word model. */
function expectedOverlap(
  { tokens }: AnalyzedSentence,
  { title, spread }: AnalyzedPaper,
  words: WordModel,
): number {
  const seen = new Set<string>()
  let overlap = 0
  for (const { term, stop } of tokens) {
    // The repetition of a stop word often matches one in the summary, the repetition of any other word rarely.
    const again = seen.has(term) ? (stop ? 0.3 : 0.1) : 1
    seen.add(term)
    const row = title.has(term) ? words.inTitle : words.elsewhere
    const share = stop ? words.stopWord : (row[Math.min(row.length, spread.get(term) ?? 1) - 1] ?? 0)
    overlap += again * share
  }
  return (2 * overlap) / (tokens.length + summaryLength)
}

/** The share of the title's terms that the sentence contains. */
export function titleShare({ terms }: AnalyzedSentence, { title }: AnalyzedPaper): number {
  let held = 0
  for (const term of title) if (terms.has(term)) held++
  return title.size === 0 ? 0 : held / title.size
}

/** The mean share of the other sentences that contain the sentence's terms. */
function sharedWithOthers({ terms }: AnalyzedSentence, { spread, sentences }: AnalyzedPaper): number {
  let others = 0
  for (const term of terms.keys()) others += (spread.get(term) ?? 1) - 1
  return terms.size === 0 ? 0 : (5 * others) / (terms.size * sentences.length)
}

/**
 * A structured abstract says in its conclusions what it found, and a publisher's notice says nothing. The papers that the
 * weights are fitted on have neither; this counts for more than all other features together.
 */
const decisive = 12

function partWorth({ text }: AnalyzedSentence, section: Section | undefined): number {
  if (isNotice(text)) return -decisive
  return section === 'conclusions' ? decisive : 0
}

/** A score for each sentence as the paper's one-sentence summary; comparable only within the abstract. */
export function summaryScores(outline: AnalyzedPaper): number[] {
  const { words, weights } = summaryWeights
  const sections = sectionsOf(outline)
  const features = summaryFeatures(outline, words)
  return outline.sentences.map(
    (sentence, i) => weigh(weights, features[i] ?? {}) + partWorth(sentence, sections[i]),
  )
}

/** Index of the best one-sentence summary; -1 without an abstract. Computed once per paper. */
export const centralSentenceOf = oncePer((paper: AnalyzedPaper): number => {
  const scores = summaryScores(paper)
  return scores.indexOf(Math.max(...scores))
})
