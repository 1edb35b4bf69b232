/** A failure whose message is written for the person who sees it: no stack, no internals. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError'
}
