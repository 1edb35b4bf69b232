import { foldSpace } from '../corpus/text.ts'

/**
 * - `unreachable`: no answer, an overload or a fault of theirs; another try may help
 * - `refused`: the key or the library is not right; trying again does not help
 * - `invalid`: this one item is not taken
 */
export type ZoteroErrorKind = 'unreachable' | 'refused' | 'invalid'

/** What Zotero did not do. The text names no key and is safe to show. */
export class ZoteroError extends Error {
  override readonly name = 'ZoteroError'
  readonly kind: ZoteroErrorKind
  /** Zotero asks for a pause until then, epoch ms. */
  readonly notBefore: number | undefined
  /** What Zotero said of an item, at most 200 characters. It may quote the item: for those who sent it, and no log. */
  readonly said: string | undefined

  constructor(
    kind: ZoteroErrorKind,
    message: string,
    {
      notBefore,
      said,
      cause,
    }: {
      readonly notBefore?: number | undefined
      readonly said?: string | undefined
      readonly cause?: unknown
    } = {},
  ) {
    super(message, { cause })
    this.kind = kind
    this.said = said === undefined || said.trim() === '' ? undefined : foldSpace(said.slice(0, 200))
    this.notBefore = notBefore
  }
}
