import wrapAnsi from 'wrap-ansi'

/** Of narrower windows nothing is left beside what a line starts with. */
const leastWidth = 20

/** What a line of the output starts with: a quotation, an entry of a list, a source's number, or an indent. */
const lead = /^(?:> |• |\[\d{1,3}\] | +)/

/**
 * Text in lines of at most `width` columns, broken between words; wide characters take two columns, and what makes text
 * bold takes none. What a line starts with hangs to the left of what follows it. A longer word, such as an address, stays
 * whole, so that it can be opened. Undefined leaves every line as it is: for files and pipes.
 *
 * @example
 * wrapped('• Bees avoid phones in spring', 20) // '• Bees avoid phones\n  in spring'
 */
export function wrapped(text: string, width: number | undefined): string {
  if (width === undefined || width < leastWidth) return text
  return text
    .split('\n')
    .map(line => {
      const start = lead.exec(line)?.[0] ?? ''
      const further = start === '> ' ? start : ' '.repeat(start.length)
      const lines = wrapAnsi(line.slice(start.length), width - start.length).split('\n')
      return lines.map((part, at) => (at === 0 ? start : further) + part).join('\n')
    })
    .join('\n')
}
