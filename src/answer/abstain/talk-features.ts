import { dot } from '../../search/embedding/unit-vector.ts'
import type { WordMatcher } from '../../search/embedding/word-matcher.ts'
import { oncePer } from '../once-per.ts'
import type { Question } from '../question.ts'
import type { FeatureValues } from '../ranking/linear.ts'
import { hasMeaning } from '../ranking/nearness.ts'

const smallTalk =
  /^\W{0,9}(?:hey|hi|hello|yo|thx|thanks|thank you|cheers|good (?:morning|evening|night|bot|job)|bad bot|lol|ok(?:ay)?(?: lol| cool| thanks)?\W{0,9}$|cool\b|nice\b|bye|see you|how are you|i(?:'?m| am) (?:bored|tired|hungry|sad|happy)|that was|you(?:'re| are)? (?:great|awesome|dumb|stupid|suck|rock)|who (?:are|made) you|tell me (?:about yourself|a |something)|remind me (?:at|to|in|on))\b|\b(?:are you (?:sentient|human|alive|a bot|conscious|real|chatgpt|an ai)|do you (?:like|love|have feelings|sleep|dream)|tell me a joke|weather|stock price|recommend (?:me|a)|translate|recipe|world cup)\b|\bhow do i (?:install|uninstall|clear|put|quantize|use|fix|make|get|sort|run|clean|cook|change|delete|open|stop|become|learn|start)\b|\bwrite (?:me|a)\b|\bcan you (?:write|play|book|order|sing|draw)\b/iu
const personal = /\b(?:i|i'm|i'd|me|my|mine|you|your)\b/iu
const polite = /\b(?:tell me|give me|can you|could you|for me|can i (?:get|find|download)|how do you)\b/iu
const possessive = /\bmy\b|\b(?:do|can|should|could|may|did) i\b|\bam i\b/iu
/** What is asked of works, not of papers: everybody's facts. */
const trivia =
  /\b(?:who (?:invented|discovered|founded|won|painted|composed|directed|sings?|sang|is the (?:president|king|queen|ceo|best|strongest|richest))|how (?:tall|old|far away) (?:is|are)|(?:capital|population) of|what time|when is (?:the )?next|where (?:can|do|should) i (?:buy|go|eat|stay))\b/iu

/**
 * What people talk of when they do not ask about papers. A question that comes nearer to one of them than to any sentence
 * of the abstract is not asked of it.
 */
const everyday: readonly string[] = [
  'cooking a recipe for dinner, food and drinks at a restaurant',
  'weather forecast rain tomorrow, temperature outside',
  'buying cheap price shop shoes clothes',
  'movies music songs books actors celebrities',
  'sports match team won world cup',
  'pets dogs cats animals birds live',
  'cleaning the house garden kitchen repair',
  'travel flight passport hotel city country capital',
  'phone app account password settings windows laptop',
  'job salary apply school money stocks bank',
  'my body pain headache sleep diet lose weight',
  'hello thanks bye how are you good morning',
  'install programming python java code error tutorial',
  'president king history war famous person invented',
]

const everydayVectors = oncePer((meaning: WordMatcher) => everyday.map(text => meaning.vectorOf(text)))

/** Whether a question is one of everyday life, or just talk. */
export function talkFeatures(question: Question, text: string): FeatureValues {
  return {
    'talk.small': smallTalk.test(text),
    'talk.person': personal.test(text) && !polite.test(text),
    'talk.own': possessive.test(text) && !polite.test(text),
    'talk.trivia': trivia.test(text),
    ...everydayFeatures(question),
  }
}

function everydayFeatures(question: Question): FeatureValues {
  if (!hasMeaning(question)) return {}
  const own = question.meaning.vectorOf(question.text)
  return { 'talk.everyday': Math.max(...everydayVectors(question.meaning).map(one => dot(own, one))) }
}
