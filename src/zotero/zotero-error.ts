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

  constructor(
    kind: ZoteroErrorKind,
    message: string,
    { notBefore, cause }: { readonly notBefore?: number | undefined; readonly cause?: unknown } = {},
  ) {
    super(message, { cause })
    this.kind = kind
    this.notBefore = notBefore
  }
}
