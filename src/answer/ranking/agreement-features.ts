import { centralSentenceOf } from '../summary-ranker.ts'
import { asked, said } from './asked-and-said.ts'
import type { FeatureValues } from './linear.ts'
import type { Match } from './match.ts'
import { numberBefore, numberKinds } from './numbers.ts'
import { sentenceCues } from './sentence-cues.ts'

/**
 * Interactions between the kind of question and what the sentence says (`agree`, `mech`): the strongest features of
 * the ranking.
 */
export function agreementFeatures(m: Match, i: number): FeatureValues {
  return {
    ...listFeatures(m, i),
    ...numberFeatures(m, i),
    ...verdictFeatures(m, i),
    ...trialFeatures(m, i),
    ...mechanismFeatures(m, i),
    ...reasonFeatures(m, i),
    ...limitFeatures(m, i),
    ...digestFeatures(m, i),
    ...placeToGet(m, i),
  }
}

/** What the features below use of a sentence. */
function sentenceOf({ paper, discourse }: Match, i: number) {
  const cue = discourse.cues[i]
  return {
    text: discourse.texts[i] ?? '',
    tokens: paper.sentences[i]?.tokens ?? [],
    names: discourse.names[i] ?? 0,
    cue,
    /** Before the first sentence about the authors' own work. */
    pre: i < discourse.turn,
    /** After the authors' proposal. */
    post: i > discourse.main,
    /** Reports results and proposes nothing. */
    tells: ((cue?.finds ?? false) || (cue?.experiments ?? false)) && !cue?.proposes,
    byMeans: said.byMeans.test(discourse.texts[i] ?? ''),
  }
}

/** Which ones, and who. */
function listFeatures(m: Match, i: number): FeatureValues {
  const { kinds, text: question, focus } = m.question
  const { text, names, cue, pre } = sentenceOf(m, i)
  const focused = focus.some(term => m.held[i]?.has(term) || (m.wide[i]?.get(term) ?? 0) > 0)
  const lists = kinds.which || kinds.who || kinds.trial
  return {
    'agree.names': lists ? Math.min(1, names / 4) : 0,
    'agree.focusnames': kinds.which && focused ? Math.min(1, names / 3) : 0,
    'agree.focusenum': kinds.which && focused && (cue?.enum || names > 1),
    'agree.who': kinds.who && said.people.test(text),
    'agree.whichpre': (kinds.which || kinds.who) && pre,
    'agree.lang': /\blanguages?\b/iu.test(question) && said.language.test(text),
    'agree.llm': kinds.which && /\b(?:llms?|models?)\b/iu.test(question) && said.modelName.test(text),
  }
}

/** How many, how much, how large. */
function numberFeatures(m: Match, i: number): FeatureValues {
  const { kinds, text: question, focus } = m.question
  const size = asked.size.test(question)
  if (!kinds.number && !size) return {}
  const { text, tokens, cue, pre } = sentenceOf(m, i)
  const { counts, ratios, orders } = numberKinds(text)
  const many = kinds.number && asked.howMany.test(question)
  const nouns = new Set(focus.length > 0 ? focus : m.specific)
  return {
    'agree.size': size && said.sized.test(text) ? Math.min(1, counts / 2) : 0,
    ...(kinds.number
      ? {
          'agree.numnoun': numberBefore(tokens, nouns),
          'agree.count': many ? Math.min(1, counts) : 0,
          'agree.countratio': many && ratios > 0 && counts === 0,
          'agree.ratio': many ? 0 : Math.min(1, ratios + orders),
          'agree.none': counts + ratios + orders === 0,
          'agree.num': cue?.numbers ?? false,
          'agree.dig': cue?.digits ?? false,
          'agree.meas': cue?.measure ?? false,
          'agree.numpre': pre,
        }
      : {}),
  }
}

/** Whether it is so, better, worse or cheaper; what was found. */
function verdictFeatures(m: Match, i: number): FeatureValues {
  const { kinds, text: question } = m.question
  const { text, cue, pre, post } = sentenceOf(m, i)
  const verdict = kinds.yesno || kinds.gain || kinds.howgood || kinds.finds
  return {
    'agree.beat': asked.beats.test(question) && said.beats.test(text),
    'agree.worse': asked.worse.test(question) && said.worse.test(text),
    'agree.cheap': asked.cheap.test(question) && said.cheap.test(text),
    'agree.resfind': verdict && (cue?.finds || cue?.gains || false) && !pre,
    'agree.respre': verdict && pre,
    'agree.resprop': verdict && (cue?.proposes ?? false) && !cue?.finds,
    'agree.findspost': kinds.finds && post && (cue?.finds ?? false),
  }
}

/** What it was tested on. */
function trialFeatures(m: Match, i: number): FeatureValues {
  if (!m.question.kinds.trial) return {}
  const { text, cue, pre } = sentenceOf(m, i)
  return {
    'agree.tested': said.trial.test(text),
    'agree.trialpre': pre,
    'agree.trialdata': (cue?.data ?? false) && !pre,
  }
}

const mechanisms = new RegExp(sentenceCues.mechanism.source, 'giu')
const mostMechanisms = 3
const begins = /^(?:we|our|here)\b/iu

/** How it is done. */
function mechanismFeatures(m: Match, i: number): FeatureValues {
  if (!m.question.kinds.how) return {}
  const { text, cue, pre, tells, byMeans } = sentenceOf(m, i)
  const solves = cue?.thisPaper || cue?.specifics || begins.test(text)
  const trouble = cue?.trouble || cue?.contrast
  return {
    'mech.hown': Math.min(mostMechanisms, text.match(mechanisms)?.length ?? 0) / mostMechanisms,
    'mech.howby': said.plainMeans.test(text),
    'mech.howres': tells,
    'agree.howsolve': solves ? (m.restTell[i - 1] ?? 0) : 0,
    'agree.howpre': pre,
    'agree.howprob': (trouble ?? false) && !cue?.thisPaper && !cue?.proposes,
    'agree.howres': tells && !byMeans,
    'agree.howspec': (cue?.specifics ?? false) || ((cue?.leans ?? false) && byMeans),
    'agree.howby': byMeans,
    'agree.howprop': cue?.proposes ?? false,
  }
}

/** Why, and what the problem is. */
function reasonFeatures(m: Match, i: number): FeatureValues {
  const { kinds } = m.question
  if (!kinds.why && !kinds.trouble) return {}
  const { text, cue, pre, post } = sentenceOf(m, i)
  return {
    'agree.whyprob': (cue?.trouble || cue?.contrast || cue?.cause || said.lacks.test(text)) && pre,
    'agree.whysol': cue?.proposes ?? false,
    'agree.whypost': post && !cue?.trouble,
    'reason.density': m.near?.density[i] ?? 0,
  }
}

/** Its limitations. */
function limitFeatures(m: Match, i: number): FeatureValues {
  if (!m.question.kinds.limits) return {}
  const { text, cue, pre } = sentenceOf(m, i)
  return {
    'agree.next': said.next.test(text),
    'agree.limlast': i >= m.paper.sentences.length - 2,
    'agree.limpre': pre,
    'agree.limlimit': cue?.limit ?? false,
    'agree.limconcl': cue?.concludes ?? false,
  }
}

/** What a summary is made of. */
function digestFeatures({ question, paper, discourse: { turn, main } }: Match, i: number): FeatureValues {
  if (!question.kinds.digest) return {}
  return {
    'agree.digestgist': i === centralSentenceOf(paper),
    'agree.digestpre': i < turn,
    'agree.digestturn': i === turn,
    'agree.digestmain': i === main,
  }
}

/** Availability of code and data, unwelcome when not asked for; and the few features of the remaining kinds. */
function placeToGet(m: Match, i: number): FeatureValues {
  const { kinds, text: question } = m.question
  const { text, cue, pre, post, tells } = sentenceOf(m, i)
  const url = cue?.url ?? false
  return {
    'agree.url': kinds.avail && url,
    'agree.avail': kinds.avail && (cue?.available ?? false),
    'agree.time': asked.video.test(question) && url,
    'agree.defurl': url && !kinds.avail,
    'agree.defprop': kinds.define && (cue?.proposes ?? false),
    'agree.defpre': kinds.define && pre,
    'agree.deffinds': kinds.define && tells,
    'agree.use': kinds.use && said.use.test(text),
    'agree.otherpost': kinds.other && post,
  }
}
