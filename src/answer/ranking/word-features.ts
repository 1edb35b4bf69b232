import { pairsOf } from '../question.ts'
import type { FeatureValues } from './linear.ts'
import { type Match, share } from './match.ts'

const solving = /^(?:specifically|in particular|we |our |to )/iu
const mostHits = 3

/**
 * Matches of the question's words in the sentence (`lex`), of those not in the title (`rest`), in adjacent sentences
 * (`near`), and by embedding (`soft`).
 */
export function wordFeatures(m: Match, i: number): FeatureValues {
  return { ...wholeQuestion(m, i), ...pastTheTitle(m, i), ...neighbours(m, i), ...byMeaning(m, i) }
}

function wholeQuestion(m: Match, i: number): FeatureValues {
  const { question, paper } = m
  const tokens = paper.sentences[i]?.tokens ?? []
  const content = termsIn(tokens)
  const asked = new Set(bigrams(termsIn(question.tokens)))
  const cover = m.cover[i] ?? 0
  const tell = m.tell[i] ?? 0
  const pairs = pairsOf(tokens).filter(pair => question.pairs.has(pair)).length
  return {
    'lex.cover': cover,
    'lex.wider': share(m.idf, m.wide[i] ?? new Map()) - cover,
    'lex.tell': tell,
    'lex.telltop': tell - Math.max(...m.tell),
    'lex.pairs': Math.min(1, pairs / Math.max(1, question.pairs.size)),
    'lex.phrase': Math.min(2, bigrams(content).filter(pair => asked.has(pair)).length) / 2,
  }
}

const termsIn = (tokens: Match['question']['tokens']): string[] =>
  tokens.filter(({ stop }) => !stop).map(({ term }) => term)
const bigrams = (terms: readonly string[]): string[] =>
  terms.slice(1).map((term, i) => `${terms[i] ?? ''} ${term}`)

function pastTheTitle(m: Match, i: number): FeatureValues {
  const { question, paper, specific, idf } = m
  const held = m.held[i] ?? new Map<string, number>()
  const wide = m.wide[i] ?? new Map<string, number>()
  const terms = paper.sentences[i]?.terms
  const restTell = m.restTell[i] ?? 0
  const restCover = m.restCover[i] ?? 0
  const restIdf = new Map(m.rest.map(term => [term, idf.get(term) ?? 0]))
  const { focus } = question
  const width = Math.max(1, focus.length)
  const onFocus = focus.filter(term => held.has(term)).length
  return {
    'rest.tell': restTell,
    'rest.telltop': restTell > 0 && restTell >= Math.max(...m.restTell) - 1e-9,
    'rest.rest': restCover,
    'rest.restw': share(restIdf, wide) - restCover,
    'rest.resttop': restCover - Math.max(...m.restCover),
    'rest.hits': Math.min(mostHits, specific.filter(term => held.has(term)).length),
    'rest.maxidf': Math.max(0, ...specific.map(term => (idf.get(term) ?? 0) * (held.get(term) ?? 0))) / 5,
    'rest.focus': focus.filter(term => held.has(term) || terms?.has(term)).length / width,
    'rest.focusw': (focus.filter(term => (wide.get(term) ?? 0) > 0).length - onFocus) / width,
  }
}

function neighbours(m: Match, i: number): FeatureValues {
  const { cues, texts } = m.discourse
  const cue = cues[i]
  const before = m.tell[i - 1] ?? 0
  const restBefore = m.restTell[i - 1] ?? 0
  const proposes = cue?.thisPaper || cue?.proposes
  return {
    'near.solves': cue?.thisPaper || solving.test(texts[i] ?? '') ? before : 0,
    'near.solvesprob': proposes && cues[i - 1]?.trouble ? restBefore : 0,
    'near.before': m.cover[i - 1] ?? 0,
    'near.after': m.cover[i + 1] ?? 0,
    'near.restbefore': m.restCover[i - 1] ?? 0,
    'near.restafter': m.restCover[i + 1] ?? 0,
    'near.leanbefore': cue?.leans || cue?.specifics ? before : 0,
  }
}

const byMeaning = ({ near }: Match, i: number): FeatureValues => ({
  'soft.cover': near?.cover[i] ?? 0,
  'soft.rest': near?.rest[i] ?? 0,
  'soft.beyond': near?.beyond[i] ?? 0,
  'soft.generic': near?.generic[i] ?? 0,
  'soft.focus': near?.focus[i] ?? 0,
  'soft.cosine': near?.cosine[i] ?? 0,
})
