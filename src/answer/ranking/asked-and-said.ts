/** Patterns over questions (`asked`) and over sentences (`said`), paired by the agreement features. */
export const asked = {
  howMany: /\bhow many\b|\bnumber of\b/iu,
  size: /\bhow (?:big|large|long)\b|\bsize\b|\bscale\b/iu,
  beats:
    /\b(?:beats?|better|outperform\w{0,40}|sota|state[- ]of[- ]the[- ]art|win|wins|won|superior|best|improve\w{0,40}|gain|gains|good|how well|older ones|compare\w{0,40}|perform\w{0,40}|work|works)\b/iu,
  worse: /\b(?:worse|drops?|hurts?|suffers?|degrad\w{0,40}|lose|loses|loss|cost|cheaper|faster|slower)\b/iu,
  cheap:
    /\b(?:cheap\w{0,40}|fast\w{0,40}|slow\w{0,40}|expensive|cost\w{0,40}|efficien\w{0,40}|speed\w{0,40}|quick\w{0,40}|save[sd]?|saving|smaller|less (?:memory|compute))\b/iu,
  video: /\bvideos?\b|\bdemos?\b/iu,
  pointsBack:
    /\b(?:it|its|they|their|them|this|that|these|those|there|the (?:papers?|methods?|models?|approach(?:es)?|authors?|stud(?:y|ies)|works?|algorithms?|datasets?|benchmarks?|techniques?|systems?|frameworks?|results?|experiments?|savings?|gains?|code|data|weights|numbers|accuracy|speed|costs?|idea|loss|training|evaluation|limitations?|baselines?|regret))\b/iu,
  goesOn:
    /^\W{0,9}(?:and|but|so|or|also|then|ok(?:ay)?|why|how come|what else|anything else|really|in what|by how much|compared to what)\b/iu,
} as const satisfies Record<string, RegExp>

/** Whether a question may refer to what was said before: "is it faster?", "and the code?". */
export const leansOnEarlier = (question: string): boolean =>
  asked.pointsBack.test(question) || asked.goesOn.test(question)

export const said = {
  sized:
    /\b(?:samples?|dialogues?|examples?|instances?|parameters|tasks?|domains?|questions?|prompts?|pairs|items|documents|papers|participants|people|hours|images|sentences|conversations|users|records|values|tokens|models?|B|M)\b|\d[BMK]\b/iu,
  beats:
    /\b(?:outperform\w{0,40}|better|state[- ]of[- ]the[- ]art|sota|superior\w{0,40}|competitive|surpass\w{0,40}|exceed\w{0,40}|improv\w{1,40} (?:over|on|upon|performance)|significant improvement\w{0,40}|on par|comparable|more often than|wins?|winners?|best)\b/iu,
  worse:
    /\b(?:drop\w{0,40}|degrad\w{0,40}|worse|decreas\w{0,40}|minimal\w{0,40}|maintain\w{0,40}|nearly the same|loss|preserv\w{0,40}|without (?:sacrific|loss|hurt)\w{0,40}|poor(?:ly)?|declin\w{0,40})\b/iu,
  cheap:
    /\b(?:fast\w{0,40}|speed\w{0,40}|cost\w{0,40}|efficien\w{0,40}|reduc\w{1,40}|computation\w{0,40}|cheap\w{0,40}|expensive|overhead|memory|latency|time)\b/iu,
  trial:
    /\b(?:experiments?|evaluat\w{1,40}|validat\w{1,40}|tested|benchmarks?|data ?sets?|environments?|suite|games?|empirical\w{0,40}|conduct\w{0,40}|trial|case study|across|participants|simulat\w{1,40}|on (?:the |a |several |various |multiple )?(?:\w{1,40}[- ]){0,3}(?:tasks?|benchmarks?|datasets?|games|environments|domains)|we (?:analy[sz]e|use|apply|experiment|compare|measure))\b/iu,
  people:
    /\b(?:participants|people|users?|annotators?|speakers?|experts?|workers|volunteers|patients|drivers|students|americans|sample of|recruit\w{0,40}|humans?|researchers|practitioners|companies|we)\b/iu,
  next: /\b(?:much work remains|remain\w{0,40}|need (?:for|to)|highlight\w{0,40}|implication\w{0,40}|future|should|limited|call(?:s|ing)? for|further|risks?|open (?:question|problem)|however|not (?:always|enough)|caution|underscor\w{0,40}|rethink\w{0,40}|depend\w{0,40}|influenced by|specific cases|only when|unless)\b/iu,
  byMeans:
    /\bby (?:\w{1,40}ly )?\w{1,40}ing\b|\busing\b|\bvia\b|\bthrough\b|\bleverag\w{1,40}|\bemploy\w{0,40}|\butili[sz]\w{1,40}|\bbased on\b/iu,
  language: /\b(?:English|Chinese|Spanish|Hindi|Russian|German|French|Swahili|Arabic|Japanese)\b/iu,
  use: /\b(?:used? (?:for|to|in)|purpose|essential|accelerat\w{1,40}|allows?|enables?|in order to)\b/iu,
  modelName:
    /\b(?:GPT\S{0,40}|ChatGPT|Llama\S{0,40}|LLaMA\S{0,40}|Mistral|Gemini\S{0,40}|Claude\S{0,40}|Qwen\S{0,40}|Pythia\S{0,40}|PaLM\S{0,40}|BERT\S{0,40}|T5\S{0,40}|Vicuna\S{0,40}|\d+ (?:\w{1,40} ){0,2}LLMs)\b/iu,
  lacks:
    /\b(?:not|no|never|nor|neither|without|cannot|rarely|seldom|little|few|less|only|hardly|un(?:known|clear|explored|able))\b/iu,
  plainMeans: /\bby (?:\w{1,40}ly )?\w{1,40}ing\b|\busing\b|\bvia\b|\bthrough\b/iu,
  isA: /^(?:\s{0,9}(?:\([^)]{1,60}\)|["'”’]|\[[^\]]{0,80}\]){0,4}\s{0,9},?\s{0,9}(?:is|are|was|were|offers?|refers?|denotes?|posits?|decomposes|assumes?|allows?|enables?|classif\w{1,40}|contains?|encompass\w{0,40}|provides?|aims?|consists?|means|plays?|uses?|modif\w{1,40}|both|work\w{0,40}|evaluates?|optimi[sz]es)\b)/iu,
  copula:
    /^(?:\s{0,9}(?:\([^)]{1,60}\)|["'”’]|\[[^\]]{0,80}\]){0,4}\s{0,9},?\s{0,9}(?:refers? to|denotes?|means|consists? of|describes?|(?:is|are|was) (?!(?:not|also|often|widely|usually|typically|being|\w{1,40}ed|\w{1,40}ing|able|more|less|critical|important|essential|hard|difficult|found|shown|known)\b))\w)/iu,
  apposed:
    /^(?:\s{0,9}(?:\([^)]{1,60}\))?["'”’]?\s{0,9},\s{0,9}(?:an?|the|which|that|one|our|where|i\.e)\b|\s{0,9}\([^)]{0,200}(?:i\.e|the |that )|\s{0,9}:)/iu,
  introduces:
    /(?:propos\w{0,40}|introduc\w{0,40}|present\w{0,40}|develop\w{0,40}|devis\w{0,40}|design\w{0,40}|describ\w{0,40}|creat\w{0,40}|construct\w{0,40}|release|seeks?|defin\w{1,40}|offer\w{0,40}|investigat\w{0,40}|explor\w{0,40}|stud\w{1,40}|utili[sz]e|arrive at|extend\w{0,40}|deriv\w{1,40}|consider|argue)\b[^.;]{0,110}$/iu,
  calls:
    /(?:called|named|dubbed|termed?|coined|call|name|dub|known as|referred to as|namely|concept of|we call[^.]{0,60}|variant is[^.]{0,60}|constitute[^.]{0,60}|what we[^.]{0,40}|resulting[^.]{0,40})\s*(?:the |an? |our |this )?["'“‘(]?[^.]{0,30}$/iu,
} as const satisfies Record<string, RegExp>
