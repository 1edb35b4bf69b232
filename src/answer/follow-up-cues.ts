/** "what about vision?", "and for robots?", "and accuracy?": the same of something else. */
export const turns =
  /^\W*(?:(?:and|but|so|ok(?:ay)?|then)\W+)*(?:(?:what|how) about|and (?:for|in|on|with|at))\b|^\W*and (?:the )?[\p{L}\p{N}-]+(?: [\p{L}\p{N}-]+)?[^\p{L}\p{N}_-]*$/iu

/** Goes on from something. */
export const goesOn =
  /^\W*(?:and|but|so|or|also|then|ok(?:ay)?|why|how come|what else|anything else|really|in what|by how much|compared to what)\b/iu

/** Points back at something. */
export const pointsBack =
  /\b(?:it|its|they|their|them|this|that|these|those|there|the (?:papers?|methods?|models?|approach(?:es)?|authors?|stud(?:y|ies)|works?|algorithms?|datasets?|benchmarks?|techniques?|systems?|frameworks?|results?|experiments?|savings?|gains?|code|data|weights|numbers|accuracy|speed|costs?|idea|loss|training|evaluation|limitations?|baselines?))\b/iu

/** Words that ask about a thing without telling which. */
export const emptyWords: ReadonlySet<string> = new Set(
  'work works working mean means happen happens explain explains detail details tell more say says paper papers idea main point study summary summarize summarise elaborate thing things exactly evaluated evaluate tested test tests tried try experiment experiments result results compared compare'.split(
    ' ',
  ),
)
