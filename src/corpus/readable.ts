import { plainLatex } from './latex.ts'
import { withoutEntities, withoutTags } from './markup.ts'

/** Quick check: without any of these characters no rule applies. */
const suspect =
  /[\\{}$^_~&<`]|\s\s|[^\S ]|^\s|\s$|[\p{Cc}\p{Cf}\p{Cs}\u115f\u1160\u2800\u3164\uffa0]|\u034f|\b(?:var|leq|geq|infty|lesssim|gtrsim)|arrow|setq|[^\s-]--|\d,(?:sigma|mu|alpha|beta|delta|Omega)\b/u

const address = /((?:https?:\/\/|www\.)[^\s{}\\$<>]+)/

/**
 * The text as shown to people: LaTeX, also without its backslashes and dollar signs, becomes plain characters (`{rm
 * SFR}{>}10^{-1}` becomes SFR>10⁻¹), HTML tags and invisible characters are removed. Addresses are unchanged, and so
 * is everything ambiguous. Not for searching or quoting.
 */
export function readable(text: string): string {
  if (!suspect.test(text)) return text
  let out = text
  // One rule may expose text for another, once per nesting level.
  for (let round = 0; round < 50; round++) {
    const next = pass(out)
    if (next === out) break
    out = next
  }
  return out
}

function pass(text: string): string {
  const linked = withoutTags(visible(text)).replace(
    /\\(?:url|href)\s?\{([^{}]*)\}(?:\s?\{([^{}]*)\})?/g,
    (_, url, label) => (label === undefined ? url : `${label} (${url})`),
  )
  const parts = linked
    .split(address)
    .map((part, at) => (at % 2 === 1 ? plainAddress(part) : plainLatex(withoutEntities(part))))
  return parts.join('').replace(/\s+/g, ' ').trim()
}

/** In an address an entity means its character. */
const plainAddress = (url: string): string => url.replace(/&(?:amp;)+/g, '&')

/** Without control characters and characters that hide text or change its direction. */
function visible(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
      .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u2800\u3164\uffa0]/g, ' ')
      .replace(
        /\u034f|[\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g,
        '',
      )
      .replace(/[\u{e0000}-\u{e007f}]/gu, '')
      // Emoji and the scripts of India and Persia need the joiners.
      .replace(
        /(?<![[\p{L}\p{M}\p{Extended_Pictographic}\u{1f3fb}-\u{1f3ff}]--[\p{Script=Latin}\p{ASCII}]])[\u200c\u200d]/gv,
        '',
      )
  )
}
