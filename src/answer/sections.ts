import type { AnalyzedPaper } from './analyzed-paper.ts'
import { oncePer } from './once-per.ts'

/** The part of a structured abstract that a sentence belongs to. */
export type Section = 'background' | 'methods' | 'results' | 'conclusions'

const headings: Readonly<Record<Section, string>> = {
  background: 'background|introduction|context|objectives?|aims?|purpose|rationale|motivation|importance',
  methods:
    'methods?|materials? and methods?|patients and methods?|methodology|design|study design|setting|participants|patients|subjects|interventions?|(?:main )?outcome measures?|measurements',
  results:
    '(?:main |principal )?(?:results?|findings?|outcomes?)|methods? and (?:results?|findings?)|methodology[/ ]principal findings|measurements and main results',
  conclusions:
    '(?:authors. )?conclusions?|conclusions?[/ ]significance|interpretation|discussion|implications?|significance|summary',
}

/** Headings stand in capitals ("RESULTS We found") or before a colon ("Results: we found"). */
const patterns = Object.entries(headings).map(([section, words]) => ({
  section: section as Section,
  capitals: new RegExp(`^\\W{0,3}(?:${words.toUpperCase()})\\b`, 'u'),
  colon: new RegExp(`^\\W{0,3}(?:${words})\\s?:`, 'iu'),
}))

const headingOf = (text: string): Section | undefined =>
  patterns.find(({ capitals, colon }) => capitals.test(text) || colon.test(text))?.section

/**
 * The section of each sentence; all undefined unless the abstract has at least two headings, since a single one may be
 * a word of the sentence.
 */
export const sectionsOf = oncePer(({ sentences }: AnalyzedPaper): readonly (Section | undefined)[] => {
  const own = sentences.map(({ text }) => headingOf(text))
  if (own.filter(section => section !== undefined).length < 2) return sentences.map(() => undefined)
  let last: Section | undefined
  return own.map(section => {
    last = section ?? last
    return last
  })
})
