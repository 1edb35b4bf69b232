import { lengths } from '../lengths.ts'
import type { Link, Paper } from './paper.ts'
import { readable } from './readable.ts'

/**
 * The links of a paper, best first: its own page (its url, else its DOI's or arXiv's address), the code and
 * project links that its abstract names, and, where it has no page of its own, searches by title. Never empty;
 * no address twice.
 */
export function linksOf(paper: Paper): Link[] {
  const own = ownLinks(paper)
  const found = addressesIn(paper.abstract).map(describe)
  const lookups = own.length === 0 ? lookupLinks(paper.title) : []
  const links = [...own, ...found, ...lookups]
  return links.filter((link, at) => links.findIndex(other => sameAddress(other.url, link.url)) === at)
}

/** The address for a paper's title: its own page, otherwise a search by title. Does not read the abstract. */
export const pageOf = (paper: Paper): Link | undefined => ownLinks(paper)[0] ?? lookupLinks(paper.title)[0]

function ownLinks(paper: Paper): Link[] {
  const arxiv = paper.arxiv === undefined ? undefined : `https://arxiv.org/abs/${encodeURI(paper.arxiv)}`
  const doi = paper.doi === undefined ? undefined : `https://doi.org/${doiPath(paper.doi)}`
  const url = paper.url ?? doi ?? arxiv
  if (url === undefined) return []
  const first: Link = { kind: 'paper', label: paperLabel(url), url }
  const onArxiv = url.includes('arxiv.org') || url.includes('10.48550')
  // A preprint that has come out says where.
  if (onArxiv && doi !== undefined && !/^10\.48550\//.test(paper.doi ?? ''))
    return [first, { kind: 'paper', label: 'Published', url: doi }]
  if (arxiv === undefined || onArxiv) return [first]
  return [first, { kind: 'paper', label: 'arXiv', url: arxiv }]
}

/** DOIs may hold any character; `/` is kept because the resolver expects it. */
const doiPath = (doi: string): string => doi.split('/').map(encodeURIComponent).join('/')

const paperHosts: readonly (readonly [RegExp, string])[] = [
  [/(^|\.)arxiv\.org$/, 'arXiv'],
  [/(^|\.)doi\.org$/, 'DOI'],
  [/^(www\.)?huggingface\.co$/, 'Hugging Face'],
  [/(^|\.)openreview\.net$/, 'OpenReview'],
  [/(^|\.)aclanthology\.org$/, 'ACL Anthology'],
  [/(^|\.)semanticscholar\.org$/, 'Semantic Scholar'],
]

function paperLabel(url: string): string {
  const host = new URL(url).hostname
  return paperHosts.find(([pattern]) => pattern.test(host))?.[1] ?? 'Paper'
}

/** UTF-16 units of an encoded title in a search address: the first words of a long title identify it. */
const searchedLength = 180

/** Searches on other sites, labelled as such: whether the paper is there is unknown. */
function lookupLinks(title: string): Link[] {
  const words = readable(title)
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
  const query = encodedStart(words === '' ? title.toWellFormed().trim() : words)
  return [
    {
      kind: 'lookup',
      label: 'Search arXiv',
      url: `https://arxiv.org/search/?query=${query}&searchtype=title`,
    },
    {
      kind: 'lookup',
      label: 'Search Hugging Face Papers',
      url: `https://huggingface.co/papers?q=${query}`,
    },
    {
      kind: 'lookup',
      label: 'Search Semantic Scholar',
      url: `https://www.semanticscholar.org/search?q=${query}`,
    },
  ]
}

/** The first words of a text that fit, encoded; for a text without spaces, its first characters. */
function encodedStart(text: string): string {
  const whole = encodeURIComponent(text)
  if (whole.length <= searchedLength) return whole
  const cut = whole.slice(0, searchedLength + 1)
  const space = cut.lastIndexOf('%20')
  if (space > 0) return cut.slice(0, space)
  let out = ''
  for (const character of text) {
    const next = out + encodeURIComponent(character)
    if (next.length > searchedLength) break
    out = next
  }
  return out
}

const forges: Readonly<Record<string, string>> = {
  'github.com': 'GitHub',
  'gist.github.com': 'GitHub',
  'gitlab.com': 'GitLab',
  'codeberg.org': 'Codeberg',
  'bitbucket.org': 'Bitbucket',
  'huggingface.co': 'Hugging Face',
  'hf.co': 'Hugging Face',
  'git.sr.ht': 'SourceHut',
  'gitee.com': 'Gitee',
  'sourceforge.net': 'SourceForge',
  'kaggle.com': 'Kaggle',
  'colab.research.google.com': 'Colab',
}

function describe(url: string): Link {
  const host = new URL(url).hostname.replace(/^www\./, '')
  const forge = forges[host] ?? (/(^|\.)gitlab\./.test(host) ? 'GitLab' : undefined)
  return forge === undefined ? { kind: 'project', label: host, url } : { kind: 'code', label: forge, url }
}

/** With a scheme or `www.` any host is accepted; without one, only `forge/owner` is unambiguous. */
const candidate = new RegExp(
  String.raw`(?<![\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{N}@/._-])(?:https?:\/\/|www\.|(?=(?:${bareHosts()})\/[\w.-]))(?:[!#-;=?-Z[\]_a-z~]|[^\P{L}\p{ASCII}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[\p{M}])+`,
  'giu',
)

function bareHosts(): string {
  return ['github.com', 'gitlab.com', 'codeberg.org', 'bitbucket.org', 'huggingface.co', 'hf.co']
    .map(host => host.replace('.', '\\.'))
    .join('|')
}

function addressesIn(text: string): string[] {
  const found: string[] = []
  for (const [match] of withoutEscapes(text).matchAll(candidate)) {
    const url = match.length > lengths.address ? undefined : addressOf(trimmed(match))
    if (url !== undefined) found.push(url)
  }
  return found
}

/** LaTeX and HTML escape some characters of addresses: `\_`, `\~{}`, `&amp;`. */
const withoutEscapes = (text: string): string =>
  /[\\&]/.test(text)
    ? text
        .replace(/\\([_&%#~$])(?:\{\})?|\$\\sim\$|\{\\sim\}/g, (_, mark) => mark ?? '~')
        .replace(/&(?:amp;)+/g, '&')
    : text

/** Without the sentence's punctuation and brackets that the address did not open itself. */
function trimmed(address: string): string {
  let end = address.length
  const spare = { ')': excess(address, '(', ')'), ']': excess(address, '[', ']') }
  for (; end > 0; end--) {
    const last = address[end - 1] ?? ''
    if (last === ')' || last === ']') {
      if (spare[last]-- <= 0) break
    } else if (!/[.,;:!?'*_~…·、。，；：！？）】」』]/.test(last)) break
  }
  return address.slice(0, end)
}

/** How many more closing than opening brackets there are. */
const excess = (text: string, open: string, close: string): number =>
  text.split(close).length - text.split(open).length

/** Undefined for a lookalike: no host, no dot in it, a user name or password. */
function addressOf(text: string): string | undefined {
  const full = /^https?:/i.test(text) ? text : `https://${text}`
  const url = URL.parse(full)
  if (url === null || url.username !== '' || url.password !== '') return undefined
  if (!/^[^.].*\.[a-z0-9-]{2,}\.?$/i.test(url.hostname)) return undefined
  return url.pathname === '/' && url.search === '' && url.hash === '' ? url.origin : url.href
}

const sameAddress = (a: string, b: string): boolean => addressKey(a) === addressKey(b)

const addressKey = (url: string): string =>
  url
    .replace(/^https?:\/\/(www\.)?/i, '')
    .replace(/(\.git)?\/?$/, '')
    .toLowerCase()
