/** The archives in arXiv's identifiers from before 2007; some have been closed since. */
const archives =
  'acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga|econ|eess|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|q-fin|quant-ph|solv-int|stat|supr-con'

/** Since April 2007, with four digits until 2014 and five since. */
const modern = String.raw`(?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.\d{4}|(?:1[5-9]|[2-8]\d)(?:0[1-9]|1[0-2])\.\d{5}`
const old = String.raw`(?:${archives})(?:\.[a-z-]{2,17})?\/\d\d(?:0[1-9]|1[0-2])\d{3}`

/** An arXiv identifier anywhere in a text, with its version: the source of a pattern for other modules. */
export const arxivPattern = String.raw`(?<![\w.-])(?:${modern}|${old})(?:v\d{1,3})?(?![\w-]|\.\d)`

const whole = new RegExp(`^(${modern}|${old})(?:v\\d{1,3})?$`, 'i')
const inPath = new RegExp(
  `(?:^|/|/arxiv:)(${modern}|${old})(?:v\\d{1,3})?(?:\\.pdf|\\.ps|\\.html?)?(?:/|$)`,
  'i',
)

/** Hosts whose addresses contain arXiv identifiers. */
const mirrors =
  /(?:^|\.)(?:arxiv\.org|alphaxiv\.org|ar5iv\.org|arxiv-vanity\.com|scirate\.com|huggingface\.co|hf\.co|papers\.cool|emergentmind\.com|semanticscholar\.org|paperswithcode\.com|arxiv\.gg|deeplearn\.org|catalyzex\.com|connectedpapers\.com)$/i

/** Parses a text as an address, also without a scheme; undefined for other texts, a DOI among them. */
export function urlOf(text: string): URL | undefined {
  const trimmed = text.trim()
  // Its first part would be read as the number of a host.
  if (/^10\.\d{4,9}\//.test(trimmed)) return undefined
  if (!/^(?:https?:\/\/|www\.|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}\/)\S/i.test(trimmed)) return undefined
  return URL.parse(/^https?:/i.test(trimmed) ? trimmed : `https://${trimmed}`) ?? undefined
}

/** The decoded path; undefined when its escapes are invalid. */
export function pathOf(url: URL): string {
  try {
    return decodeURIComponent(url.pathname)
  } catch {
    return url.pathname
  }
}

/**
 * @returns the arXiv identifier that the text is, or that its address (at arXiv or a mirror) or its DOI contains:
 * without the version, and without the subject class that old ones may have (`math.GT/0309136` gives `math/0309136`)
 */
export function arxivIdOf(text: string): string | undefined {
  const trimmed = text.trim()
  const url = urlOf(trimmed)
  const isMirror = url !== undefined && (mirrors.test(url.hostname) || /\/arxiv(?:\/|$)/i.test(url.pathname))
  const bare = trimmed
    .replace(/^https?:\/\/(?:dx\.|www\.)?doi\.org\//i, '')
    .replace(/^(?:doi:\s*)?10\.48550\/arxiv\./i, '')
    .replace(/^\[?arxiv:\s*/i, '')
    .replace(/\]$|\.pdf$/i, '')
  const found = (isMirror ? inPath.exec(pathOf(url)) : null) ?? whole.exec(bare)
  return found?.[1]?.replace(/^([a-z-]+)\.[a-z-]+(?=\/)/i, '$1').toLowerCase()
}

/**
 * @returns the DOI that the text is or whose address it is, without `https://doi.org/` or `doi:`, braces around it and
 * a sentence's mark behind it
 */
export function doiOf(text: string): string | undefined {
  if (!text.includes('10.')) return undefined
  const trimmed = text
    .trim()
    .replace(/^\{([^{}]{1,300})\}$/, '$1')
    .replace(/^((?:doi:?\s*)?10\.\d{4,9})%2F/i, '$1/')
    .replace(/[.,;]$/, '')
  const url = /^https?:\/\/(?:dx\.|www\.)?doi\.org\//i.test(trimmed) ? urlOf(trimmed) : undefined
  const bare =
    url === undefined ? trimmed.replace(/^(?:doi:?\s*|(?:dx\.)?doi\.org\/)/i, '') : pathOf(url).slice(1)
  return /^10\.\d{4,9}\/\S+$/.test(bare) ? bare : undefined
}
