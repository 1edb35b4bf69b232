import { compounds, type Token, tokenize } from '../analysis/analyze.ts'

/** A half-open range of UTF-16 offsets. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** The terms to mark: always, or only in runs of two or more (the words of an abbreviation spelled out). */
export interface Marked {
  readonly always: ReadonlySet<string>
  readonly inRuns: ReadonlySet<string>
}

/** Where a text contains the terms; a hyphenated compound becomes one span. */
export function spansOf(text: string, { always, inRuns }: Marked): Span[] {
  const tokens = tokenize(text)
  const marked = tokens.map(({ term, stop }) => !stop && always.has(term))
  const runs = tokens.map(({ term, stop }) => !stop && (always.has(term) || inRuns.has(term)))
  const single = tokens.filter((_, i) => marked[i] || (runs[i] && (runs[i - 1] || runs[i + 1])))
  const joined = compounds(tokens).filter(({ term, stop }) => !stop && always.has(term))
  return merged([...single, ...joined], text)
}

function merged(tokens: readonly Token[], text: string): Span[] {
  const spans: Span[] = []
  for (const { start, end } of tokens.toSorted((x, y) => x.start - y.start || y.end - x.end)) {
    const last = spans.at(-1)
    if (last !== undefined && (start < last.end || text.slice(last.end, start) === '-')) {
      spans[spans.length - 1] = { start: last.start, end: Math.max(last.end, end) }
    } else spans.push({ start, end })
  }
  return spans
}
