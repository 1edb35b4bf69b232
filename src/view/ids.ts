import { z } from 'zod'

/** Discord's limit for a component's custom id. */
const limit = 100
const version = 'L1'
const part = /^[A-Za-z0-9._~-]*$/

/** The content of a component's custom id: the command, the action and its arguments. */
export interface ComponentId {
  readonly command: string
  readonly action: string
  /** The member whose message this is; undefined when it is everybody's. */
  readonly owner?: string | undefined
  readonly args: readonly string[]
}

/**
 * `L1:command:action:owner:arg,arg`. Ids outlive processes and versions: they sit in Discord's messages for years.
 * @throws RangeError when the id does not fit or a part contains characters other than [A-Za-z0-9._~-]: a bug of the caller
 */
export function encodeId({ command, action, owner = '', args }: ComponentId): string {
  const id = [version, command, action, owner, args.join(',')].join(':')
  if (id.length > limit) throw new RangeError(`A custom id of ${id.length} characters: ${id}`)
  if (![command, action, owner, ...args].every(text => part.test(text)))
    throw new RangeError(`A custom id with unsafe characters: ${id}`)
  return id
}

const Id = z.string().max(limit)

/** The id's parts; `older` for one made by another version, or malformed. */
export function decodeId(id: unknown): ComponentId | 'older' {
  const text = Id.safeParse(id)
  if (!text.success) return 'older'
  const [found, command, action, owner, args, ...rest] = text.data.split(':')
  if (
    found !== version ||
    !command ||
    !action ||
    owner === undefined ||
    args === undefined ||
    rest.length > 0
  )
    return 'older'
  const split = args === '' ? [] : args.split(',')
  if (![command, action, owner, ...split].every(piece => part.test(piece))) return 'older'
  return { command, action, owner: owner || undefined, args: split }
}
