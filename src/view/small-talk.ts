/** Polite phrases by kind, matched at the start of a text one after another. */
const pieces = {
  greeting:
    /^(?:hi|hello|hey|hiya|howdy|yo|hola|good (?:morning|afternoon|evening|day)|greetings|what'?s up|sup|how are you(?: doing)?(?: today)?|how do you do|nice to meet you)(?= |$)/u,
  thanks:
    /^(?:(?:many )?thanks|thank (?:you|u)|thx|ty(?:sm)?|cheers|(?:much |i )?appreciated?(?: it)?|good (?:bot|job|answer)|well done|nice one|great|nice|cool|awesome|amazing|excellent|perfect|wow|ok|okay|alright|got it|(?:that|this|it) (?:helps|helped|is (?:great|helpful|useful)|was (?:great|helpful|useful)))(?= |$)/u,
  farewell:
    /^(?:bye(?: bye)?|goodbye|good night|gn|see (?:you|ya)(?: later| soon| tomorrow)?|later|ciao)(?= |$)/u,
  remark:
    /^(?:lol|haha|hehe|hmm|sorry|yes|yep|yeah|no way|no|nope|sure|of course|please|never ?mind|no worries|no problem|my bad|same here|me too|(?:that |this |it )?sounds? (?:good|great|fine|like a plan)|(?:that |this |it )?works|fine|agreed)(?= |$)/u,
  /** Means nothing on its own. */
  filler:
    /^(?:there|all|everyone|bot|lectern|friend|you|so much|very much|a (?:lot|bunch|million)|again|and|for (?:the|your) (?:help|answers?|info|information|quick reply)|for (?:that|this|helping)|(?:to|for|by|with) (?:me|us)|then|now)(?= |$)/u,
} as const
type Piece = keyof typeof pieces
const kinds = Object.keys(pieces) as Piece[]
/** A text of more phrases than this is not small talk. */
const mostPieces = 8

/** The kinds of phrases in a text that consists of nothing else; empty for any other text. */
function piecesOf(plain: string): Piece[] {
  const found: Piece[] = []
  let rest = plain
  while (rest !== '' && found.length < mostPieces) {
    const kind = kinds.find(each => pieces[each].test(rest))
    if (kind === undefined) return []
    found.push(kind)
    rest = rest.replace(pieces[kind], '').trimStart()
  }
  return rest === '' ? found : []
}

/** Asked of the bot itself. */
const about: readonly RegExp[] = [
  /^(?:help(?: me)?(?: please)?|introduce yourself|tell me about yourself|(?:(?:list|show)(?: me)? )?(?:the |your )?commands)$/u,
  /^(?:who|what) (?:exactly )?are you(?: for)?$|^what(?:'s| is) (?:your name|this|this bot)$|^who (?:made|built|wrote|runs) you$/u,
  /^are you (?:an? )?(?:bot|robot|human|person|ai|llm|language model|chatgpt|gpt|real)$/u,
  /^what (?:can|do|could) you (?:do|know|answer|help with|offer)(?: here| for me)?$|^what (?:can|could|should) i (?:ask|do)(?: you)?(?: here)?$/u,
  /^how do you work$|^how (?:do|can|should) i (?:use|ask|talk to) (?:you|this bot)$|^what commands (?:are there|do you have|can i use)$/u,
]

const papersHeld: readonly RegExp[] = [
  /^(?:so |and )?(?:how many|what number of) (?:papers|abstracts|articles|documents)(?: do you (?:have|know(?: about| of)?|hold)| are there| are here| do we have| have we got| are in (?:here|(?:the|your|our|this) (?:corpus|library|collection|database)))?(?: in total| here| now)?$/u,
  /^how (?:big|large) is (?:the|your|our|this) (?:corpus|library|collection|database)$/u,
  /^(?:the )?(?:total )?number of papers(?: here| in total)?$/u,
]

const inDiscord = '`/paper` and `/help`'

const offerOf = (commands: string): string =>
  `Ask me something about the papers here, such as “how is the KV cache made smaller?”, or try ${commands}.`

/**
 * A friendly line for what is said out of politeness, or asked of the bot itself, and should not be searched; undefined
 * for everything else.
 * @param papers how many papers the library has
 * @param commands what else there is to try, where the text was typed
 */
export function smallTalk(text: string, papers: number, commands = inDiscord): string | undefined {
  const offer = offerOf(commands)
  const plain = text
    .toLowerCase()
    .normalize('NFKC')
    .replaceAll('’', "'")
    .replace(/[^\p{L}\p{N}' ]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
  if (plain === '') return `I’m listening. ${offer}`
  if (papersHeld.some(form => form.test(plain)))
    return papers === 1 ? 'I hold 1 paper.' : `I hold ${papers.toLocaleString('en-GB')} papers.`
  if (about.some(form => form.test(plain)))
    return `I am Lectern, a bot. I keep this lab’s papers at hand and answer with sentences quoted from their abstracts. ${offer}`
  return courtesy(piecesOf(plain), offer)
}

function courtesy(said: readonly Piece[], offer: string): string | undefined {
  if (said.includes('farewell')) return 'See you!'
  if (said.includes('thanks')) return 'You’re welcome.'
  if (said.includes('greeting')) return `Hello! ${offer}`
  return said.includes('remark') ? `All right. ${offer}` : undefined
}
