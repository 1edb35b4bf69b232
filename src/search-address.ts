import { z } from 'zod'

const key = z.string().regex(/^[\x21-\x7e]{1,1000}$/, 'has characters that no key has')
const isAddress = (text: string): boolean => {
  const url = URL.parse(text)
  return url !== null && /^https?:$/u.test(url.protocol) && url.search === '' && url.hash === ''
}
const holdsSecret = (text: string): boolean => {
  const url = URL.parse(text)
  return url !== null && (url.username !== '' || url.password !== '')
}

/** Where a search engine keeps the papers, and how it lets the bot in. */
export const SearchVariables = {
  SEARCH_URL: z
    .string()
    .max(4_000, 'is too long')
    .transform(text => text.split(',').map(part => part.trim().replace(/\/{1,20}$/u, '')))
    .refine(urls => urls.every(isAddress), 'is not an http or https address, or several separated by commas')
    .refine(
      urls => !urls.some(holdsSecret),
      'holds a name or password: put them into SEARCH_USER and SEARCH_PASSWORD',
    )
    .optional(),
  SEARCH_USER: z.string().max(200, 'is too long').optional(),
  SEARCH_PASSWORD: z.string().max(1_000, 'is too long').optional(),
  SEARCH_API_KEY: key.optional(),
  SEARCH_PREFIX: z
    .string()
    .regex(/^[a-z][a-z0-9_-]{0,39}$/u, 'is not a name of small letters, digits, - and _')
    .default('lectern'),
  SEARCH_TIMEOUT: z.coerce
    .number({ error: 'is not a number' })
    .int('is not a whole number')
    .min(100, 'is below 100')
    .max(60_000, 'is above 60000')
    .default(1_500),
  SEARCH_SHARDS: z.coerce
    .number({ error: 'is not a number' })
    .int('is not a whole number')
    .min(1, 'is below 1')
    .max(100, 'is above 100')
    .default(1),
}

const Variables = z.object(SearchVariables)

export interface SearchAddress {
  /** Of one or more nodes of one cluster. */
  readonly urls: readonly string[]
  readonly user: string | undefined
  readonly password: string | undefined
  /** In place of a user and a password. */
  readonly apiKey: string | undefined
  /** What the names of the bot's indexes begin with. */
  readonly prefix: string
  /** How long a search may take, in ms. */
  readonly timeout: number
  /** Of an index that is made. */
  readonly shards: number
}

/** Undefined: the papers are in memory. */
export function searchAddressOf(env: z.infer<typeof Variables>): SearchAddress | undefined {
  if (env.SEARCH_URL === undefined) return undefined
  return Object.freeze({
    urls: Object.freeze(env.SEARCH_URL),
    user: env.SEARCH_USER,
    password: env.SEARCH_PASSWORD,
    apiKey: env.SEARCH_API_KEY,
    prefix: env.SEARCH_PREFIX,
    timeout: env.SEARCH_TIMEOUT,
    shards: env.SEARCH_SHARDS,
  })
}

/** The sandbox has a database of its own, and with it an index of its own. */
export const ownAddress = (
  address: SearchAddress,
  { token }: { readonly token: string | undefined },
): SearchAddress => (token === undefined ? { ...address, prefix: `${address.prefix}-sandbox` } : address)
