import type { Token } from '../../search/analysis/analyze.ts'
import { centralSentenceOf } from '../summary-ranker.ts'
import { said } from './asked-and-said.ts'
import type { FeatureValues } from './linear.ts'
import type { Match } from './match.ts'

const half = 0.5
const longestBefore = 60

/** How a sentence defines what is asked for (`def`); no features unless a definition is asked for. */
export function definitionFeatures(m: Match, i: number): FeatureValues {
  if (!m.question.kinds.define) return {}
  const { terms, full, first } = m.target
  const { main, turn, cues } = m.discourse
  const whole = full[i] ?? 0
  const titleOnly = Math.max(0, ...full) < half
  const found = {
    'def.titleonly_main': titleOnly && i === main,
    'def.titleonly_turn': titleOnly && i === turn,
    'def.titleonly_gist': titleOnly && i === centralSentenceOf(m.paper),
  }
  if (terms.length === 0) return found
  return {
    ...found,
    'def.full': whole,
    'def.first': i === first,
    'def.after': first >= 0 && i === first + 1 && (cues[i]?.leans || whole > 0),
    ...(whole < half ? {} : mentionFeatures(m, i)),
  }
}

/** The text before and after the closest mention of the target. */
function mentionFeatures({ paper, target, discourse }: Match, i: number): FeatureValues {
  const sentence = paper.sentences[i]
  const mention = sentence && tightest(sentence.tokens, target.terms)
  if (sentence === undefined || mention === undefined) return {}
  const { text, tokens } = sentence
  const before = text.slice(0, tokens[mention.from]?.start)
  const after = text.slice(tokens[mention.to]?.end)
  return {
    'def.begins': mention.from <= 2,
    'def.isub': before.length < longestBefore && said.isA.test(after),
    'def.copula': before.length < 25 && said.copula.test(after),
    'def.appos': said.apposed.test(after),
    'def.intro': said.introduces.test(before),
    'def.called': said.calls.test(before),
    'def.brack': inBrackets(before, after),
    'def.isa': discourse.cues[i]?.isa ?? false,
  }
}

const inBrackets = (before: string, after: string): boolean =>
  /\(\s{0,9}$/u.test(before) ||
  /^\s{0,9}\(\s{0,9}[A-Z][\w-]{0,60}\s{0,9}\)/u.test(after) ||
  (/^[^()]{0,20}\(/u.test(after) && /[A-Z]/u.test(after.slice(0, 30)))

/** The run of adjacent tokens that contains most of the terms; the first of several. */
function tightest(
  tokens: readonly Token[],
  terms: readonly string[],
): { from: number; to: number } | undefined {
  let found: { from: number; to: number } | undefined
  let most = 0
  for (let from = 0; from < tokens.length; from++) {
    if (!terms.includes(tokens[from]?.term ?? '')) continue
    let to = from
    const seen = new Set([tokens[from]?.term])
    while (terms.includes(tokens[to + 1]?.term ?? '')) seen.add(tokens[++to]?.term)
    const whole = !tokens[to]?.joined && !tokens[from - 1]?.joined
    if (seen.size > most && whole) {
      most = seen.size
      found = { from, to }
    }
  }
  return found
}
