import type { Postings } from './postings.ts'

/** Parameters of BM25 (Robertson and Zaragoza 2009): term frequency saturation and length normalisation. */
export const bm25 = { k1: 1.5, b: 0.7 }

/** The saturation constant for a paper's length: k1 at the mean length. */
export const lengthNorm = (length: number, meanLength: number): number =>
  bm25.k1 * (1 - bm25.b + (bm25.b * length) / meanLength)

/** The factor on a term's weight for `count` occurrences in a paper, 0 to k1 + 1. */
export const termSaturation = ({ lengths, meanLength }: Postings, doc: number, count: number): number =>
  ((bm25.k1 + 1) * count) / (count + lengthNorm(lengths[doc] ?? meanLength, meanLength))
