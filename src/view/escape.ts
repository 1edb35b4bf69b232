/** Control, zero-width, bidirectional-override and other characters that show nothing but can mislead. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu
const joiner = '\u200d'
const webAddress = /https?:\/\/[^\s<>()[\]]*[^\s<>()[\].,;:!?'"*_~`|\\]/gu

/** What most texts are: words of plain letters with one blank between two. */
const plainLine = /^[!-~]+(?: [!-~]+)*$/u

/** One line of visible text: invisible characters gone, white space folded. Joined emoji keep their joiner. */
export function visible(text: string): string {
  if (plainLine.test(text)) return text
  return text
    .toWellFormed()
    .replace(/[\t\n\r\u0085\u2028\u2029]/gu, ' ')
    .replace(invisible, (found, at: number) => (found === joiner && joinsEmoji(text, at) ? found : ''))
    .replace(/\s+/gu, ' ')
    .trim()
}

function joinsEmoji(text: string, at: number): boolean {
  const after = text.codePointAt(at + 1)
  return after !== undefined && /\p{Extended_Pictographic}/u.test(String.fromCodePoint(after))
}

/** Text from papers and people, on one line, so that Discord shows it as it is: no formatting, no mention, no link but bare ones. */
export function escapeMarkdown(text: string): string {
  const line = visible(text)
  let out = ''
  let end = 0
  for (const address of line.matchAll(webAddress)) {
    out += escapeMarks(line.slice(end, address.index)) + address[0]
    end = address.index + address[0].length
  }
  return escapeStart(out + escapeMarks(line.slice(end)))
}

function escapeMarks(text: string): string {
  return text.replace(/[\\*_~`|[\]<>@]/gu, '\\$&')
}

/** Headings, lists and small print are recognised at the start of a line only. */
function escapeStart(line: string): string {
  return line.replace(/^(?:[#+-]|\d+(?=[.)]))/u, start => (/\d/u.test(start) ? `${start}\\` : `\\${start}`))
}

/** The text that `escapeMarkdown` was given, from what it returned, white space and invisible characters aside. */
export function unescapeMarkdown(text: string): string {
  return text.replace(/\\([\p{P}\p{S}])/gu, '$1')
}

/**
 * Shortens plain or escaped text to `max` UTF-16 units, ellipsis included: between words where that costs little,
 * never inside a character or an escape.
 */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text
  let cut = text.slice(0, Math.max(0, max - 1))
  const space = cut.lastIndexOf(' ')
  if (space > max * 0.7) cut = cut.slice(0, space)
  if (/[\ud800-\udbff]$/u.test(cut) || /\p{Cs}$/u.test(cut)) cut = cut.slice(0, -1)
  const slashes = /\\*$/u.exec(cut)?.[0].length ?? 0
  if (slashes % 2 === 1) cut = cut.slice(0, -1)
  return `${cut.trimEnd()}…`.slice(0, max)
}

/** Escaped text in `max` units at most. */
export const shown = (text: string, max: number): string => clip(escapeMarkdown(text), max)
