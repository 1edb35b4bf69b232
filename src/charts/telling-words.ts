import { tokenize } from '../search/analysis/analyze.ts'

/** Texts that are read, spread evenly over all: more do not change what is told. */
const mostRead = 3_000

/** What a paper says of itself. */
export interface PaperText {
  readonly title: string
  readonly abstract: string
}

interface Seen {
  /** Papers that hold it. */
  count: number
  /** Papers that have it in their titles. */
  titles: number
  /** As people write it, with how often. */
  readonly forms: Map<string, number>
}

/** Words that are true of any paper. */
const empty: ReadonlySet<string> = new Set(
  `paper approach method methods propose proposed new novel results result show shows study studies based using use used
  two three one first existing work works performance task tasks problem problems analysis via across evaluation
  however high low different large significant significantly demonstrate experiments experimental framework compared
  state art model models data system systems learning information present associated effects effect findings years towards toward pubmed`
    .split(/\s+/u)
    .flatMap(word => tokenize(word).map(({ term }) => term)),
)

/**
 * What tells groups of texts apart: for each group its most telling words and pairs of words (tf-idf over the groups, by
 * papers), none of which repeats another, as they are mostly written.
 * @param groups the group of each text
 * @returns `most` at most for each group; none for a group without words
 */
export function tellingWords(
  texts: readonly PaperText[],
  groups: ArrayLike<number>,
  count: number,
  most = 2,
): string[][] {
  const sizes = new Array<number>(count).fill(0)
  const seen = Array.from({ length: count }, () => new Map<string, Seen>())
  const step = Math.max(1, texts.length / mostRead)
  for (let at = 0; at < texts.length; at += step) {
    const i = Math.floor(at)
    const group = groups[i] ?? 0
    sizes[group] = (sizes[group] ?? 0) + 1
    const [words, text] = [seen[group], texts[i]]
    if (words !== undefined && text !== undefined) note(text, words)
  }
  const read = sizes.reduce((sum, size) => sum + size, 0)
  const best = seen.map((words, group) => {
    const size = sizes[group] ?? 0
    const scored = [...words]
      .filter(([, { count, titles }]) => count >= Math.min(3, size / 2) && titles >= Math.min(2, size / 4))
      .map(([key, { count, titles, forms }]) => ({
        key,
        form: mostUsed(forms),
        score: scoreOf(key, count + titles, group),
      }))
      .sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1))
    return { group, scored }
  })
  const told: string[][] = seen.map(() => [])
  const words = new Set<string>()
  // Whoever is told by a word most gets it: two groups of one name would tell nothing.
  for (const { group, scored } of best.sort((a, b) => (b.scored[0]?.score ?? 0) - (a.scored[0]?.score ?? 0)))
    told[group] = distinct(scored, words, most)
  return told

  function scoreOf(key: string, here: number, group: number): number {
    const share = here / (sizes[group] || 1)
    const others = read - (sizes[group] ?? 0)
    const elsewhere = seen.reduce((sum, words, at) => sum + (at === group ? 0 : countOf(words.get(key))), 0)
    const isPair = key.includes(' ')
    return share * Math.log((share + 0.01) / (elsewhere / (others || 1) + 0.01)) * (isPair ? 1.8 : 1)
  }
}

/** A word in a title counts twice: it is what the paper is about. */
const countOf = (seen: Seen | undefined): number => (seen === undefined ? 0 : seen.count + seen.titles)

/** Counts each word and pair of a paper once. */
function note({ title, abstract }: PaperText, into: Map<string, Seen>): void {
  const inTitle = wordsOf(title)
  for (const [key, form] of new Map([...inTitle, ...wordsOf(abstract)])) {
    const known = into.get(key) ?? { count: 0, titles: 0, forms: new Map() }
    known.count += 1
    known.titles += inTitle.has(key) ? 1 : 0
    known.forms.set(form, (known.forms.get(form) ?? 0) + 1)
    into.set(key, known)
  }
}

/** Words and pairs of words, by their stems, as they are written. */
function wordsOf(text: string): Map<string, string> {
  const found = new Map<string, string>()
  const tokens = tokenize(text)
  tokens.forEach(({ term, word, stop, start, end }, i) => {
    if (stop || !isTelling(word)) return
    if (!empty.has(term)) found.set(term, text.slice(start, end))
    const next = tokens[i + 1]
    if (next === undefined || next.stop || !isTelling(next.word) || next.start - end > 1) return
    if (!(empty.has(term) && empty.has(next.term)))
      found.set(`${term} ${next.term}`, text.slice(start, next.end))
  })
  return found
}

const isTelling = (word: string): boolean => /^[\p{L}][\p{L}\p{N}+-]{2,24}$/u.test(word)

const mostUsed = (forms: ReadonlyMap<string, number>): string =>
  [...forms].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? ''

/** @param taken words that tell another group; those of the result are added */
function distinct(
  scored: readonly { readonly key: string; readonly form: string }[],
  taken: Set<string>,
  most: number,
): string[] {
  const kept: string[] = []
  for (const { key, form } of scored) {
    if (kept.length === most) break
    const parts = key.split(' ')
    if (parts.some(part => taken.has(part))) continue
    for (const part of parts) taken.add(part)
    kept.push(form)
  }
  return kept
}
