/**
 * Probability that a term of the abstract occurs in a one-sentence summary written by a person, by the number of the
 * abstract's sentences that contain the term: 1, 2, 3, 4 or more.
 */
export interface WordModel {
  readonly inTitle: readonly number[]
  readonly elsewhere: readonly number[]
  readonly stopWord: number
}

/** Mean length of such a summary, in words. */
export const summaryLength = 20

/**
 * Weights of the features that choose a paper's one-sentence summary. Counted and fitted on the 1,992 training papers
 * of SciTLDR-A (Cachola et al. 2020, "TLDR: Extreme Summarization of Scientific Documents") by
 * test/quality/fit-summary.ts: the weights maximise the log of the expected ROUGE-1 F of the chosen sentence against
 * the summaries that people wrote. ROUGE-1 F of the choice: .349 on the training papers (four-fold cross-validation;
 * first sentence .245) and .386 on the 619 development papers, which were not used for fitting (first sentence .273,
 * best possible sentence .447). `dangles` is set by hand: a sentence that is shown alone must be understandable
 * alone.
 */
export const summaryWeights: {
  readonly words: WordModel
  readonly weights: Readonly<Record<string, number>>
} = {
  words: { inTitle: [0.47, 0.64, 0.74, 0.82], elsewhere: [0.07, 0.19, 0.3, 0.43], stopWord: 0.19 },
  weights: {
    similarity: 2.21,
    likeliest: 0.84,
    titleShare: 2.02,
    shared: 1.15,
    length: 0.05,
    opens: 1.05,
    position: -0.73,
    firstPurpose: 1,
    beforePurpose: -0.72,
    firstProposal: 0.48,
    dangles: -2,
    proposes: 0.69,
    studies: 0.44,
    thisPaper: 0.21,
    thisPaperDoes: 1.49,
    aNew: 0.63,
    byDoing: -0.1,
    we: 1.54,
    adds: -0.94,
    responds: 0.38,
    problem: -0.52,
    background: -0.74,
    colon: -0.57,
  },
}
