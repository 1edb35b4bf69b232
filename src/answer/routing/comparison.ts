import { quoteOf, type Reading } from '../build-answer.ts'
import type { Answer } from '../port.ts'
import { readQuestion } from '../question.ts'
import { share } from '../ranking/match.ts'
import { type RankedSentence, rankSentences } from '../ranking/rank.ts'
import { termCoverageOf, termMatchingOf } from '../term-matching.ts'

/** Two things are to be laid side by side. Which one is better is another question: only a paper that tried both can tell. */
const forms: readonly RegExp[] = [
  /\bdifferences? between (.{2,80}?) and (.{2,80})$/iu,
  /^compare (.{2,80}?) (?:and|with|to) (.{2,80})$/iu,
  /^(.{2,60}?) (?:vs\.?|versus) (.{2,60})$/iu,
  /^how (?:does|do|is|are) (.{2,60}?) (?:differ|different) from (.{2,60})$/iu,
]

/** The two things that a question compares: "MLKV" and "GQA" in "what's the difference between MLKV and GQA?". */
export function comparedIn(typed: string): readonly [string, string] | undefined {
  const text = typed
    .trim()
    .slice(0, 300)
    .replace(/[?!.\s]{1,20}$/u, '')
  for (const form of forms) {
    const [, one = '', other = ''] = form.exec(text) ?? []
    if (one !== '' && other !== '') return [one, other]
  }
  return undefined
}

/** A paper is about a thing when its text holds all of the thing's name, and its title so much of it, or no other paper any. */
const leastTitled = 0.5
/** The idf of a term of one paper falls so far behind that of an unseen one, however many papers there are. */
const behindUnseen = 1.2

/** What the paper that is about a thing says it is; undefined where no paper is. */
function toldOf(thing: string, { search, read, meaning }: Reading): RankedSentence | undefined {
  const [hit] = search.search(thing, { limit: 1 }).hits
  if (hit === undefined) return undefined
  const paper = read(hit.paper)
  const question = readQuestion(`What is ${thing}?`, search, meaning)
  const idf = new Map(question.terms.filter(({ extra }) => !extra).map(one => [one.term, one.idf]))
  const held = termCoverageOf(paper.words, termMatchingOf([...idf.keys()], paper.words))
  const titled = new Map([...held].filter(([term]) => paper.title.has(term)))
  const rare = [...idf.values()].every(value => value >= search.idf('') - behindUnseen)
  if (share(idf, held) < 1 - 1e-6 || !(rare || share(idf, titled) >= leastTitled)) return undefined
  return rankSentences(question, [{ paper, rank: 0, standing: 1, isSubject: false }])[0]
}

/** What each of two papers says of its thing, one below the other; undefined where the question compares none that are here. */
export function comparisonAnswer(text: string, reading: Reading): Answer | undefined {
  const things = comparedIn(text)
  const told = things?.flatMap(thing => toldOf(thing, reading) ?? []) ?? []
  const [one, other] = told
  if (one === undefined || other === undefined || one.paper === other.paper) return undefined
  return {
    kind: 'survey',
    answered: true,
    confidence: 1,
    quotes: told.map(quoteOf),
    shown: told.length,
    papers: told.map(({ paper }) => paper.paper),
    query: reading.search.parse(text),
    lacks: { attributes: [], words: [] },
  }
}
