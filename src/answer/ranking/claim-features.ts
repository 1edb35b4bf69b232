import type { Told } from './linear.ts'
import type { Match } from './match.ts'

const up =
  /\b(?:increas\w{0,40}|rais\w{1,40}|higher|greater|elevat\w{1,40}|enhanc\w{1,40}|improv\w{1,40}|promot\w{1,40}|induc\w{1,40}|activat\w{1,40}|stimulat\w{1,40}|upregulat\w{1,40}|up-regulat\w{1,40}|more|gain\w{0,40}|positive\w{0,40}|caus\w{1,40}|accelerat\w{1,40}|rose|risen)\b/iu
const down =
  /\b(?:decreas\w{0,40}|reduc\w{1,40}|lower\w{0,40}|less|fewer|inhibit\w{0,40}|suppress\w{0,40}|impair\w{0,40}|prevent\w{0,40}|block\w{0,40}|downregulat\w{1,40}|down-regulat\w{1,40}|declin\w{1,40}|loss|protect\w{0,40}|attenuat\w{1,40}|negative\w{0,40}|diminish\w{0,40}|abolish\w{0,40}|delay\w{0,40}|fell|dropp?\w{0,40})\b/iu
const link =
  /\b(?:associat\w{1,40}|correlat\w{1,40}|link\w{0,40}|relat\w{1,40}|predict\w{0,40}|risk|depend\w{0,40}|requir\w{1,40}|essential|necessary|mediat\w{1,40}|regulat\w{1,40}|role|due to|interact\w{0,40}|bind\w{0,40})\b/iu
const denies = /\b(?:not?|neither|nor|never|without|lack\w{0,40}|fail\w{0,40}|unable|cannot)\b/iu
const section = /^\W{0,3}(?:[A-Z][A-Z /,&-]{3,60})\b/u
const ends = /^\W{0,3}(?:CONCLUSIONS?|INTERPRETATION|DISCUSSION|IMPLICATIONS?|SIGNIFICANCE)\b/u
const results = /^\W{0,3}(?:(?:MAIN |PRINCIPAL )?(?:RESULTS?|FINDINGS?|OUTCOMES?)|METHODS AND (?:RESULTS|FINDINGS)|MEASUREMENTS AND MAIN RESULTS)\b/u
const setsOut =
  /\b(?:aim\w{0,40}|objective\w{0,40}|purpose|hypothes\w{1,40}|investigat\w{1,40}|examin\w{1,40}|sought|whether|to (?:determine|assess|evaluate|test|study|compare))\b/iu
const didIt =
  /\b(?:were|was) (?:\w{1,40}ly )?(?:measured|assessed|performed|randomi[sz]ed|recruited|collected|included|enrolled|obtained|analy[sz]ed|evaluated|used|conducted|treated|followed|examined|identified|searched|selected|assigned)\b|\bwe (?:\w{1,40}ly )?(?:measured|assessed|performed|randomi[sz]ed|recruited|collected|included|enrolled|obtained|analy[sz]ed|evaluated|used|conducted|treated|followed|examined|searched|studied|compared)\b/iu

/** How far a sentence is evidence for a claim or against it (`claim`); nothing when a question is asked. */
export function claimFeatures(m: Match, i: number): Told {
  const { kinds, text: claim } = m.question
  if (!kinds.claim) return {}
  const { texts, cues, main, turn } = m.discourse
  const text = texts[i] ?? ''
  const cue = cues[i]
  const last = texts.length - 1
  const moves = up.test(claim) || down.test(claim)
  return {
    'claim.finds': cue?.finds ?? false,
    'claim.experiments': cue?.experiments ?? false,
    'claim.concludes': cue?.concludes ?? false,
    'claim.gains': cue?.gains ?? false,
    'claim.trouble': cue?.trouble ?? false,
    'claim.proposes': cue?.proposes ?? false,
    'claim.cause': cue?.cause ?? false,
    'claim.isa': cue?.isa ?? false,
    'claim.mechanism': cue?.mechanism ?? false,
    'claim.leans': cue?.leans ?? false,
    'claim.digits': cue?.digits ?? false,
    'claim.measure': /\d/u.test(claim) && (cue?.measure ?? false),
    'claim.moves': moves && (up.test(text) || down.test(text)),
    'claim.same': (up.test(claim) && up.test(text)) || (down.test(claim) && down.test(text)),
    'claim.opposite': (up.test(claim) && down.test(text)) || (down.test(claim) && up.test(text)),
    'claim.link': link.test(claim) && link.test(text),
    'claim.denies': denies.test(claim) && denies.test(text),
    'claim.ends': ends.test(text),
    'claim.results': results.test(text),
    'claim.section': section.test(text),
    'claim.setsout': setsOut.test(text) && i <= last - 1,
    'claim.didit': didIt.test(text),
    'claim.last': i === last,
    'claim.lastbut': i === last - 1,
    'claim.postmain': i > main,
    'claim.preturn': i < turn,
    'claim.coverfinds': cue?.finds || cue?.concludes ? (m.cover[i] ?? 0) : 0,
    'claim.covertop': (m.cover[i] ?? 0) - Math.max(...m.cover),
    'claim.wholly': (m.cover[i] ?? 0) >= 0.8,
  }
}
