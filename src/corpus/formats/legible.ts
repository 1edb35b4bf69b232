import { isUtf8 } from 'node:buffer'

/** More bytes than this without a line break pass as they are. */
const longestLine = 1024 * 1024

const feed = 10
const windows = new TextDecoder('windows-1252')
const unicode = new TextDecoder('utf-8')

/**
 * The bytes in UTF-8, line by line: what old programs saved in Latin-1 or Windows-1252 is converted. A line that holds
 * characters in UTF-8 as well is damaged rather than old, and passes as it is.
 */
export async function* legible(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let rest: Uint8Array = new Uint8Array()
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const end = bytes.lastIndexOf(feed) + 1
    const whole = end === 0 && bytes.length > longestLine ? bytes.length : end
    if (whole > 0) yield* converted(bytes.subarray(0, whole))
    rest = bytes.subarray(whole)
  }
  if (rest.length > 0) yield* converted(rest)
}

/** @param block whole lines */
function* converted(block: Uint8Array): Iterable<Uint8Array> {
  if (isUtf8(block)) {
    yield block
    return
  }
  for (let at = 0; at < block.length; ) {
    const found = block.indexOf(feed, at)
    const end = found < 0 ? block.length : found + 1
    const line = block.subarray(at, end)
    yield isWindows(line) ? Buffer.from(windows.decode(line)) : line
    at = end
  }
}

/** Whether bytes are text in Windows-1252 or Latin-1, as far as they can tell. */
export const isWindows = (bytes: Uint8Array): boolean =>
  !isUtf8(bytes) && !holdsUnicode(bytes) && !isOtherScript(bytes)

const holdsUnicode = (line: Uint8Array): boolean => /[^\0-\x7f\ufffd]/.test(unicode.decode(line))

/** In Western languages no more than a few letters beyond ASCII follow each other; Chinese or Russian is in words. */
function isOtherScript(line: Uint8Array): boolean {
  let run = 0
  for (const byte of line) {
    run = byte < 0x80 ? 0 : run + 1
    if (run >= 6) return true
  }
  return false
}
