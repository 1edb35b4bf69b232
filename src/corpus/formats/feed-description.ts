/** What publishers write in a feed's description around the abstract, or in its place. */
export interface Described {
  /** As it was written, with its markup. */
  readonly abstract: string
  readonly authors?: string | undefined
  readonly published?: string | undefined
  readonly venue?: string | undefined
  readonly doi?: string | undefined
}

type Field = Exclude<keyof Described, 'abstract'>

/** Lines that are no part of an abstract, and the field that each tells: Elsevier, APS, ACS, Atypon, Wiley, RSC. */
const furniture: readonly (readonly [RegExp, Field | undefined])[] = [
  [/^Publication date: (?:Available online )?(.{4,40})$/i, 'published'],
  [/^Source: (.{1,200}?)(?:, (?:Volumes?|Parts?|Issues?) .{1,80})?$/i, 'venue'],
  [/^Author\(s\): (.{1,9000})$/i, 'authors'],
  [/^\[[^[\]]{3,80}\] Published .{1,40}$/, undefined],
  [/^DOI: ?(10\.\d{4,9}\/\S{1,200})$/i, 'doi'],
  [
    /^([^.<>]{2,120}), (?:Volume \w{1,9}, .{0,80}\d{4}|Ahead of Print|Early ?View|Accepted Article)\.?$/i,
    'venue',
  ],
  [/^(?:To cite this article before page numbers|The content of this RSS Feed)\b/i, undefined],
]

/** Text above this length has no such lines: they would be looked for in whole articles. */
const longest = 100_000

const lineEnd = /<br\s{0,9}\/?>|<\/(?:p|div)>/gi
const citation = /<div>\s{0,9}<cite>([^<>]{1,200})<\/cite>\s{0,9}<\/div>/i

/** Takes those lines from a description; one without any is left as it is. */
export function described(description: string): Described {
  if (description.length > longest) return { abstract: description }
  const cited = citation.exec(description)
  const fields: Partial<Record<Field, string>> = cited?.[1] === undefined ? {} : { venue: cited[1] }
  const rest = description.replace(citation, '')
  const ends = rest.match(lineEnd) ?? []
  let isFurnished = cited !== null
  let abstract = ''
  for (const [at, line] of rest.split(lineEnd).entries()) {
    const plain = line
      .replace(/<[^<>]{0,500}>/g, '')
      .replace(/\s+/g, ' ')
      .trim()
    const found = furniture.find(([pattern]) => pattern.test(plain))
    if (found === undefined) {
      if (plain !== '') abstract += line + (ends[at] ?? '')
      continue
    }
    isFurnished = true
    const [pattern, field] = found
    if (field !== undefined) fields[field] ??= pattern.exec(plain)?.[1] ?? ''
  }
  return isFurnished ? { ...fields, abstract } : { abstract: description }
}
