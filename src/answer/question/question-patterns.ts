/**
 * Patterns over the text of a question, for `kindsOf`. Every repetition is bounded, so each pattern runs in time
 * linear in the length of the text, whatever it is.
 */
export const asks = {
  code: /\b(?:code|repo(?:sitory)?|git ?hub|download|open[- ]?sourced?|released?|weights|videos?|demos?|links?(?= (?:to|for)\b|\W{0,9}$)|url|website|web ?page|project page|hugging ?face|public(?:ly)?|available|where (?:can|do) (?:i|we) (?:get|find|download|grab) (?:it|them)|(?:get|grab|find|try|share|publish\w{0,40}) the (?:code|data|models?|weights|implementation))\b/iu,
  digest:
    /\b(?:summar\w{0,40}|tl;?\s?dr|gist|sum (?:it |this |that |\w{1,40} )?up|sum up|nutshell|short version|overview|eli5|main (?:idea|point|message|takeaway)s?|key (?:idea|point|takeaway|message)s?|take-?aways?|bottom line|in (?:short|brief)|brief(?:ly)?|abstract of|what(?:'?s| is| does) .{0,60}\b(?:paper|study|work|article) (?:about|say|do)\b|\babout\?{0,9}$)/iu,
  number:
    /\bhow (?:many|much|large|big|long|far|often|fast|small|high|low|strong|accurate|cheap)\b|\b(?:what|which) (?:percent\w{0,40}|share|sizes?|number|factor|fraction|ratio|proportion|rate|accuracy|score|regret|speed-?up|compression|gain|improvement|amount)\b|\b(?:percent(?:age)?|max(?:imum)?|minimum|how many|by what factor)\b|\bthe (?:gain|regret|speed-?up|numbers?|cost)\W{0,9}$/iu,
  tried:
    /\b(?:tested|tried|try|test|evaluated?|validated?|trial|experiments?|benchmarks?|data ?sets?|data|corpora|corpus|tasks?|games?|environments?|baselines?|compared?|case study|applied|participants?|checked|measured?|verif\w{1,40})\b/iu,
  which: /\b(?:which|what|whose|on what|in what|where|who|with (?:which|what))\b/iu,
  why: /\bwhy\b|\bhow come\b|\b(?:reasons?|causes?|motivat\w{1,40}|purpose)\b|\bwhat makes\b.{0,120}\b(?:hard|harder|difficult|slow|slower|expensive|costly|bad|worse|fail\w{0,40}|dangerous|risky|challeng\w{1,40}|tricky|unsafe|unreliable|wrong|needed|necessary|important|inefficient|inaccurate)\b|\b(?:what|where) (?:do|does|did) .{1,60}\b(?:gains?|improvements?|bias(?:es)?|errors?|savings?|problems?|speed-?ups?|cost|need|difficulty) come from\b|\bneed (?:a|an|for)\b|\bpoint of\b/iu,
  trouble:
    /\b(?:wrong|problems?|issues?|trouble|bad|hard|difficult|struggl\w{0,40}|fail\w{0,40}|not (?:enough|good)|isnt|isn't|wasn'?t|can'?t|cannot|suffer\w{0,40}|slow|expensive|obstacle|bottleneck|challeng\w{0,40}|lack\w{0,40}|missing|hold\w{0,40} back|nobody|gap|annoying|puzzling|tricky|odd|strange|frustrating|confusing|poorly understood|not understood)\b/iu,
  limits:
    /\b(?:limit\w{0,40}|fall(?:s)? short|short ?comings?|weakness(?:es)?|weak (?:point|spot|side)s?|drawbacks?|downsides?|doesn'?t work|does not work|not work|risks|risky|danger\w{0,40}|caveats?|(?:the|a|any) catch|open (?:question|problem)s?|left to do|still (?:left|open|missing|needed|to do|unclear|unsolved)|future|next step|call(?:s|ing)? for|ask(?:s|ing)? for|implications?|(?:what|which) polic(?:y|ies)|polic(?:y|ies)(?= (?:advice|makers?|should)\b)|(?<!\bwhy )should|ought|depends?|only sometimes|worth it|practical use|true or false|(?:they|authors?|papers?|study|it|does|did|would|is|are|what) (?:\w{1,40} )?recommend(?:ed|s)?(?! (?:system|engine|item|product|movie|song|when|by)\w{0,9}\b)|recommendations?(?= (?:for|do|does|did|to|that they|they|come|came)\b|\W{0,9}$)|advice|advise|suggest|conclu\w{0,40}|unintended|harm(?:s|ed|ful)?|fail\w{0,40}|when not|(?:when|where) (?:is|does|do|are) .{1,60}\b(?:not|fail\w{0,10}|break\w{0,10}|wrong|worse|hurts?|useful|useless|pays? off|good|bad|safe|helps?|works?|enough)\b|misleading|left open|ready to\b|in the making|or (?:is it |was it |are they )?(?:just|only|still|merely)\b|rely on .{1,60} alone|(?:simply|just) be (?:bias\w{0,3}|chance|noise|luck)|not worth|pointless|warn\w{0,40}|assum\w{1,40}|unless|trade-?offs?)\b/iu,
  compares:
    /\b(?:better|worse|beats?|outperform\w{0,40}|improv\w{0,40}|gains?|helps?|win|won|good|well|effective\w{0,40}|superior|compar\w{0,40}|faster|cheaper|smaller|sota|state[- ]of[- ]the[- ]art|performs?|performance|results?|works?|best|worst|hurt|suffer|drop|lose|reduc\w{0,40}|increas\w{0,40}|accura\w{1,40}|useful|enough|needed?|useless)\b/iu,
  yesNo:
    /^\W{0,9}(?:(?:and|so|but|or|ok(?:ay)?|hey|hi|pls|please|also|then|well|um+|hmm+|btw)\b[\s,]{0,9}){0,4}(?:is|are|was|were|does|do|did|can|could|will|would|has|have|had|should|any|better|worse|isn'?t|doesn'?t|didn'?t)\b/iu,
  how: /^\W{0,9}(?:(?:and|so|but|or|ok(?:ay)?|hey|hi|pls|please|also|then|well|um+|hmm+|btw)\b[\s,]{0,9}){0,4}(?:in what way|how)\b(?! (?:many|much|large|big|long|far|often|fast|small|high|low|good|well|come|accurate|strong|effective|cheap)\b)|\bhow (?:do|does|did|is|are|was|were|can|could|to|would) |\bwhat(?:'?s| is| was| are|s) (?:the|their|its) (?:fix|remedy|workaround|trick|solution)\b/iu,
  howGood:
    /(?<!\b(?:predict|tell|know|estimate|say|measure|judge) )\bhow (?:good|well|effective|strong|accurate)\b|\bhow (?:do|does|did) .{1,60}\b(?:(?<!\bwhat .{1,40})do|perform|fare|compare|score)\b(?: (?:on|with|at|against|to|in)\b.{0,200})?\W{0,9}$/iu,
  standsFor:
    /\bstands? for\b|\b(?:is|are) .{0,60}\bmeant\b|\bmeaning\b|\bwhat (?:an? |the )?(?:[\w-]{1,60} ){1,5}means?\b|\b(?:do|does|did|they) .{0,60}\bmean\b(?! that)|=\s*\?|\bdefin(?:e|ed|ition)\b|\bacronym\b|\babbreviat\w{1,40}/iu,
  whatIsIt: /\bwhat(?:'?s| is| are) (?:that|it|this|they|those|these)\b|\bwhats (?:that|it|this)\b/iu,
  questionWord:
    /\b(?:what|which|who|whose|why|how|when|where|whats|is|are|does|do|did|can|was|were|should|summar\w{1,40}|explain)\b/iu,
  whatAbout: /\bwhat about\b|\bhow about\b/iu,
  usedFor: /\b(?:used? for|good for|for what|what for|purpose of|use of)\b/iu,
  who: /^\W{0,9}(?:(?:and|so|but|or|ok(?:ay)?|hey|hi|pls|please|also|then|well|um+|hmm+|btw)\b[\s,]{0,9}){0,4}(?:who|whom|whose)\b|\bwho\b/iu,
  openers:
    /^\W{0,9}(?:(?:and|so|but|or|ok(?:ay)?|hey|hi|pls|please|also|then|well|um+|hmm+|btw|now|in (?:simple|plain|other|short) (?:words|terms))\b[\s,]{0,9}){0,4}(?:(?:can|could|would|will) (?:u|you|someone|anyone|somebody|we|i)\b\s{0,9}(?:pls|please)?\s{0,9}(?:get )?(?=(?:explain|tell|define|describe|summar|sum|give|remind|condense|walk|say|brief)))?(?:(?:please|pls|just|do you know|i(?:'d| would) like to know|i want to know|wondering|remind me|tell me|say)\s{1,9}(?=(?:what|how|why|which|who|where|if|whether)\b))?/iu,
  closers:
    /[\s,]{0,9}\b(?:pls|please|again|exactly|actually|really|anyway|here|thx|thanks|then|(?:to|for) (?:me|us|dummies)|anyone|in (?:simple|plain) (?:words|terms|english))\W{0,9}$/iu,
  beginsWhich:
    /^(?:(?:on|in|to|with|for|at|from|of|by|under|against) )?(?:which|what|whose)\b(?! ?(?:'?s\b|is\b|are\b|was\b|were\b|do\b|does\b|did\b|about\b|happens\b|if\b|makes\b|would\b|should\b|can\b|could\b|next\b|for\b|remains\b|counts\b|exactly\b))/iu,
  kindOf: /^(?:which|what) (?:kind|sort|type)s? of (?:\w{1,40} ){1,2}(?:is|are)\b/iu,
  method:
    /^(?:(?:by|with|in|through|via) )?(?:which|what) (?:method|means|technique|trick|mechanism|approach|algorithm|way|procedure|recipe|strategy|tool|idea|pathway|heuristic|representation|statistic|criterion|loss|objective)s?\b.{0,200} (?:do|does|did|is|are|was|were|to|they|tells?)\b|^(?:the )?(?:main |key )?(?:trick|idea|mechanism|recipe|intuition) (?:behind|for)\b|^what (?:do|does|did) .{1,80} do with\b|^what (?:is|are|was|were) .{1,80} doing\W{0,9}$|^what (?:do|does|did) (?:they|he|she|it|the (?:authors?|paper|model|method|system)) (?:do|use|change|build|add|train|rely on)\b(?:.{0,200} (?:to|for|with|instead)\b|\W{0,9}$)|^what(?:'?s| is) the (?:trick|mechanism|procedure|recipe|mechanics|secret)\b|^(?:explain|describe|tell me|walk me through|show me) how\b|^walk me through\b/iu,
  finds:
    /^what (?:do|does|did|have|were|was|are|is)?\s{0,9}(?:they|the (?:authors?|paper|study|experiments?|results?|findings?|outcomes?|evaluations?)|he|she|it|we|you)?\s{0,9}(?:\w{1,40} )?(?:find(?:s|ings?)?(?: out)?|found|show(?:s|n|ed)?|conclude[sd]?|learn(?:ed|t)?|discover\w{0,40}|report\w{0,40}|observe\w{0,40}|able to show|come out|came out|results?|outcomes?|reveal\w{0,40}|prove[sd]?|demonstrat\w{0,40})\b|^what(?:'?s| is| are| was| were) the (?:main |key |final |overall )?(?:results?|findings?|outcomes?|upshot|conclusions?|verdict)\b|^what (?:came|comes) (?:out|of)\b|^what happen(?:s|ed)\b|\bresults?\W{0,9}$|^(?:and )?what came out|^what (?:do|does|did) .{1,80} (?:look like|manage|become|lead to|cause|result in|do to)\b/iu,
  getsWrong:
    /\bget wrong\b|^what (?:do|does|did) .{1,80} (?:miss|lack|overlook|ignore|neglect|leave out|fail to)\b|\b(?:miss|lack|overlook|ignore|neglect)(?:es|s)?\W{0,9}$/iu,
  beginsDefine:
    /^(?:what (?:exactly )?(?:'?s|is|are|was|were)|what'?s|whats|wats|wat is|wth is|wtf is|who(?:'s| is)|define|explain|describe|tell me (?:more )?about|(?:the )?(?:meaning|definition) of|give me (?:a|the) definition of|what do (?:you|we|they) (?:know about|call)|what would (?:you|one) call|what counts as|what (?:do|does) (?:it|they) mean (?:by|with)|never heard of|(?:which|what) (?:kind|sort|type)s? of \w{1,40} (?:\w{1,40} )?(?:is|are))\b/iu,
  clause:
    /\b(?:is|are|was|were|does|did|do|has|have|can|could|should|get|got|need(?:s|ed)?|happens?|beats?|wins?|call(?:s|ed)?|ask(?:s|ed)?|say|says|find|found|try|tried|show(?:s|ed|n)?|come|comes|use[ds]?|works?|they)\b/iu,
  aspect:
    /^(?:the |an? )?(?:(?:main|key|biggest|final|overall|exact|reported|best|total|max(?:imum)?|min(?:imum)?|average|actual)\s+){0,4}(?:problem|issue|trouble|wrong|motivation|reason|purpose|goal|limits?|limitations?|drawbacks?|downsides?|catch|risks?|dangers?|caveats?|results?|findings?|outcomes?|upshot|verdict|conclusions?|implications?|accuracy|size|number|speed-?up|cost|gain|improvement|difference|advantages?|benefits?|code|link|licen[cs]e|point|evidence|regret|ratio|rate|baselines?|datasets? (?:used|they)|benchmarks? (?:used|they)|trick|mechanism|future|next|missing|left|new|bad|hard|difficult|still)\b/iu,
} as const satisfies Record<string, RegExp>
