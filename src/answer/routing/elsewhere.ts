import { buildAnswer, type Reading } from '../build-answer.ts'
import type { Answer, Subject } from '../port.ts'
import { readQuestion } from '../question.ts'
import { surveyed } from './survey.ts'

const tail =
  '(?:\\s(?:say|said|think|find|found|show|report|agree|disagree|differ|offer(?:ed)?|gives?|have|has|see|conclude|there|here|on|about|with|to|for|it|this|that|them|the same|same|something|anything|else|different(?:ly)?|too|also|so|then|now)){0,6}'
const elsewhere = new RegExp(
  `^\\W{0,9}(?:(?:and|but|so|ok(?:ay)?|also|then)[\\s,]{1,3})?(?:(?:do|does|did|is|are|was|were|has|have|what|any|what about|how about|there|the|say|anyone|anybody|somebody|someone|offers?|offered|given?|proposed?|suggest(?:ed)?)\\s){0,4}(?:(?:an)?other|another|different) (?:papers?|stud(?:y|ies)|articles?|authors?|groups?|people|teams?|works?|explanations?|answers?|views?|opinions?|reasons?|findings?|results?|evidence)${tail}\\W{0,9}$|^\\W{0,9}(?:(?:and|but|so|does|did|has)\\s){0,2}(?:anyone|anybody|someone|somebody) else${tail}\\W{0,9}$`,
  'iu',
)

/** Whether other papers are asked the same: "do other papers say something else?", "does anyone offer another explanation?" */
export const asksElsewhere = (text: string): boolean => elsewhere.test(text.slice(0, 200))

/** The earlier question, put to all papers but those that it was answered from. Undefined where that is not asked. */
export function elsewhereAnswer(text: string, subject: Subject, reading: Reading): Answer | undefined {
  if (subject.papers.length === 0 || !asksElsewhere(text)) return undefined
  const query = reading.search.parse(subject.question)
  const { hits } = reading.search.search(query, { limit: surveyed })
  const others = hits.filter(({ paper }) => !subject.papers.includes(paper.id))
  const question = readQuestion(query, reading.search, reading.meaning)
  return buildAnswer(question, { hits: others, query }, undefined, reading)
}
