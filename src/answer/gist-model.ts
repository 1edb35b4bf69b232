/**
 * How likely a term of the abstract is in a one-sentence summary that a person wrote, by how many of the abstract's
 * sentences hold it: 1, 2, 3, 4 or more.
 */
export interface WordModel {
  readonly inTitle: readonly number[]
  readonly elsewhere: readonly number[]
  readonly stopWord: number
}

/** Words of such a summary, about the mean of the same papers. */
export const summaryLength = 20

/**
 * What makes a sentence the gist of its paper. Counted and fitted on the 1,992 training papers of SciTLDR-A (Cachola
 * et al. 2020, "TLDR: Extreme Summarization of Scientific Documents") by test/quality/fit-gist.ts: the weights
 * maximise the expected ROUGE-1 F of the chosen sentence against what people wrote. Choosing by them gives .349 on
 * the training papers (four-fold cross-validation; first sentence .245) and .386 on the 619 development papers, which
 * took no part in the fit (first sentence .273, best possible sentence .447). `dangles` is set by hand: a
 * sentence shown alone must read well alone.
 */
export const gistModel: {
  readonly words: WordModel
  readonly weights: Readonly<Record<string, number>>
} = {
  words: { inTitle: [0.47, 0.64, 0.74, 0.82], elsewhere: [0.07, 0.19, 0.3, 0.43], stopWord: 0.19 },
  weights: {
    likeness: 2.18,
    likeliest: 1.43,
    titleShare: 1.52,
    shared: 0.58,
    length: -0.36,
    opens: 0.35,
    position: -0.71,
    firstPurpose: 1.93,
    beforePurpose: -0.52,
    firstProposal: 0.97,
    dangles: -2,
    proposes: 1.05,
    studies: 0.38,
    thisPaper: 0.97,
    thisPaperDoes: 0.63,
    aNew: 0.86,
    byDoing: 0.54,
    we: 1.34,
    adds: -0.5,
    responds: 0.32,
    problem: -0.37,
    background: -0.63,
    colon: -0.37,
  },
}
