import type { Line } from './lines.ts'
import { endsSentence } from './page-lines.ts'

/** Most lines of a title. */
const mostLines = 8
const longestTitle = 300
/** Share of capitalised words from which text inside a paragraph is a title and not the beginning of a sentence. */
const sureCapitals = 0.75

/**
 * Splits a paragraph of a page without blank lines, in which a title as long as the line width may have run into its
 * surroundings. Titles are recognised by capitals, abstracts by full stops.
 * @param titled the piece before the paragraph is a title
 */
export function splitParagraph(lines: readonly Line[], titled: boolean): Line[][] {
  const pieces: Line[][] = []
  let from = 0
  for (let at = titled ? afterAbstract(lines, 0) : 0; at < lines.length; ) {
    const end = titleEnd(lines, at, at === 0 && !titled ? 0 : sureCapitals)
    if (end === undefined) at = afterAbstract(lines, at + 1)
    else {
      if (at > from) pieces.push(lines.slice(from, at))
      pieces.push(lines.slice(at, end))
      from = end
      at = afterAbstract(lines, end)
    }
  }
  if (from < lines.length) pieces.push(lines.slice(from))
  return pieces
}

/** The line after one that ends a sentence. */
function afterAbstract(lines: readonly Line[], from: number): number {
  for (let at = from + 1; at < lines.length; at++) if (endsSentence(lines[at - 1]?.text ?? '')) return at
  return lines.length
}

/** The line after the title that begins at a line; undefined if none does. */
function titleEnd(lines: readonly Line[], from: number, least: number): number | undefined {
  let best: { end: number; score: number } | undefined
  let text = ''
  for (let end = from + 1; end <= Math.min(lines.length, from + mostLines); end++) {
    text = `${text} ${lines[end - 1]?.text ?? ''}`.trim()
    if (text.length > longestTitle || /[.!?]["'”’)]? \p{Lu}/u.test(text)) break
    const rest = lines
      .slice(end, end + 6)
      .map(line => line.text)
      .join(' ')
    const score = scoreOf(text, rest)
    if (score > (best?.score ?? 0) && capitals(text) >= least) best = { end, score }
  }
  return best?.end
}

/** How much better a text reads as a title followed by running text than the other way round. */
function scoreOf(title: string, rest: string): number {
  if (
    !/^["“'(]?[\p{Lu}\p{N}]|^\p{Ll}+\p{Lu}/u.test(title) ||
    /[.,;]$|\b(?:of|the|and|for|with|a|an|in|on|to|by|from|via|is|are)$/i.test(title)
  )
    return 0
  if (rest === '') return endsSentence(title) ? 0 : capitals(title) - 0.3
  if (!/^["“'(]?[\p{Lu}\p{N}]/u.test(rest) || (rest.length < 60 && !endsSentence(rest))) return 0
  return capitals(title) - capitals(rest.slice(0, 200).replace(/^\S+ /, '')) - 0.15
}

/** The share of a text's longer words that begin with a capital, a digit or a symbol: 0 to 1. */
function capitals(text: string): number {
  const words = text.split(/[\s-]+/).filter(word => word.length > 3)
  if (words.length === 0) return 0.5
  return words.filter(word => !/^["“'(]?\p{Ll}/u.test(word) || /\p{Lu}/u.test(word)).length / words.length
}
