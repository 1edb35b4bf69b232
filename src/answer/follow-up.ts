import { tokenize } from '../search/analysis.ts'
import type { Subject } from './port.ts'

/** Words that lean on what was said before. */
const leaning =
  /^\s*(?:and|but|so|or|also|then|what about|how about|why|how so|since when|which ones?)\b|\b(?:it|its|they|them|their|theirs|this|that|these|those|he|she|the (?:paper|authors?|method|model|approach|work|saving|gain|result|one)s?)\b/iu
/** Words that count, below which a question hardly says what it is about. */
const fewTerms = 2
/** Above which it says so itself, whatever pronouns it holds. */
const manyTerms = 7

/** Whether a question cannot be understood without what was talked about before. */
export function leansOn(question: string): boolean {
  const terms = tokenize(question).filter(({ stop }) => !stop).length
  return terms <= fewTerms || (terms < manyTerms && leaning.test(question))
}

/** What to search for: the question, with its subject where it leans on one. */
export function carriedOver(question: string, subject: Subject | undefined): string {
  if (subject === undefined || !leansOn(question)) return question
  return subject.question === '' ? question : `${question} ${subject.question}`
}
