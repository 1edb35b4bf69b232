/** What the form of a question says of the sentence that answers it. */
export const asks = {
  number:
    /\bhow (?:many|much|large|big|long|often|far|fast|high|low|small)\b|\b(?:percent(?:age)?|number of|ratio|fraction|proportion|by what factor)\b/iu,
  reason: /\bwhy\b|\bwhat for\b|\bhow come\b|\bwhat makes\b|\b(?:reasons?|causes?|purpose)\b/iu,
  /** What is wrong, missing or hard. */
  trouble:
    /\b(?:wrong|missing|limit\w*|problem\w*|issue\w*|drawback\w*|trouble\w*|hold\w* (?:\w+ )?back|weak\w*|fail\w*|bad|lack\w*|challeng\w*|difficult\w*|hard|miss|worse|worst|harm|shortcoming\w*|bias\w*|mistake\w*|downside\w*|catch)\b/iu,
  /** What it was tried on. */
  trial:
    /\b(?:test\w*|tri(?:ed|al)|try|evaluat\w*|validat\w*|benchmark\w*|experiment\w*|dataset\w*|tasks?|games|environments?|measured|compared|checked|demonstrated|on which|where)\b/iu,
  /** Whether and how much it is better. */
  gain: /\b(?:better|beats?|outperform\w*|improv\w*|gains?|help\w*|win|worth|good|best|worst|compare\w*|close|cheaper|faster|smaller|less|more|superior|performance|perform|reduc\w*|increas\w*|rais\w*|boost\w*)\b/iu,
  definition:
    /^\W*(?:so |and )?(?:what(?:'?s| is| are| does)|define|explain)\s+(?:an? |the )?[\p{L}\p{N}'-]{1,60}(?:\s[\p{L}\p{N}'-]{1,60}){0,4}\W{0,9}$/iu,
  /** Whether something is so. */
  yesNo:
    /^\W*(?:(?:so|and|but|ok(?:ay)?)\W+)*(?:does|do|did|is|are|was|were|can|could|has|have|had|will|would|should)(?:n['’]?t)?\b/iu,
  means: /\bhow (?:do|does|did|can|could|is|are|was|were|to|would)\b|\bwhat do they do\b|\bin what way\b/iu,
} as const satisfies Record<string, RegExp>

const leastWords = 5
const questionWord = /\b(?:what|which|who|whose|why|how|when|where)\b/iu

/** A statement to be checked, rather than a question or a few words. */
export const claims = (text: string): boolean =>
  text.trim().split(/\s+/u).length >= leastWords &&
  !/\?\s*$/u.test(text) &&
  !questionWord.test(text) &&
  !asks.yesNo.test(text)

/** What the sentence has to show for it. */
export const shows = {
  denial: /\b(?:not|no|cannot|fails?|only|without|despite)\b/iu,
  number:
    /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|half|twice|double|third|quarter|dozen|hundred|thousand|million|billion)\b/iu,
  reason:
    /\b(?:because|since|due to|as a result|owing|caused?|leads? to|led to|stems?|arises?|reasons?|therefore|thus|so that|in order to|attribut\w+|motivat\w+|result(?:s|ing)? in|given)\b/iu,
  definition:
    /\b(?:is|are) (?:an?|the|to|when|defined)\b|\b(?:offers?|refers? to|denotes?|describes?|introduces?|termed|called|dubbed|named)\b|, an? /iu,
  trouble:
    /\b(?:however|unfortunately|but|despite|limit\w*|lack\w*|fail\w*|suffer\w*|bottleneck|restrict\w*|challeng\w*|problem\w*|issue\w*|difficult\w*|cannot|not|drawback\w*|neglect\w*|ignor\w*|only|struggl\w*|degrad\w*|sensitive|inaccura\w*)\b/iu,
} as const satisfies Record<string, RegExp>
