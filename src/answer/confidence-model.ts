/**
 * When the bot answers. Fitted by test/quality/fit-confidence.ts: logistic regression on questions that a collection
 * answers (the seed questions, those in test/quality/asked, names of works, PubMedQA, SciFact) and on questions that
 * it does not: the same ones after the papers that answer them were taken out, questions put to a collection of
 * another field, and the lists in test/quality/asked (far, near, and facts that abstracts do not give). The bias puts
 * the even chance where 98 % of the seed questions are answered. Held out by four-fold cross-validation: .98 of the
 * seed questions answered; of the seed's unanswerable questions, which took no part in any fit, refused 1.0 (far),
 * .93 (near), .76 (a missing fact); area under the curve 1.00, 1.00, .95. The questions in test/quality/asked use
 * other words than their papers on purpose: .79 answered, refused .96, .78, and .34 of the missing facts.
 */
export const confidenceModel: { readonly weights: Readonly<Record<string, number>>; readonly bias: number } =
  {
    weights: {
      best: 0.17,
      covered: 1.93,
      single: -1.08,
      onlyTitle: 3.01,
      titleHeld: -0.2,
      quotedWider: 2.51,
      unknown: -1.6,
      namedMissing: -1.99,
      wantsNumber: -1.16,
      numberMissing: -1.69,
      yesNo: 0.52,
      focusUnquoted: -1.38,
      focusMissing: 1.3,
      outsideUnquoted: -1.74,
    },
    bias: -1.04,
  }
