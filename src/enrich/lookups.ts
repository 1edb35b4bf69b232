import { z } from 'zod'
import type { Paper } from '../corpus/paper.ts'
import { readable } from '../corpus/readable.ts'
import type { SourceAddresses } from '../source-addresses.ts'
import type { Http } from '../sources/http/client.ts'
import { parsedJson } from '../sources/json.ts'
import { elementsOf, papersOf, xmlRecord } from '../sources/records.ts'

/** A service that finds papers by their titles. */
export interface Lookup {
  readonly name: string
  /** @throws SourceError when it gives no sound answer */
  find(title: string, signal: AbortSignal | undefined): Promise<Found>
}

export interface Found {
  readonly papers: readonly Paper[]
  /** Code repositories by the position of the paper. */
  readonly code: ReadonlyMap<Paper, string>
}

/** UTF-16 units of a title that are asked for. */
const askedLength = 300
/** Results that are looked at: the title is the same, or it is none of them. */
const most = '5'
const none: ReadonlyMap<Paper, string> = new Map()

/** Those that can be asked: OpenAlex wants a key. */
export function lookupsAt(addresses: SourceAddresses, http: Http): readonly Lookup[] {
  const { arxiv, huggingface, crossref, openalex, keys } = addresses
  const all = [huggingFace(http, huggingface), arxivTitles(http, arxiv.api), crossrefWorks(http, crossref)]
  return keys.openalex === undefined ? all : [...all, openAlexWorks(http, openalex, keys.openalex)]
}

const asked = (title: string): string => readable(title).slice(0, askedLength).toWellFormed()
/** Words alone: quotation marks and colons are operators of these services. */
const wordsOf = (title: string): string =>
  asked(title)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

const Repository = z.looseObject({ githubRepo: z.url({ protocol: /^https$/, hostname: /^github\.com$/ }) })
const HuggingFacePapers = z.array(z.looseObject({ paper: z.looseObject({}).optional() }))

const huggingFace = (http: Http, base: string): Lookup => ({
  name: 'Hugging Face',
  async find(title, signal) {
    const query = new URLSearchParams({ q: asked(title), limit: most })
    const { bytes } = await http.get(`${base}/api/papers/search?${query}`, { lane: 'huggingface', signal })
    const records = parsedJson(HuggingFacePapers, bytes ?? Buffer.alloc(0), 'Hugging Face’s papers')
    const code = new Map<Paper, string>()
    const papers = records.flatMap(record => {
      const [paper] = papersOf([record])
      const repository = Repository.safeParse(record.paper ?? record).data?.githubRepo
      if (paper !== undefined && repository !== undefined) code.set(paper, repository)
      return paper === undefined ? [] : [paper]
    })
    return { papers, code }
  },
})

const arxivTitles = (http: Http, api: string): Lookup => ({
  name: 'arXiv',
  async find(title, signal) {
    const query = new URLSearchParams({ search_query: `ti:"${wordsOf(title)}"`, max_results: most })
    const { bytes } = await http.get(`${api}?${query}`, { lane: 'arxiv', signal })
    const entries = await elementsOf(bytes ?? Buffer.alloc(0), ['entry'], 'arXiv’s answer')
    return { papers: papersOf(entries.map(xmlRecord).filter(record => record !== undefined)), code: none }
  },
})

const Works = z.looseObject({ message: z.looseObject({ items: z.array(z.unknown()) }) })

const crossrefWorks = (http: Http, base: string): Lookup => ({
  name: 'Crossref',
  async find(title, signal) {
    const query = new URLSearchParams({ 'query.bibliographic': wordsOf(title), rows: most })
    const { bytes } = await http.get(`${base}/works?${query}`, { lane: 'other', signal })
    const { items } = parsedJson(Works, bytes ?? Buffer.alloc(0), 'Crossref’s answer').message
    return { papers: papersOf(items), code: none }
  },
})

const Results = z.looseObject({ results: z.array(z.unknown()) })

const openAlexWorks = (http: Http, base: string, key: string): Lookup => ({
  name: 'OpenAlex',
  async find(title, signal) {
    const query = new URLSearchParams({
      filter: `title.search:${wordsOf(title)}`,
      'per-page': most,
      api_key: key,
    })
    const { bytes } = await http.get(`${base}/works?${query}`, { lane: 'openalex', signal })
    return {
      papers: papersOf(parsedJson(Results, bytes ?? Buffer.alloc(0), 'OpenAlex’s answer').results),
      code: none,
    }
  },
})
