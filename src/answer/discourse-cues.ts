/** Phrases by which authors mark the role of a sentence in an abstract. */
export const cues = {
  /** What the authors did or made. */
  proposes:
    /\bwe (?:\w+ly )?(?:propose|present|introduce|develop|describe|design|devise|formulate|outline|identify|put forward|offer|provide|contribute|survey|review|create|build|construct|release|conduct(?:ed)?)\b|\b(?:is|are) (?:proposed|presented|introduced)\b/iu,
  /** What the authors investigate. */
  studies:
    /\bwe (?:\w+ly )?(?:study|investigate|explore|examine|analy[sz]e|address|consider|tackle|aim|ask|revisit|characteri[sz]e|detail|discuss|focus|evaluate|compare|quantify|measure|assess|seek|set out)\b/iu,
  /** What the authors found. */
  finds:
    /\bwe (?:\w+ly )?(?:show|demonstrate|find|found|prove|establish|observe|discover|reveal|report|argue|conclude)\b/iu,
  thisPaper:
    /\b(?:this|the (?:present|current)) (?:paper|work|article|study|research|manuscript|survey|thesis|report)\b/iu,
  thisPaperDoes:
    /\bthis (?:paper|work|article|study) (?:\w+ly )?(?:propose|present|introduce|develop|describe|stud|investigat|explor|address|show|demonstrat|provid|examin|analy)\w*/iu,
  aNew: /\ban? (?:\w+ )?(?:novel|new|simple|efficient|general|unified) /iu,
  byDoing: /\bby \w+ing\b/iu,
  we: /\bwe\b/iu,
  /** Refers to the sentence before and is unclear when quoted alone. */
  leans: /^(?:these|this|it|its|they|their|such|that|those|both)\b(?! (?:paper|work|article|study))/iu,
  /** Adds to the sentence before. */
  adds: /\b(?:also|additionally|furthermore|moreover|in addition|finally|further|lastly)\b/iu,
  /** Responds to the sentence before; proposals often begin like this. */
  responds:
    /^(?:to this end|for this purpose|with this in mind|to do so|to (?:address|tackle|overcome|solve|alleviate|remedy|mitigate|fill)\b|motivated by|inspired by|here\b)/iu,
  /** Goes into details of the sentence before. */
  details:
    /^(?:specifically|in particular|more specifically|concretely|for example|for instance|first|second|third|firstly|secondly|thirdly|then|next|as a result|instead|in contrast|on the other hand|in fact|indeed)\b/iu,
  contrasts: /^(?:however|but|yet|unfortunately|nevertheless|nonetheless|still|yet|on the contrary)\b/iu,
  problem: /\b(?:challeng|difficult|problem|limit|suffer|lack|fail|remain)\w*/iu,
  /** Related work and common knowledge. */
  background:
    /\b(?:recent(?:ly)?|have been|has been|widely|popular|existing|traditional|previous|prior|typically|often|commonly)\b/iu,
  ourThing:
    /\bour (?:\w+ )?(?:method|approach|model|framework|algorithm|architecture|technique|proposed)\b/iu,
  ourResults: /\b(?:our|the|these) (?:\w+ )?(?:results?|experiments|findings|evaluations?|analys[ei]s)\b/iu,
  experiments: /\b(?:experiment(?:s|al(?:ly)?)?|empirical(?:ly)?|evaluat\w+|benchmarks?|ablation\w*)\b/iu,
  gains:
    /\b(?:state[- ]of[- ]the[- ]art|outperform\w*|superior\w*|significant(?:ly)?|better|improv\w+|achiev\w+|reduc\w+|increas\w+|effective\w*|consistently|substantial\w*|\d[\d.,]*\s?%)/iu,
  colon: /:/u,
  artefact:
    /\b(?:code|data|dataset|models?) (?:\w+ ){0,4}(?:available|released|open[- ]sourced)\b|https?:\/\/|github/iu,
} as const satisfies Record<string, RegExp>

export type Cue = keyof typeof cues

/** Openings, besides the cues above, that need the sentence before. */
const middle =
  /^(?:also|additionally|furthermore|moreover|in addition|finally|further|lastly|overall|similarly|we (?:then|first|next|also|further|finally))\b/iu

const refersBack = (text: string): boolean =>
  cues.leans.test(text) || cues.details.test(text) || cues.contrasts.test(text)

/** Whether a sentence needs the one before it to be understood. */
export const dangles = (text: string): boolean => refersBack(text) || middle.test(text)

const namesEarlier =
  /^(?:only|all|most|each|some) (?:of )?(?:such|these|those|them)\b|^(?:similar|another|the (?:former|latter|same))\b/iu

/** Whether it speaks of what the sentence before says, or against it; "finally" and "we then" only come after something. */
export const pointsAtSentenceBefore = (text: string): boolean => namesEarlier.test(text) || refersBack(text)

/** Whether a sentence says what the paper is about, as opposed to background. */
export const statesPurpose = (text: string): boolean =>
  cues.proposes.test(text) || cues.studies.test(text) || cues.finds.test(text) || cues.thisPaper.test(text)
