/**
 * When the bot answers. Fitted by test/quality/fit-confidence.ts: logistic regression on questions that a collection
 * answers (the seed questions, those in test/quality/asked, names of works, PubMedQA, SciFact) and on questions that
 * it does not: the same ones after the papers that answer them were taken out, questions put to a collection of
 * another field, and the lists in test/quality/asked (far, near, and facts that abstracts do not give). The bias puts
 * the even chance where 98 % of the seed questions are answered. Held out by four-fold cross-validation: .98 of the
 * seed questions answered; of the seed's unanswerable questions, which took no part in any fit, refused 1.0 (far),
 * .93 (near), .77 (a missing fact); area under the curve 1.00, 1.00, .95. The questions in test/quality/asked use
 * other words than their papers on purpose: .78 answered, refused .96, .80, and .34 of the missing facts.
 */
export const confidenceWeights: {
  readonly weights: Readonly<Record<string, number>>
  readonly bias: number
} = {
  weights: {
    best: 0.17,
    covered: 1.78,
    single: -1.12,
    onlyTitle: 3.04,
    titleHeld: -0.14,
    quotedWider: 1.77,
    unknown: -1.59,
    namedMissing: -2.08,
    wantsNumber: -1.08,
    numberMissing: -1.84,
    yesNo: 0.51,
    focusUnquoted: -0.53,
    outsideUnquoted: -1.76,
  },
  bias: -1.05,
}
