import type { SourceAddresses } from '../source-addresses.ts'
import { type HttpOptions, openHttp } from './http/client.ts'
import { rateLimits } from './http/limits.ts'
import { openSource } from './open.ts'
import type { Source } from './port.ts'
import type { SourceSpec } from './spec.ts'

/** The sources of one process, read through one client that paces them. */
export interface LiveSources {
  /** See `openSource`. */
  open(spec: SourceSpec, publicOnly: boolean): Source
  close(): Promise<void>
}

export type OpenLiveSources = (clock: HttpOptions['clock']) => LiveSources

export const liveSourcesAt =
  (addresses: SourceAddresses, limits = rateLimits): OpenLiveSources =>
  clock => {
    const http = openHttp({ clock, limits })
    return {
      open: (spec, publicOnly) => openSource(spec, { http, addresses }, publicOnly),
      close: http.close,
    }
  }
