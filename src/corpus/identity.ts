import { arxivIdOf, doiOf, pathOf, urlOf } from './identifiers.ts'
import type { Paper } from './paper.ts'

/** Query parameters that track the visitor and do not affect the target. */
const idle =
  /^(?:utm.*|ref|ref_src|source|src|via|from|fbclid|gclid|mc_[ce]id|context|referrer|share|s|t|noteid|invitationid|download|needaccess|journalcode|casa_token|hl|lang|print|rss|sessionid|jsessionid)$/i

/** How a site identifies its papers: by a part of the path or query, whatever the rest of the address. */
interface Site {
  readonly host: RegExp
  /** Prefix of the site's keys. */
  readonly name: string
  /** @returns the site's own identifier of the paper */
  readonly id: (url: URL, path: string) => string | null | undefined
  /** @returns the paper's DOI, if it follows from the identifier */
  readonly doi?: (id: string) => string
}

const inPath =
  (pattern: RegExp) =>
  (_: URL, path: string): string | undefined =>
    pattern.exec(path)?.[1]?.toLowerCase()

/** Publishers' item identifiers, without the stops and brackets that some write. */
const piiOf = (_: URL, path: string): string | undefined =>
  /\/(?:pii\/|fulltext\/|article\/|abstract\/)(S[\d()X-]{16,24})/i
    .exec(path)?.[1]
    ?.replace(/[()-]/g, '')
    .toLowerCase()

const sites: readonly Site[] = [
  { host: /(?:^|\.)openreview\.net$/, name: 'openreview', id: url => url.searchParams.get('id') },
  {
    host: /(?:^|\.)ssrn\.com$/,
    name: 'ssrn',
    id: (url, path) =>
      ['abstract_id', 'abstractid', 'abstract'].map(key => url.searchParams.get(key)).find(id => id) ??
      /\/abstract=(\d+)/i.exec(path)?.[1],
    doi: id => `10.2139/ssrn.${id}`,
  },
  {
    host: /(?:^|\.)(?:aclanthology\.org|aclweb\.org)$/,
    name: 'acl',
    id: inPath(/(?:^|\/)([a-z]\d\d-\d{4}|\d{4}\.[a-z0-9-]{1,40}\.\d{1,4})(?:v\d)?(?:\.pdf|\.bib)?\/?$/i),
    doi: id => `10.18653/v1/${id}`,
  },
  {
    host: /(?:^|\.)semanticscholar\.org$/,
    name: 's2',
    id: inPath(/\/([0-9a-f]{40})(?:\/|$)/i),
  },
  {
    host: /(?:^|\.)(?:nips|neurips)\.cc$/,
    name: 'nips',
    id: inPath(/\/([0-9a-f]{32})-/i),
  },
  {
    host: /^ieeexplore\.ieee\.org$/,
    name: 'ieee',
    id: (url, path) => /\/document\/(\d{4,9})(?:\/|$)/.exec(path)?.[1] ?? url.searchParams.get('arnumber'),
  },
  { host: /(?:^|\.)(?:sciencedirect|cell|thelancet)\.com$/, name: 'pii', id: piiOf },
  { host: /(?:^|\.)jstor\.org$/, name: 'jstor', id: inPath(/\/stable\/(?:pdf\/)?(\d{4,9})(?:\.pdf)?$/) },
  { host: /^eprint\.iacr\.org$/, name: 'iacr', id: inPath(/^\/(\d{4}\/\d{1,5})(?:\.pdf)?\/?$/) },
  {
    host: /(?:^|\.)jmlr\.org$/,
    name: 'jmlr',
    id: inPath(/^\/papers\/v(?:olume)?(\d+\/\w{2,30}-?\d*)(?:\.html|\/|$)/i),
  },
  {
    host: /(?:^|\.)hal\.science$|(?:^|\.)archives-ouvertes\.fr$/,
    name: 'hal',
    id: inPath(/\/((?:hal|tel)-\d{6,9})(?:v\d+)?(?:\/|$)/i),
  },
  { host: /(?:^|\.)thecvf\.com$/, name: 'cvf', id: inPath(/\/([^/]{1,200})_paper\.(?:html|pdf)$/i) },
  {
    host: /^proceedings\.mlr\.press$/,
    name: 'pmlr',
    id: inPath(/^\/(v\d+\/[^/.]{1,80})(?:\.html|\/[^/]{1,80}\.pdf)?$/i),
  },
  {
    host: /(?:^|\.)nature\.com$/,
    name: 'nature',
    id: inPath(/^\/articles\/([a-z0-9-]{1,60})(?:[./]|$)/i),
    doi: id => `10.1038/${id}`,
  },
  {
    host: /^pubmed\.ncbi\.nlm\.nih\.gov$/,
    name: 'pmid',
    id: inPath(/^\/(\d{1,9})(?:\/|$)/),
  },
  { host: /(?:^|\.)ncbi\.nlm\.nih\.gov$/, name: 'pmid', id: inPath(/^\/pubmed\/(\d{1,9})(?:\/|$)/) },
  { host: /(?:^|\.)ncbi\.nlm\.nih\.gov$/, name: 'pmc', id: inPath(/\/(pmc\d{1,9})(?:\/|$)/i) },
  { host: /^europepmc\.org$/, name: 'pmid', id: inPath(/^\/(?:article|abstract)\/med\/(\d{1,9})(?:\/|$)/i) },
  { host: /^europepmc\.org$/, name: 'pmc', id: inPath(/\/(pmc\d{1,9})(?:\/|$)/i) },
  {
    host: /(?:^|\.)zenodo\.org$/,
    name: 'zenodo',
    id: inPath(/^\/records?\/(\d{1,10})(?:\/|$)/),
    doi: id => `10.5281/zenodo.${id}`,
  },
  {
    host: /(?:^|\.)elifesciences\.org$/,
    name: 'elife',
    id: inPath(/^\/articles\/(\d{1,9})(?:[v/]|$)/),
    doi: id => `10.7554/elife.${id}`,
  },
]

const doiKey = (doi: string): string => `doi:${doi.toLowerCase()}`

/** A DOI inside a publisher's address, without the suffixes of such addresses. */
function doisIn(url: URL): string[] {
  const found = /(?:^|[/=])(10\.\d{4,9}\/[^?#&]+)/.exec(
    `${pathOf(url)}?${url.searchParams.get('id') ?? ''}${url.searchParams.get('doi') ?? ''}`.replace(
      '?10.',
      '/10.',
    ),
  )?.[1]
  if (found === undefined) return []
  const short = found
    .replace(/\/+$/, '')
    .replace(/\.pdf$/i, '')
    .replace(/\/(?:full|abstract|summary|meta|pdf|epdf|html|fulltext|references)$/i, '')
    .replace(/v\d{1,2}(?:\.(?:full|abstract|full-text|article-info))?$/i, '')
  return [...new Set([found, short])]
}

/** The DOI that a publisher's address contains, as in `https://dl.acm.org/doi/pdf/10.1145/3292500.3330701`. */
export function doiInAddress(text: string): string | undefined {
  if (!text.includes('10.')) return undefined
  const url = urlOf(text)
  return url === undefined || publishersPath.test(url.pathname) === false ? undefined : doisIn(url).at(-1)
}

/** Elsewhere what looks like a DOI may be the first part of a longer path. */
const publishersPath =
  /\/(?:doi|article|chapter|book|content|abs|full|pdf)\/(?:[a-z]{1,12}\/)?10\.\d{4,9}(?:\/|%2F)/i

/** The address without scheme, `www.`, fragment, file extension and tracking parameters. */
function addressKeys(url: URL): string[] {
  const path = pathOf(url)
    .replace(/\/+$/, '')
    .replace(/\.(?:pdf|html?)$/i, '')
  const bare = `url:${url.hostname.replace(/^www\./, '')}${path}`
  const kept = [...url.searchParams].filter(([key]) => !idle.test(key)).sort(([a], [b]) => (a < b ? -1 : 1))
  const query = kept.map(([key, value]) => `${key}=${value}`).join('&')
  const whole = query === '' ? bare : `${bare}?${query}`
  return [...new Set([whole, whole.toLowerCase(), bare.toLowerCase()])]
}

/** The versions of a preprint at bioRxiv or medRxiv are one paper: `10.1101/2023.05.17.541212v2`. */
const preprintVersion = /^(10\.(?:1101|64898)\/.{1,60}?)v\d{1,2}$/

/** Of `PMID: 31452104` and `PMC7654321`. */
function pubmedKeys(text: string): string[] {
  const [, pmid, pmc] = /^(?:pmid:?\s?(\d{1,9})|(?:pmcid:?\s?)?(pmc\d{1,9}))$/i.exec(text) ?? []
  return [
    ...(pmid === undefined ? [] : [`pmid:${pmid}`]),
    ...(pmc === undefined ? [] : [`pmc:${pmc.toLowerCase()}`]),
  ]
}

/**
 * Keys for looking up a text that names a paper (an address or an identifier), most reliable first. The text names a
 * paper when one of its keys is among the paper's `filedUnder`.
 *
 * @example
 * namingKeys('https://openreview.net/pdf?id=aB1') // ['openreview:aB1', ...]
 * namingKeys('arXiv:2405.19320v2') // ['arxiv:2405.19320']
 */
export function namingKeys(text: string): string[] {
  const arxiv = arxivIdOf(text)
  const doi = doiOf(text)
  const keys = [
    ...(arxiv === undefined ? [] : [`arxiv:${arxiv}`]),
    ...(doi === undefined ? [] : [...new Set([doi, doi.replace(preprintVersion, '$1')])].map(doiKey)),
    ...pubmedKeys(text.trim()),
  ]
  const acl = /^(?:[A-Z]\d\d-\d{4}|\d{4}\.[a-z0-9]{2,20}-[a-z0-9]{1,20}\.\d{1,4})$/i.exec(text.trim())?.[0]
  if (acl !== undefined) return [...keys, `acl:${acl.toLowerCase()}`, doiKey(`10.18653/v1/${acl}`)]
  const url = urlOf(text)
  if (url === undefined) return keys
  const path = pathOf(url)
  for (const site of sites.filter(({ host }) => host.test(url.hostname))) {
    const id = site.id(url, path)
    if (!id) continue
    // The rest of such an address is the same for all papers of the site.
    return [
      ...keys,
      `${site.name}:${id}`,
      ...(site.doi === undefined ? [] : [doiKey(site.doi(id))]),
      `id:${id}`,
    ]
  }
  return [...keys, ...doisIn(url).map(doiKey), ...addressKeys(url)]
}

/** The keys under which a paper is found: its identifiers, its address, and its id. */
export function filedUnder({ id, arxiv, doi, url }: Paper): string[] {
  // Many records have their DOI for an id: each text is read once.
  const texts = new Set([url ?? '', doi ?? '', arxiv ?? '', id])
  texts.delete('')
  const named = [...texts].flatMap(text => namingKeys(text).filter(key => !key.startsWith('id:')))
  // Papers that differ only in the query need the whole address.
  const address = url === undefined ? undefined : urlOf(url)
  const lost = address !== undefined && [...address.searchParams].some(([key]) => !idle.test(key))
  const bare = lost ? addressKeys(address).at(-1) : undefined
  return [...new Set([...named.filter(key => key !== bare), `id:${id}`])]
}
