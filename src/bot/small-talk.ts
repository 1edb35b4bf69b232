const greetings =
  /^(?:hi|hello|hey|hiya|howdy|yo|hola|good (?:morning|afternoon|evening|day)|greetings|what'?s up|sup|how are you(?: doing)?(?: today)?|how do you do)(?: there| all| everyone| bot| lectern| friend)?$/u
const thanks =
  /^(?:thanks|thank you|thx|ty|cheers|great|nice|cool|awesome|perfect|ok|okay|good bot|well done)(?: you)?(?: so much| very much| a lot| lectern| bot)?$/u
const farewells = /^(?:bye|goodbye|good night|see you|see ya|later|ciao)(?: bot| lectern| all)?$/u
const about =
  /^(?:help|who are you|what are you|what can you do|what do you do|how do you work|what is this)$/u

const offer =
  'Ask me something about the papers here, such as “how is the KV cache made smaller?”, or try `/paper` and `/help`.'

const howMany =
  /^(?:so |and )?(?:how many|what number of) (?:papers|abstracts|articles|documents)(?: do you (?:have|know|hold)| are there| are here| do we have| have we got| are in (?:here|the (?:corpus|library|collection)))?(?: in total| here| now)?$/u

/**
 * A friendly line for what is said out of politeness, or asked of the bot itself, and should not be searched; undefined
 * for everything else.
 * @param papers how many papers the bot holds
 */
export function smallTalk(text: string, papers: number): string | undefined {
  const plain = text
    .toLowerCase()
    .normalize('NFKC')
    .replaceAll('’', "'")
    .replace(/[^\p{L}\p{N}' ]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
  if (plain === '') return `I’m listening. ${offer}`
  if (greetings.test(plain)) return `Hello! ${offer}`
  if (thanks.test(plain)) return 'You’re welcome.'
  if (farewells.test(plain)) return 'See you!'
  if (howMany.test(plain))
    return papers === 1 ? 'I hold 1 paper.' : `I hold ${papers.toLocaleString('en-GB')} papers.`
  if (about.test(plain))
    return `I keep this lab’s papers at hand and answer with sentences quoted from their abstracts. ${offer}`
  return undefined
}
