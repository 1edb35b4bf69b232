import { lookup as resolve } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { SourceError } from '../port.ts'

/** Whether the address, IPv4 or IPv6, belongs to this host, to its network, or to another that is not public. */
export const isPrivate = (address: string): boolean =>
  !ipaddr.isValid(address) || ipaddr.process(address).range() !== 'unicast'

const refusal = () => new SourceError('refused', 'the address is in a private network')

/** @throws SourceError when the host is written as an address that is private; names are checked when they are resolved */
export function refusePrivateHost({ hostname }: URL): void {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && isPrivate(host)) throw refusal()
}

/**
 * Resolves a name for a connection, and fails when any of its addresses is private. What was checked is what is connected
 * to: a name that resolves to something else a moment later gains nothing.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) callback(error, '', 0)
    else if (addresses.length === 0 || addresses.some(({ address }) => isPrivate(address)))
      callback(refusal(), '', 0)
    else if (options.all === true) callback(null, addresses)
    else callback(null, addresses[0]?.address ?? '', addresses[0]?.family)
  })
}
