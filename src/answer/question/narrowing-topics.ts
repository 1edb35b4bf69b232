/** What papers are narrowed to, read apart: "people or mice, not cells". */
export interface NarrowingTopics {
  /** Each with the wordings that it may stand for, the fullest first: "breast" of "breast or lung cancer". */
  readonly wanted: readonly (readonly string[])[]
  /** Joined by "and": papers on all of them, where there are any. */
  readonly all: boolean
  readonly except: readonly (readonly string[])[]
}

const exception =
  /(?<=\S)(?:,| and| but)? (?:not|no|without|except(?: for)?|excluding|rather than|instead of|other than|as opposed to) (?=\S)/iu
const joint = /(?:,? (?:and\/or|or|and|as well as|nor|plus) |, ?| \/ )(?=\S)/iu
const before =
  /^(?:(?:either|both|also|just|only|any|the|those|these|ones|papers|studies|that|which|are|is|in|on|of|about|with|for|from|by|using|use|done|kind|kinds|sort|sorts)\b ?){0,5}(?=\S)/iu
const behind = /(?:[\s,]{1,3}(?:ones|papers|studies|articles|at all|either|too|instead|only|though))+$/iu

const bareOf = (text: string): string => {
  const bare = text.trim().replace(behind, '').replace(before, '').trim()
  return bare === '' ? text.trim() : bare
}

/** "Breast or lung cancer": what ends the last of several may end the others. */
function joined(text: string): string[][] {
  const parts = text
    .split(joint)
    .map(bareOf)
    .filter(part => /[\p{L}\p{N}]/u.test(part))
  const words = parts.at(-1)?.split(' ') ?? []
  const head = parts.length > 1 && words.length > 1 ? words.at(-1) : undefined
  return parts.map((part, i) =>
    head === undefined || i === parts.length - 1 || part.includes(' ') ? [part] : [`${part} ${head}`, part],
  )
}

/** @param topic as a narrowing names it */
export function topicsIn(topic: string): NarrowingTopics {
  const text = topic.slice(0, 200)
  const found = exception.exec(text)
  const wanted = found === null ? text : text.slice(0, found.index)
  const except = found === null ? [] : joined(text.slice(found.index + found[0].length))
  return { wanted: joined(wanted), all: !/\b(?:or|nor)\b/iu.test(wanted), except }
}
