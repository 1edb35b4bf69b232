import { lookup } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/** How names become addresses, and which of them may be connected to: tests have their own. */
export interface Network {
  readonly resolve: (host: string) => Promise<readonly { address: string; family: number }[]>
  readonly isPublic: (address: string) => boolean
}

/** Whether an address, IPv4 or IPv6, is one of the public internet: not of this machine, of a private network, or set aside. */
export const isPublic = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'

export const publicNetwork: Network = { resolve: host => lookup(host, { all: true }), isPublic }

/** Whether the host is written as an address that may not be connected to. Names are checked when they are resolved. */
export function isRefusedHost({ hostname }: URL, network: Network = publicNetwork): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  return isIP(host) !== 0 && !network.isPublic(host)
}

/**
 * Resolves a name for a connection, and fails when any of its addresses may not be connected to: whoever wrote the record
 * meant it. What was checked is what is connected to: a name that resolves to something else a moment later gains nothing.
 * @param refusal what the connection then fails with
 */
export const guardedLookup =
  (refusal: () => Error, { resolve, isPublic: isAllowed }: Network = publicNetwork): LookupFunction =>
  (host, options, done) => {
    resolve(host).then(
      found => {
        const [first] = found
        if (first === undefined || !found.every(({ address }) => isAllowed(address))) done(refusal(), '', 0)
        else if (options.all === true) done(null, [...found])
        else done(null, first.address, first.family)
      },
      (error: NodeJS.ErrnoException) => done(error, '', 0),
    )
  }
