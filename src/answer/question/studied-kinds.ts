/** What people call the kinds of those that are studied, and what abstracts call them. */
interface StudiedKind {
  /** The kind as it is asked for. */
  readonly asked: RegExp
  readonly said: RegExp
  /** May mean one of the kind, or somebody who reads or uses. */
  readonly perhaps?: RegExp
}

const children =
  'child(?:ren)?|kids?|infants?|babies|newborns?|neonates?|toddlers?|pre-?schoolers?|adolescents?|teens?|teenagers?|boys|girls|pupils|p(?:a)?ediatric'
const elderly =
  'elderly|elders?|seniors|geriatric|retirees|(?:old|older|aged|ag(?:e)?ing) (?:adults?|people|persons?|men|women|patients|users|population)'
const grown = 'people|persons|participants?|patients|volunteers|respondents|interviewees|men|women|adults'

/** Only words that stand for people themselves: "patient samples" and "human cells" are none. */
const kinds: readonly StudiedKind[] = [
  {
    asked:
      /^(?:(?:real|actual|living) )?(?:people|persons?|humans?|human (?:beings?|subjects?|participants?)|patients? or people)$/iu,
    said: new RegExp(
      `\\b(?:${grown}|humans|students|children|kids|infants|newborns|adolescents|teenagers|boys|girls|veterans|workers|nurses|physicians|residents)\\b`,
      'iu',
    ),
    perhaps: /\b(?:users?|subjects|cases|controls|cohort|population-based|clinical trial)\b/iu,
  },
  {
    asked: /^(?:children|child|kids?|the young|young(?:er)? people|youngsters|minors)$/iu,
    said: new RegExp(`\\b(?:${children})\\b`, 'iu'),
    perhaps: /\b(?:school|students|young people|youths?)\b/iu,
  },
  {
    asked:
      /^(?:(?:the )?elderly|seniors|elders|(?:old|older|elderly|aged) (?:adults?|people|persons?|folks?|ppl))$/iu,
    said: new RegExp(`\\b(?:${elderly})\\b`, 'iu'),
    perhaps: /\b(?:nursing homes?|care homes?|retire\w{1,6}|late life|dementia)\b/iu,
  },
  {
    asked: /^(?:(?:living |live |lab )?animals?)$/iu,
    said: /\b(?:(?:animal|mouse|rat) models?|animals|mice|murine|rats|rabbits|monkeys|macaques|primates|pigs|piglets|dogs|cats|hamsters|zebrafish|sheep|rodents|chickens)\b/iu,
    perhaps: /\b(?:animal|mouse|rat|rabbit|monkey|macaque|pig|canine|rodent|in vivo)\b/iu,
  },
  // "Mouse fibroblasts" may be no more than what cells are fed with.
  { asked: /^(?:mice|mouse)$/iu, said: /\b(?:mice|murine|mouse models?)\b/iu, perhaps: /\bmouse\b/iu },
  { asked: /^rats?$/iu, said: /\b(?:rats|rat models?)\b/iu, perhaps: /\brat\b/iu },
]

/** How a text speaks of a kind of those studied, 0 to 1; undefined where that is not a known kind. */
export function studiedIn(asked: string): ((text: string) => number) | undefined {
  const kind = kinds.find(one => one.asked.test(asked.trim()))
  if (kind === undefined) return undefined
  return text => {
    if (kind.said.test(text)) return 1
    return kind.perhaps?.test(text) === true ? perhapsCounts : 0
  }
}

const perhapsCounts = 0.6

const people = '(?:people|persons|folks?|ppl)'
const old = new RegExp(
  `\\b(?:(?:old|older|elderly|aged) ${people}|(?:the )?(?:elderly|seniors|elders)(?! \\p{L}{1,30}s\\b))\\b`,
  'giu',
)

/** The topic of a list in the words that abstracts use: "old" alone is in "years old". */
export function wordingsOf(topic: string): string[] {
  const named = topic.replace(/\bkids?\b/giu, 'children')
  const [adults, elderly] = ['older adults', 'elderly'].map(word => named.replace(old, word))
  return [...new Set([adults ?? named, elderly ?? named])]
}
