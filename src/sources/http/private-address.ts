import { lookup as resolve } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { SourceError } from '../port.ts'

/** Networks that no public source is in: this host, its own network, and what is reserved. Source: IANA's registries. */
const reserved = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  reserved.addSubnet(network, prefix, 'ipv4')
/** Of IPv6 only global unicast is public, without documentation and the ranges that carry IPv4 addresses inside. */
const globalUnicast = new BlockList()
globalUnicast.addSubnet('2000::', 3, 'ipv6')
const carriers = new BlockList()
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
] as const)
  carriers.addSubnet(network, prefix, 'ipv6')

/** Whether the address, IPv4 or IPv6, belongs to this host, its network or another that is not public. */
export function isPrivate(address: string): boolean {
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)?.[1]
  const text = mapped ?? address
  if (isIP(text) === 4) return reserved.check(text, 'ipv4')
  return !globalUnicast.check(text, 'ipv6') || carriers.check(text, 'ipv6')
}

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
