import { z } from 'zod'

const address = z.url({ protocol: /^https?$/, error: 'is not an http or https address' })
const at = (standard: string) => address.default(standard).transform(text => text.replace(/\/+$/, ''))
const key = z.string().regex(/^[\x21-\x7e]{1,1000}$/, 'has characters that no key has')

/** Where live sources are, and keys for those that want one: a mirror or a proxy has another address. */
export const SourceVariables = {
  ARXIV_URL: at('https://arxiv.org'),
  ARXIV_API_URL: at('https://export.arxiv.org/api/query'),
  ARXIV_OAI_URL: at('https://oaipmh.arxiv.org/oai'),
  ARXIV_RSS_URL: at('https://rss.arxiv.org/rss'),
  HUGGINGFACE_URL: at('https://huggingface.co'),
  BIORXIV_URL: at('https://api.biorxiv.org'),
  OPENREVIEW_URL: at('https://api2.openreview.net'),
  OPENREVIEW_V1_URL: at('https://api.openreview.net'),
  CROSSREF_URL: at('https://api.crossref.org'),
  OPENALEX_URL: at('https://api.openalex.org'),
  OPENALEX_KEY: key.optional(),
  ZOTERO_URL: at('https://api.zotero.org'),
  ZOTERO_KEY: key.optional(),
}

const Variables = z.object(SourceVariables)

export interface SourceAddresses {
  readonly arxiv: { readonly site: string; readonly api: string; readonly oai: string; readonly rss: string }
  readonly huggingface: string
  readonly biorxiv: string
  readonly openreview: readonly string[]
  readonly crossref: string
  readonly openalex: string
  readonly zotero: string
  readonly keys: { readonly openalex: string | undefined; readonly zotero: string | undefined }
}

export const sourceAddressesOf = (env: z.infer<typeof Variables>): SourceAddresses => ({
  arxiv: { site: env.ARXIV_URL, api: env.ARXIV_API_URL, oai: env.ARXIV_OAI_URL, rss: env.ARXIV_RSS_URL },
  huggingface: env.HUGGINGFACE_URL,
  biorxiv: env.BIORXIV_URL,
  openreview: [env.OPENREVIEW_URL, env.OPENREVIEW_V1_URL],
  crossref: env.CROSSREF_URL,
  openalex: env.OPENALEX_URL,
  zotero: env.ZOTERO_URL,
  keys: { openalex: env.OPENALEX_KEY, zotero: env.ZOTERO_KEY },
})
