import type { Paper } from '../../corpus/paper.ts'
import { tokenize } from '../analysis/analyze.ts'
import type { SyncEmbedder } from '../embedding/port.ts'
import { dot } from '../embedding/unit-vector.ts'

/** Letters that an abbreviation may have: more are a word, fewer say nothing. */
const lettersOf = /^[\p{L}\p{N}]{2,6}$/u
const between = '[\\s\\u2010-\\u2015-]{1,3}(?:(?:of|the|and|for|in|to|with|on)\\s{1,3})?'
/** Characters that are looked through, titles first: some 10 ms. */
const mostRead = 3_000_000
/** What a title says a paper is about; an abstract that says it once may say it by chance. */
const inTitle = 3
const mostInAbstract = 3
const leastSaid = 3
/** Least cosine of the abbreviation and its words: of one that the table knows, and of three letters; more fit little by chance. */
const leastNear = { known: 0.3, three: 0.11 }
/** Readings that are compared with the abbreviation, the commonest first. */
const mostCompared = 30
const mostRemembered = 200

interface Reading {
  readonly words: string
  said: number
}

/** Finds what an abbreviation that no paper holds is short for, by the first letters of words that papers write in a row. */
export class LongForms {
  readonly #papers: readonly Paper[]
  readonly #embedder: SyncEmbedder | undefined
  readonly #known = new Map<string, readonly string[] | undefined>()

  /** @param embedder tells words from abbreviations, and what these mean; without it only long ones are read */
  constructor(papers: readonly Paper[], embedder: SyncEmbedder | undefined) {
    this.#papers = papers
    this.#embedder = embedder
  }

  /**
   * @param typed as the person wrote it
   * @returns the words that it stands for
   * @example
   * // with a paper "Obstructive sleep apnea and the risk of stroke"
   * longForms.of('OSA') // ['obstructive', 'sleep', 'apnea']
   */
  of(typed: string): readonly string[] | undefined {
    const letters = this.#lettersOf(typed)
    if (letters === undefined) return undefined
    if (!this.#known.has(letters)) {
      if (this.#known.size >= mostRemembered) this.#known.clear()
      this.#known.set(letters, this.#find(letters))
    }
    return this.#known.get(letters)
  }

  #lettersOf(typed: string): string | undefined {
    const isCapital = /^\P{Ll}{2,}s?$/u.test(typed) && /\p{Lu}/u.test(typed)
    const singular = /^.{2,}s$/u.test(typed) ? typed.slice(0, -1) : typed
    const letters = (isCapital && !/s$/u.test(typed) ? typed : singular).toLowerCase()
    if (!lettersOf.test(letters) || !/^\p{L}/u.test(letters)) return undefined
    if (
      !isCapital &&
      (letters.length < 3 || [typed.toLowerCase(), letters].some(word => this.#embedder?.knows(word)))
    )
      return undefined
    return letters
  }

  #find(letters: string): readonly string[] | undefined {
    const form = formOf(letters)
    const readings = new Map<string, Reading>()
    const texts = [
      { of: ({ title }: Paper) => title, weight: inTitle, most: 1 },
      { of: ({ abstract }: Paper) => abstract, weight: 1, most: mostInAbstract },
    ]
    let read = 0
    for (const { of, weight, most } of texts) {
      for (const paper of this.#papers) {
        const text = of(paper)
        read += text.length
        if (read > mostRead) break
        for (const [words] of [...text.matchAll(form)].slice(0, most))
          say(readings, words, letters.length, weight)
      }
    }
    return this.#likeliest(letters, [...readings.values()])
  }

  /** By how near in meaning it is where that is asked for, otherwise by how often it is written. */
  #likeliest(letters: string, readings: readonly Reading[]): readonly string[] | undefined {
    const isKnown = letters.length === 2 || this.#embedder?.knows(letters)
    const least = isKnown ? leastNear.known : letters.length === 3 ? leastNear.three : undefined
    const common = readings
      .filter(({ said }) => said >= leastSaid)
      .toSorted((a, b) => b.said - a.said)
      .slice(0, mostCompared)
    const near = least === undefined ? common : this.#near(letters, common, least)
    return near[0]?.words.split(/[\s\u2010-\u2015-]{1,3}/u)
  }

  #near(letters: string, readings: readonly Reading[], least: number): Reading[] {
    if (this.#embedder === undefined || readings.length === 0) return []
    const { dimensions } = this.#embedder
    const vectors = this.#embedder.embed([letters, ...readings.map(({ words }) => words)])
    const own = vectors.subarray(0, dimensions)
    return readings
      .map((reading, i) => ({
        reading,
        cosine: dot(own, vectors.subarray((i + 1) * dimensions, (i + 2) * dimensions)),
      }))
      .filter(({ cosine }) => cosine >= least)
      .toSorted((a, b) => b.cosine - a.cosine)
      .map(({ reading }) => reading)
  }
}

/** Words in a row that begin with these letters; the first two may be an abbreviation themselves: "ST elevation". */
function formOf(letters: string): RegExp {
  const words = [...letters].map(letter => (/\p{N}/u.test(letter) ? `${letter}` : `${letter}\\p{L}{1,24}`))
  const [first, second, ...rest] = words
  const two = `(?:${first}${between}${second}${letters.length > 3 ? `|${letters.slice(0, 2)}` : ''})`
  const form = rest.reduce((so, word) => so + between + word, two)
  return new RegExp(`(?<![\\p{L}\\p{N}])${form}(?![\\p{L}\\p{N}])`, 'giu')
}

function say(readings: Map<string, Reading>, words: string, letters: number, weight: number): void {
  const tokens = tokenize(words)
  const meant = tokens.filter(({ stop }) => !stop)
  // "Of survival after" is no name; "ST elevation" has two letters in a word.
  if (tokens[0]?.stop || tokens.at(-1)?.stop || meant.length < Math.max(2, letters - 1)) return
  const key = meant.map(({ term }) => term).join(' ')
  const known = readings.get(key) ?? { words: words.toLowerCase(), said: 0 }
  known.said += weight
  readings.set(key, known)
}
