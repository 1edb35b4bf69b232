import type { SourceAddresses } from '../source-addresses.ts'
import { arxivCategories } from './arxiv/categories.ts'
import { openArxiv } from './arxiv/client.ts'
import { arxivQuery } from './arxiv/query.ts'
import type { Http } from './http/client.ts'
import { feed } from './kinds/feed.ts'
import { folder } from './kinds/folder.ts'
import { dailyPapers } from './kinds/hf-daily.ts'
import { openAlex } from './kinds/openalex.ts'
import { openReview } from './kinds/openreview.ts'
import { rxiv } from './kinds/rxiv.ts'
import { zotero } from './kinds/zotero.ts'
import type { Source } from './port.ts'
import type { SourceSpec } from './spec.ts'

export interface SourceParts {
  readonly http: Http
  readonly addresses: SourceAddresses
}

/**
 * The source that a spec names. Nothing is asked of it yet.
 * @param publicOnly somebody in a server set it up: addresses of the host's own network are refused
 */
export function openSource(spec: SourceSpec, { http, addresses }: SourceParts, publicOnly: boolean): Source {
  switch (spec.kind) {
    case 'arxiv':
      return arxivCategories(openArxiv(http, addresses.arxiv), spec.categories)
    case 'arxiv-query':
      return arxivQuery(http, addresses.arxiv.api, spec.query)
    case 'hf-daily':
      return dailyPapers(http, addresses.huggingface)
    case 'biorxiv':
    case 'medrxiv':
      return rxiv(http, addresses.biorxiv, spec.kind, spec.subject)
    case 'openreview':
      return openReview(http, addresses.openreview, spec.venue)
    case 'rss':
      return feed(http, spec.url, publicOnly)
    case 'zotero':
      return zotero(
        http,
        addresses.zotero,
        { group: spec.group, collection: spec.collection },
        addresses.keys.zotero,
      )
    case 'openalex':
      return openAlex(http, addresses.openalex, spec.filter, addresses.keys.openalex)
    case 'folder':
      return folder(spec.path)
  }
}
