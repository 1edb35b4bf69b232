import type { Token } from '../../search/analysis/analyze.ts'
import { stem } from '../../search/analysis/stem.ts'
import type { Alignment } from './alignment.ts'
import type { ReadText } from './evidence.ts'

const wordsOf = (list: string): ReadonlySet<string> => new Set(list.split(' '))

const stemsOf = (list: string): ReadonlySet<string> => new Set(list.split(' ').map(stem))

const negations = wordsOf(
  'not no never without cannot cant neither nor none isnt arent wasnt werent doesnt dont didnt wont wouldnt hasnt havent fails fail failed failing unable lacks lack lacking absence unlike rather',
)
const hedges = wordsOf(
  'may might could possibly perhaps potentially whether suggest suggests hypothesize hypothesized hypothesise hypothesised assume assumed assumes aim aims',
)
/** Words that make a sentence say more: they have to stand in the passage. */
const strengthening = wordsOf(
  'all every always never only none most majority best worst first half twice double doubles triple hundred hundreds thousand thousands million millions billion billions entire entirely completely guarantee guarantees guaranteed perfectly significantly',
)
/** Two sides: words of the one say the opposite of the other's. */
const opposites: readonly (readonly [ReadonlySet<string>, ReadonlySet<string>])[] = [
  [
    'increase rise rises rose rising raise grow grows grew gain climb',
    'decrease reduce fall fell drop decline shrink shrank lower lose lost',
  ],
  ['higher', 'lower'],
  ['high', 'low'],
  ['more', 'less'],
  ['more', 'fewer'],
  ['better', 'worse'],
  ['outperform', 'underperform'],
  ['improve', 'degrade'],
  ['improve', 'worsen'],
  ['faster', 'slower'],
  ['fast', 'slow'],
  ['larger', 'smaller'],
  ['large', 'small'],
  ['positive', 'negative'],
  ['positively', 'negatively'],
  ['strong', 'weak'],
  ['easy', 'hard'],
  ['simple', 'complex'],
  ['before', 'after'],
  ['with', 'without'],
  ['online', 'offline'],
  ['supervised', 'unsupervised'],
  ['success', 'failure'],
  ['succeed', 'fail'],
  ['gain', 'loss'],
  ['enable', 'prevent'],
  ['promote', 'inhibit'],
  ['activate', 'inhibit'],
  ['induce', 'inhibit'],
  ['enhance', 'inhibit'],
  ['support', 'refute'],
  ['longer', 'shorter'],
  ['long', 'short'],
  ['upper', 'lower'],
  ['maximize', 'minimize'],
  ['same', 'different'],
  ['similar', 'different'],
  ['safe', 'unsafe'],
  ['stable', 'unstable'],
].map(([one = '', other = '']) => [stemsOf(one), stemsOf(other)] as const)

/** Words before what a sentence takes from a passage that may turn it. */
const before = 3

const holds = (tokens: readonly Token[], words: ReadonlySet<string>): boolean =>
  tokens.some(({ word }) => words.has(word))

/** The stretch of a passage that a sentence is taken from. */
function stretchOf(passage: readonly Token[], { positions }: Alignment): readonly Token[] {
  const first = positions[0] ?? 0
  const last = positions.at(-1) ?? -1
  return passage.slice(Math.max(0, first - before), last + 1)
}

/** Whether one of two texts denies and the other does not, or one is sure of what the other only supposes. */
export function turnsRound(sentence: ReadText, passage: ReadText, alignment: Alignment): boolean {
  const stretch = stretchOf(passage.tokens, alignment)
  if (holds(sentence.tokens, negations) !== holds(stretch, negations)) return true
  if (!holds(sentence.tokens, hedges) && holds(stretch, hedges)) return true
  const [own, theirs] = [stems(sentence), stems(passage)]
  return (
    negates(sentence.words, passage.words) ||
    negates(passage.words, sentence.words) ||
    opposites.some(([one, other]) => swaps(own, theirs, one, other) || swaps(own, theirs, other, one))
  )
}

const stems = ({ tokens }: ReadText): ReadonlySet<string> => new Set(tokens.map(({ term }) => term))

const negating = ['un', 'in', 'im', 'ir', 'il', 'non', 'dis']
/** Shorter words are parts of others: `put` of `input`. */
const shortest = 4

/** The one text has a word, such as `likely`, where the other has `unlikely`. */
const negates = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  [...one].some(
    word =>
      word.length >= shortest &&
      !other.has(word) &&
      negating.some(prefix => other.has(prefix + word) && !one.has(prefix + word)),
  )

/** The sentence has a word of one side, which the passage lacks, where the passage has the other's. */
const swaps = (
  own: ReadonlySet<string>,
  theirs: ReadonlySet<string>,
  one: ReadonlySet<string>,
  other: ReadonlySet<string>,
): boolean =>
  !own.isDisjointFrom(one) &&
  theirs.isDisjointFrom(one) &&
  !theirs.isDisjointFrom(other) &&
  own.isDisjointFrom(other)

/** Whether the sentence says all, only, best or the like where no passage does. */
export const strengthens = (sentence: ReadText, passages: readonly ReadText[]): boolean =>
  sentence.tokens.some(
    ({ word }) => strengthening.has(word) && !passages.some(({ words }) => words.has(word)),
  )
