import type { FeatureValues } from './linear.ts'
import type { Match } from './match.ts'
import type { SentenceCue } from './sentence-cues.ts'

const up =
  /\b(?:increas\w{0,40}|rais\w{1,40}|higher|greater|elevat\w{1,40}|enhanc\w{1,40}|improv\w{1,40}|promot\w{1,40}|induc\w{1,40}|activat\w{1,40}|stimulat\w{1,40}|upregulat\w{1,40}|up-regulat\w{1,40}|more|gain\w{0,40}|positive\w{0,40}|caus\w{1,40}|accelerat\w{1,40}|rose|risen)\b/iu
const down =
  /\b(?:decreas\w{0,40}|reduc\w{1,40}|lower\w{0,40}|less|fewer|inhibit\w{0,40}|suppress\w{0,40}|impair\w{0,40}|prevent\w{0,40}|block\w{0,40}|downregulat\w{1,40}|down-regulat\w{1,40}|declin\w{1,40}|loss|protect\w{0,40}|attenuat\w{1,40}|negative\w{0,40}|diminish\w{0,40}|abolish\w{0,40}|delay\w{0,40}|fell|dropp?\w{0,40})\b/iu
const link =
  /\b(?:associat\w{1,40}|correlat\w{1,40}|link\w{0,40}|relat\w{1,40}|predict\w{0,40}|risk|depend\w{0,40}|requir\w{1,40}|essential|necessary|mediat\w{1,40}|regulat\w{1,40}|role|due to|interact\w{0,40}|bind\w{0,40})\b/iu
const denies = /\b(?:not?|neither|nor|never|without|lack\w{0,40}|fail\w{0,40}|unable|cannot)\b/iu
const section = /^\W{0,3}(?:[A-Z][A-Z /,&-]{3,60})\b/u
const ends = /^\W{0,3}(?:CONCLUSIONS?|INTERPRETATION|DISCUSSION|IMPLICATIONS?|SIGNIFICANCE)\b/u
const results =
  /^\W{0,3}(?:(?:MAIN |PRINCIPAL )?(?:RESULTS?|FINDINGS?|OUTCOMES?)|METHODS AND (?:RESULTS|FINDINGS)|MEASUREMENTS AND MAIN RESULTS)\b/u
const setsOut =
  /\b(?:aim\w{0,40}|objective\w{0,40}|purpose|hypothes\w{1,40}|investigat\w{1,40}|examin\w{1,40}|sought|whether|to (?:determine|assess|evaluate|test|study|compare))\b/iu
const didIt =
  /\b(?:were|was) (?:\w{1,40}ly )?(?:measured|assessed|performed|randomi[sz]ed|recruited|collected|included|enrolled|obtained|analy[sz]ed|evaluated|used|conducted|treated|followed|examined|identified|searched|selected|assigned)\b|\bwe (?:\w{1,40}ly )?(?:measured|assessed|performed|randomi[sz]ed|recruited|collected|included|enrolled|obtained|analy[sz]ed|evaluated|used|conducted|treated|followed|examined|searched|studied|compared)\b/iu

const usedCues = [
  'finds',
  'experiments',
  'concludes',
  'gains',
  'trouble',
  'proposes',
  'cause',
  'isa',
  'mechanism',
  'leans',
  'digits',
] as const satisfies readonly SentenceCue[]

/** How far a sentence is evidence for or against a claim (`claim`); no features for a question. */
export function claimFeatures(m: Match, i: number): FeatureValues {
  if (!m.question.kinds.claim) return {}
  const { texts, cues, main, turn } = m.discourse
  const text = texts[i] ?? ''
  const cue = cues[i]
  const last = texts.length - 1
  const cover = m.cover[i] ?? 0
  const found = usedCues.map(name => [`claim.${name}`, cue?.[name] ?? false])
  return {
    ...Object.fromEntries(found),
    ...beside(m.question.text, text),
    'claim.ends': ends.test(text),
    'claim.results': results.test(text),
    'claim.section': section.test(text),
    'claim.setsout': setsOut.test(text) && i < last,
    'claim.didit': didIt.test(text),
    'claim.last': i === last,
    'claim.lastbut': i === last - 1,
    'claim.postmain': i > main,
    'claim.preturn': i < turn,
    'claim.coverfinds': cue?.finds || cue?.concludes ? cover : 0,
    'claim.covertop': cover - Math.max(...m.cover),
    'claim.wholly': cover >= wholly,
  }
}

const wholly = 0.8

/** Compares claim and sentence: same direction, opposite direction, an association, a number. */
function beside(claim: string, text: string): FeatureValues {
  const asked = { up: up.test(claim), down: down.test(claim) }
  const said = { up: up.test(text), down: down.test(text) }
  const both = (pattern: RegExp): boolean => pattern.test(claim) && pattern.test(text)
  return {
    'claim.moves': (asked.up || asked.down) && (said.up || said.down),
    'claim.same': (asked.up && said.up) || (asked.down && said.down),
    'claim.opposite': (asked.up && said.down) || (asked.down && said.up),
    'claim.link': both(link),
    'claim.denies': both(denies),
    'claim.number': both(/\d/u),
  }
}
