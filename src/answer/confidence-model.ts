/**
 * When the bot answers. Fitted by test/quality/fit-confidence.ts: logistic regression on questions that a collection
 * answers (the seed questions, those in test/quality/asked, names of works, PubMedQA, SciFact) and on questions that
 * it does not: the same ones after the papers that answer them were taken out, questions put to a collection of
 * another field, and the lists in test/quality/asked (far, near, and facts that abstracts do not give). The bias puts
 * the even chance where 97 % of the seed questions are answered. Held out by four-fold cross-validation: .96 of the
 * seed questions answered; of the seed's unanswerable questions, which took no part in any fit, refused 1.0 (far),
 * 1.0 (near), .72 (a missing fact); area under the curve 1.00, 1.00, .93. The questions in test/quality/asked use
 * other words than their papers on purpose: .71 answered, refused 1.0, .86, and .34 of the missing facts.
 */
export const confidenceModel: { readonly weights: Readonly<Record<string, number>>; readonly bias: number } =
  {
    weights: {
      best: 0.17,
      covered: 1.93,
      single: -1.09,
      onlyTitle: 2.91,
      titleHeld: -0.48,
      quotedWider: 2.19,
      unknown: -1.71,
      namedMissing: -1.97,
      wantsNumber: -1.22,
      numberMissing: -1.61,
      yesNo: 0.57,
      focusUnquoted: -1.15,
      focusMissing: 1.14,
      outsideUnquoted: -1.02,
      byWhom: 0.62,
    },
    bias: -1,
  }
