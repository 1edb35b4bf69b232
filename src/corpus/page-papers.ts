import { excerpt, type Piece } from './format.ts'
import { arxivIdOf } from './identifiers.ts'
import { paperId } from './ids.ts'
import type { Pair } from './page-pairs.ts'
import type { Match } from './stems.ts'

/** Fewest pairs from which a word's rarity is meaningful. */
const enoughPairs = 20

/**
 * The papers among the pairs, in the order of their lines. When a title or an abstract is in two pairs, the pair in
 * the regular position wins, then the one that matches better.
 */
export function* papersOfPairs(pairs: readonly Pair[], holders: Holders): Iterable<Piece> {
  const rejected = rejections(pairs, fitOf(pairs.length, holders))
  for (const pair of pairs) {
    const reason = rejected.get(pair)
    if (reason === undefined) yield paperOf(pair)
    else yield { line: pair.title.number, reason: `${reason}: ${excerpt(pair.title.text)}` }
  }
}

function rejections(pairs: readonly Pair[], fitOf: (match: Match) => number): Map<Pair, string> {
  const taken = new Set<string>()
  const rejected = new Map<Pair, string>()
  for (const { pair, fit } of pairs
    .map(pair => ({ pair, fit: fitOf(pair.match) }))
    .sort((a, b) => Number(a.pair.disturbed) - Number(b.pair.disturbed) || b.fit - a.fit)) {
    const keys = [`title ${pair.title.text.toLowerCase()}`, `abstract ${pair.abstract.text}`]
    if (pair.beside !== undefined && fitOf(pair.beside) > 0.6) rejected.set(pair, 'a title on two lines')
    else if (fit < leastFit(pair)) rejected.set(pair, "a title whose abstract is another paper's")
    else if (keys.some(key => taken.has(key))) rejected.set(pair, 'a title or an abstract that stands twice')
    else for (const key of keys) taken.add(key)
  }
  return rejected
}

function leastFit({ inCard, disturbed }: Pair): number {
  if (inCard) return 0
  return disturbed ? 0.2 : 0.12
}

function paperOf(pair: Pair): Piece {
  const [title, abstract, link] = [pair.title.text, pair.abstract.text, pair.title.url ?? '']
  const arxiv = arxivIdOf(link)
  const paper = {
    id: paperId(title, abstract),
    title,
    abstract,
    authors: [],
    categories: [],
    ...(arxiv === undefined ? {} : { arxiv, url: link }),
  }
  return { line: pair.title.number, paper }
}

/**
 * The share of a title's words that its abstract contains, weighted by how few abstracts of the page contain the
 * word: 0 to 1. Measured on four collections of abstracts: 99 in 100 papers have more than 0.12, but so do half of
 * the titles with the next paper's abstract.
 */
function fitOf(pairs: number, holders: Holders): (match: Match) => number {
  if (pairs < enoughPairs) return () => 0.5
  const weight = (stem: string) => Math.log((pairs + 1) / ((holders.get(stem) ?? 0) + 0.5))
  const sum = (stems: readonly string[]) => stems.reduce((total, stem) => total + weight(stem), 0)
  return ({ shared, missing }) => {
    const found = sum(shared)
    return found / Math.max(found + sum(missing), Number.MIN_VALUE)
  }
}

/** For each word, the abstracts that contain it. */
type Holders = ReadonlyMap<string, number>
