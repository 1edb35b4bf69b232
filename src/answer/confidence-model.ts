/**
 * When the bot answers. Fitted by test/quality/fit-confidence.ts: logistic regression on questions that a collection
 * answers (the seed questions, names of works, PubMedQA, SciFact) and on questions that it does not: the same ones
 * after the papers that answer them were taken out, questions put to a collection of another field, and the lists in
 * test/quality/asked (far, near, and facts that abstracts do not give). The bias puts the even chance where 95 % of
 * the seed questions are answered. Held out by four-fold cross-validation: .94 of the seed questions answered; of
 * the seed's unanswerable questions, which took no part in any fit, refused .97 (far), .92 (near), .71 (a missing
 * fact); area under the curve .99, .99, .90, and .98 for PubMedQA against itself with the papers taken out.
 */
export const confidenceModel: { readonly weights: Readonly<Record<string, number>>; readonly bias: number } =
  {
    weights: {
      covered: 3.29,
      matched: 0.44,
      single: -0.79,
      lead: 2.88,
      restCovered: 0.91,
      restQuoted: 0.35,
      noRest: 2.86,
      unknown: -1.33,
      namedMissing: -1.85,
      wantsNumber: -0.87,
      numberMissing: -2.53,
      focusUnquoted: -1.49,
      outsideMissing: -1.14,
    },
    bias: -0.88,
  }
