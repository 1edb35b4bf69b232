import type { Paper } from '../../corpus/paper.ts'
import { definitionsIn } from '../../search/analysis/abbreviations.ts'
import { quoteOf, type Reading } from '../build-answer.ts'
import type { Answer } from '../port.ts'
import { readQuestion } from '../question.ts'
import { share } from '../ranking/match.ts'
import { type RankedSentence, rankSentences } from '../ranking/rank.ts'
import { termCoverageOf, termMatchingOf } from '../term-matching.ts'

/**
 * Asks to compare two things. Which of them is better is another question, which only a paper that tried both
 * answers.
 */
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

/**
 * A paper is about a thing when its text contains the whole name, and its title this share of it unless the name is
 * rare.
 */
const leastTitled = 0.5
/**
 * The idf of a term in one paper is lower than that of an unseen term by at most this, whatever the collection's
 * size.
 */
const behindUnseen = 1.2

/** Hits that are looked through for a paper of the thing's name. */
const mostTried = 50

/** A paper whose title begins with the name and a colon, or that explains it as an abbreviation: its case counts. */
function isNamed(thing: string, { title, abstract }: Paper): boolean {
  if (title.startsWith(`${thing}:`)) return true
  return [...definitionsIn(title), ...definitionsIn(abstract)].some(({ short }) => short === thing)
}

/** The sentence in which the paper about a thing says what it is; undefined when no paper is about it. */
function definingSentence(thing: string, { search, read, meaning }: Reading): RankedSentence | undefined {
  const papers = search.search(thing, { limit: mostTried }).hits.map(hit => hit.paper)
  const named = papers.find(one => isNamed(thing, one))
  const found = named ?? papers[0]
  if (found === undefined) return undefined
  const paper = read(found)
  const question = readQuestion(`What is ${thing}?`, search, meaning)
  const idf = new Map(question.terms.filter(({ extra }) => !extra).map(one => [one.term, one.idf]))
  const held = termCoverageOf(paper.words, termMatchingOf([...idf.keys()], paper.words))
  const titled = new Map([...held].filter(([term]) => paper.title.has(term)))
  const rare = [...idf.values()].every(value => value >= search.idf('') - behindUnseen)
  const isAbout = share(idf, held) >= 1 - 1e-6 && (rare || share(idf, titled) >= leastTitled)
  if (named === undefined && !isAbout) return undefined
  return rankSentences(question, [{ paper, rank: 0, standing: 1, isSubject: false }])[0]
}

/**
 * What two papers say about the two things; undefined when the question compares nothing that is in the collection.
 */
export function comparisonAnswer(text: string, reading: Reading): Answer | undefined {
  const things = comparedIn(text)
  const definitions = things?.flatMap(thing => definingSentence(thing, reading) ?? []) ?? []
  const [one, other] = definitions
  if (one === undefined || other === undefined || one.paper === other.paper) return undefined
  return {
    kind: 'survey',
    answered: true,
    confidence: 1,
    quotes: definitions.map(quoteOf),
    shown: definitions.length,
    papers: definitions.map(({ paper }) => paper.paper),
    query: reading.search.parse(text),
    lacks: { attributes: [], words: [], nowhere: [] },
  }
}
