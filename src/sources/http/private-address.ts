import { guardedLookup, isRefusedHost } from '../../public-network.ts'
import { SourceError } from '../port.ts'

const refusal = () => new SourceError('refused', 'the address is in a private network')

/** @throws SourceError when the host is written as an address that is private; names are checked when they are resolved */
export function refusePrivateHost(url: URL): void {
  if (isRefusedHost(url)) throw refusal()
}

/** See `guardedLookup`. */
export const publicLookup = guardedLookup(refusal)
