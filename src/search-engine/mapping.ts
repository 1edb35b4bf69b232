import { bm25 } from '../search/index/bm25.ts'

/**
 * Of how papers are analysed and kept: another one is another index, beside which the old one goes on serving older
 * versions of the bot. To be raised whenever `storedDocuments` gives something else for the same papers.
 */
export const schemaVersion = 1

export interface IndexShape {
  readonly shards: number
  /** Of the papers' vectors; undefined: there are none, as where the engine cannot search by them. */
  readonly dimensions: number | undefined
}

/** One word is one term: the analysis is ours. */
const words = { type: 'text', analyzer: 'whitespace' } as const
const keyword = { type: 'keyword', ignore_above: 4_000 } as const

/** Settings and fields of an index of papers. */
export const papersIndex = ({ shards, dimensions }: IndexShape) => ({
  settings: {
    index: {
      number_of_shards: shards,
      // A single node has no place for a copy, and is well without one.
      auto_expand_replicas: '0-1',
      refresh_interval: '5s',
      similarity: { papers: { type: 'BM25', ...bm25 } },
      ...(dimensions === undefined ? {} : { knn: true }),
    },
  },
  mappings: {
    dynamic: false,
    _source: { excludes: ['terms', 'typed', 'vector'] },
    properties: {
      collection: keyword,
      /** `file`, `stored`, or `joined` for a paper that has become part of another. */
      kind: keyword,
      /** Of the files as they were read. */
      files: keyword,
      id: keyword,
      refs: keyword,
      names: keyword,
      title: keyword,
      begin: keyword,
      abbreviations: keyword,
      published: keyword,
      families: keyword,
      venues: keyword,
      typed: words,
      terms: { ...words, similarity: 'papers' },
      titleTerms: words,
      /** A hash of the id: by it any sample is an even one. */
      rank: { type: 'integer' },
      revision: { type: 'long' },
      /** The papers' order where nothing else decides. */
      order: { type: 'double' },
      ...(dimensions === undefined
        ? {}
        : {
            vector: {
              type: 'knn_vector',
              dimension: dimensions,
              method: { name: 'hnsw', engine: 'lucene', space_type: 'cosinesimil' },
            },
          }),
    },
  },
})

/** Settings and fields of the index of what is known of the indexes; `of` names the one that a document is about. */
export const stateIndex = {
  settings: { index: { number_of_shards: 1, auto_expand_replicas: '0-1' } },
  mappings: { dynamic: false, properties: { of: { type: 'keyword' } } },
} as const
