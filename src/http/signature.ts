import { createPublicKey, verify } from 'node:crypto'

export interface SignedRequest {
  /** The raw body: parsing it and writing it again would change what was signed. */
  readonly body: Uint8Array
  /** `X-Signature-Ed25519`, 128 hexadecimal digits. */
  readonly signature: string | undefined
  /** `X-Signature-Timestamp`, seconds since 1970. */
  readonly timestamp: string | undefined
}

/** DER before the 32 bytes of an Ed25519 key: SubjectPublicKeyInfo, RFC 8410. */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex')

/** How far a timestamp may lie from what a clock says, in ms: whoever overheard a request cannot use it later. */
const replayWindow = 5 * 60_000

/**
 * Tells requests of Discord from others. https://discord.com/developers/docs/interactions/overview
 * @param publicKey the application's, 64 hexadecimal digits
 * @param clocks epoch ms, of which one has to agree: Discord's time is known by its last answer, and a machine that was
 * suspended since then is behind it; its own clock may be wrong
 * @throws RangeError when the key is none
 */
export function openVerifier(
  publicKey: string,
  clocks: readonly (() => number)[],
): (request: SignedRequest) => boolean {
  if (!/^[0-9a-f]{64}$/iu.test(publicKey)) throw new RangeError('a public key has 64 hexadecimal digits')
  const key = createPublicKey({
    key: Buffer.concat([spkiPrefix, Buffer.from(publicKey, 'hex')]),
    format: 'der',
    type: 'spki',
  })
  return ({ body, signature = '', timestamp = '' }) => {
    if (!/^[0-9a-f]{128}$/iu.test(signature) || !/^\d{1,12}$/u.test(timestamp)) return false
    const at = Number(timestamp) * 1_000
    if (!clocks.some(now => Math.abs(at - now()) <= replayWindow)) return false
    return verify(null, Buffer.concat([Buffer.from(timestamp), body]), key, Buffer.from(signature, 'hex'))
  }
}
