/** Phrases by which authors of abstracts say what a sentence is for. */
export const cues = {
  /** What the authors did or made. */
  proposes:
    /\bwe (?:\w+ly )?(?:propose|present|introduce|develop|describe|design|devise|formulate|outline|identify|put forward|offer|provide|contribute|survey|review|create|build|construct|release|conduct(?:ed)?)\b|\b(?:is|are) (?:proposed|presented|introduced)\b/iu,
  /** What the authors asked. */
  studies:
    /\bwe (?:\w+ly )?(?:study|investigate|explore|examine|analy[sz]e|address|consider|tackle|aim|ask|revisit|characteri[sz]e|detail|discuss|focus|evaluate|compare|quantify|measure|assess|seek|set out)\b/iu,
  /** What came out of it. */
  finds:
    /\bwe (?:\w+ly )?(?:show|demonstrate|find|found|prove|establish|observe|discover|reveal|report|argue|conclude)\b/iu,
  thisPaper:
    /\b(?:this|the (?:present|current)) (?:paper|work|article|study|research|manuscript|survey|thesis|report)\b/iu,
  thisPaperDoes:
    /\bthis (?:paper|work|article|study) (?:\w+ly )?(?:propose|present|introduce|develop|describe|stud|investigat|explor|address|show|demonstrat|provid|examin|analy)\w*/iu,
  aNew: /\ban? (?:\w+ )?(?:novel|new|simple|efficient|general|unified) /iu,
  byDoing: /\bby \w+ing\b/iu,
  we: /\bwe\b/iu,
  /** Leans on what was said before: quoted alone it dangles. */
  leans: /^(?:these|this|it|its|they|their|such|that|those|both)\b(?! (?:paper|work|article|study))/iu,
  /** Adds to what was said before. */
  adds: /\b(?:also|additionally|furthermore|moreover|in addition|finally|further|lastly)\b/iu,
  /** Answers what was said before: the proposal often opens so. */
  responds:
    /^(?:to this end|for this purpose|with this in mind|to do so|to (?:address|tackle|overcome|solve|alleviate|remedy|mitigate|fill)\b|motivated by|inspired by|here\b)/iu,
  /** Goes into the particulars of what was said before. */
  details:
    /^(?:specifically|in particular|more specifically|concretely|for example|for instance|first|second|third|firstly|secondly|thirdly|then|next|as a result|instead|in contrast|on the other hand|in fact|indeed)\b/iu,
  contrasts: /^(?:however|but|yet|unfortunately|nevertheless|nonetheless|still|yet|on the contrary)\b/iu,
  problem: /\b(?:challeng|difficult|problem|limit|suffer|lack|fail|remain)\w*/iu,
  /** What the rest of the field does or knows. */
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

/** Openings that miss the sentence before when they are read alone, besides the cues that lean on it. */
const middle =
  /^(?:also|additionally|furthermore|moreover|in addition|finally|further|lastly|overall|similarly|we (?:then|first|next|also|further|finally))\b/iu

/** A sentence that misses the one before it when it is read alone. */
export const dangles = (text: string): boolean =>
  cues.leans.test(text) || cues.details.test(text) || cues.contrasts.test(text) || middle.test(text)

/** A sentence that says what the paper is about rather than what lies around it. */
export const statesPurpose = (text: string): boolean =>
  cues.proposes.test(text) || cues.studies.test(text) || cues.finds.test(text) || cues.thisPaper.test(text)
