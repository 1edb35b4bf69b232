import { z } from 'zod'
import { messageOf } from '../errors.ts'
import { pauseAsked } from '../sources/http/retry-after.ts'
import { ZoteroError } from './zotero-error.ts'

/** A library that can be written to. */
export interface ZoteroTarget {
  /** `groups/123` or `users/123`. */
  readonly library: string
  /** A secret. */
  readonly writeKey: string
}

const text = z.string().nullish()
const Item = z.looseObject({
  key: z.string().max(40),
  version: z.int(),
  data: z.looseObject({
    itemType: z.string(),
    title: text,
    collections: z.array(z.string()).default([]),
    tags: z.array(z.looseObject({ tag: z.string() })).default([]),
    deleted: z.union([z.literal(1), z.literal(0), z.boolean()]).optional(),
  }),
})
export type ZoteroItem = z.infer<typeof Item>

const Written = z.looseObject({
  failed: z.record(z.string(), z.looseObject({ code: z.int(), message: z.string().default('') })).default({}),
})
const Access = z.looseObject({ library: z.boolean().optional(), write: z.boolean().optional() })
const Key = z.looseObject({
  access: z.looseObject({ user: Access.optional(), groups: z.record(z.string(), Access).optional() }),
  userID: z.int().optional(),
})

export interface ZoteroClient {
  /** @returns undefined when there is none with that key */
  item(key: string): Promise<ZoteroItem | undefined>
  /** Items, without attachments and notes, whose titles hold the words. */
  find(title: string): Promise<ZoteroItem[]>
  /** Makes an item under the key that it names. @returns false when there is one under that key, which stays as it is */
  create(item: Readonly<Record<string, unknown>>): Promise<boolean>
  /**
   * Changes fields of an item, if it still has that version.
   * @returns false when somebody changed or deleted it: read it again
   */
  patch(key: string, version: number, fields: Readonly<Record<string, unknown>>): Promise<boolean>
  /** @throws ZoteroError `refused` when the key may not write there, or there is no such collection */
  check(collection: string): Promise<void>
  /** Until when Zotero asked to be left alone, epoch ms; 0: it did not. */
  pausedUntil(): number
}

export type OpenZotero = (target: ZoteroTarget) => ZoteroClient

const longestAnswer = 4 * 1024 * 1024
const timeout = 30_000

/** Zotero's Web API, version 3, at a base address. Requests carry the key; where they are redirected to is not followed. */
export const zoteroAt =
  (base: string, now: () => number = Date.now): OpenZotero =>
  ({ library, writeKey }) => {
    let notBefore = 0
    const send = async (path: string, init: RequestInit = {}): Promise<Answer> => {
      const response = await request(`${base}/${path}`, {
        ...init,
        headers: {
          'zotero-api-version': '3',
          'zotero-api-key': writeKey,
          'content-type': 'application/json',
          ...init.headers,
        },
      })
      const pause = pauseAsked(response.headers, now())
      if (pause > 0) notBefore = now() + pause
      const body = await bodyOf(response)
      if (response.status === 429 || response.status >= 500 || response.status === 408)
        throw new ZoteroError('unreachable', `Zotero answers ${response.status}`, { notBefore })
      if (response.status === 401 || response.status === 403)
        throw new ZoteroError('refused', 'Zotero refuses the key, or it may not write to that library')
      return { status: response.status, body }
    }
    return {
      pausedUntil: () => notBefore,
      async item(key) {
        const { status, body } = await send(`${library}/items/${encodeURIComponent(key)}?format=json`)
        return status === 404 ? undefined : parsed(Item, expected(status, body, 200))
      },
      async find(title) {
        const query = new URLSearchParams({
          q: title,
          qmode: 'titleCreatorYear',
          limit: '25',
          format: 'json',
        })
        const { status, body } = await send(`${library}/items/top?${query}`)
        return parsed(z.array(Item), expected(status, body, 200))
      },
      async create(item) {
        // Version 0 says that there must be none under its key yet.
        const init = { method: 'POST', body: JSON.stringify([{ ...item, version: 0 }]) }
        const { status, body } = await send(`${library}/items`, init)
        const failed = parsed(Written, expected(status, body, 200)).failed['0']
        if (failed === undefined) return true
        if (failed.code === 412) return false
        throw new ZoteroError('invalid', `Zotero does not take an item (${failed.code})`, {
          said: failed.message,
        })
      },
      async patch(key, version, fields) {
        const { status, body } = await send(`${library}/items/${encodeURIComponent(key)}`, {
          method: 'PATCH',
          headers: { 'if-unmodified-since-version': String(version) },
          body: JSON.stringify(fields),
        })
        if (status === 412 || status === 404) return false
        expected(status, body, 204)
        return true
      },
      async check(collection) {
        const { status, body } = await send('keys/current')
        const { access, userID } = parsed(Key, expected(status, body, 200))
        const [kind = '', id = ''] = library.split('/')
        const groups = { ...access.groups?.['all'], ...access.groups?.[id] }
        const may = kind === 'groups' ? groups.write : String(userID) === id && access.user?.write
        if (may !== true) throw new ZoteroError('refused', 'the key may not write to that library')
        if (collection === '') return
        const found = await send(`${library}/collections/${encodeURIComponent(collection)}?format=json`)
        if (found.status !== 200)
          throw new ZoteroError('refused', 'there is no such collection in that library')
      },
    }
  }

interface Answer {
  readonly status: number
  readonly body: string
}

async function request(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(timeout) })
  } catch (cause) {
    throw new ZoteroError('unreachable', 'Zotero does not answer', { cause })
  }
}

async function bodyOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length
      if (size > longestAnswer) break
      chunks.push(chunk)
    }
  } catch (cause) {
    throw new ZoteroError('unreachable', `Zotero’s answer breaks off (${messageOf(cause).slice(0, 80)})`, {
      cause,
    })
  }
  if (size > longestAnswer) throw new ZoteroError('unreachable', 'Zotero’s answer is too long')
  return Buffer.concat(chunks).toString('utf8')
}

function expected(status: number, body: string, right: number): string {
  if (status === right) return body
  throw new ZoteroError(status === 404 ? 'refused' : 'invalid', `Zotero answers ${status}`)
}

function parsed<Schema extends z.ZodType>(schema: Schema, body: string): z.infer<Schema> {
  try {
    return schema.parse(JSON.parse(body))
  } catch (cause) {
    throw new ZoteroError('unreachable', 'Zotero’s answer cannot be read', { cause })
  }
}
