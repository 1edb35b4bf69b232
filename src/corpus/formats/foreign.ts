/** The first bytes of files that hold no papers to read, and what to do with them. */
const marks: readonly (readonly [readonly number[], string])[] = [
  [[0x25, 0x50, 0x44, 0x46], 'is a PDF document: papers are read from lists of them, not from their text'],
  [[0x89, 0x50, 0x4e, 0x47], 'is a picture'],
  [[0xff, 0xd8, 0xff], 'is a picture'],
  [[0x47, 0x49, 0x46, 0x38], 'is a picture'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'is a file of an old Office program: save it as CSV'],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], 'is a SQLite database: export its papers first'],
  [[0x1f, 0x8b], 'is compressed twice: unpack it first'],
  [[0x50, 0x4b, 3, 4], 'is an archive in another: unpack it first'],
  [[0x42, 0x5a, 0x68], 'is compressed by bzip2: unpack it first, or use gzip or zip'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'is compressed by xz: unpack it first, or use gzip or zip'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'is compressed by zstd: unpack it first, or use gzip or zip'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'is a 7z archive: unpack it first, or use zip'],
  [[0x52, 0x61, 0x72, 0x21], 'is a RAR archive: unpack it first, or use zip'],
  [[0x50, 0x41, 0x52, 0x31], 'is a Parquet file: save it as CSV or JSON lines'],
  [[0xff, 0xfe, 0, 0], 'is in UTF-32: save it in UTF-8'],
  [[0, 0, 0xfe, 0xff], 'is in UTF-32: save it in UTF-8'],
]

const ustar = Buffer.from('ustar')

/**
 * What a file is whose bytes are of no format that papers are read from, whatever its name.
 * @param head its first bytes
 * @param text the same as text
 */
export function foreignKind(head: Uint8Array, text: string): string | undefined {
  const known = marks.find(([mark]) => mark.every((byte, at) => head[at] === byte))?.[1]
  if (known !== undefined) return known
  if (Buffer.from(head.subarray(257, 262)).equals(ustar))
    return 'is a tar archive: unpack it first, or use zip'
  if (isBinary(text)) return 'is no text'
  if (/^\ufeff?\s{0,999}<(?:!doctype html|html)[\s>]/i.test(text)) return webPage(text)
  return undefined
}

/** In texts control characters are strays. */
function isBinary(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is counted
  const strays = text.match(/[\u0000-\u0008\u000e-\u001b]/g)?.length ?? 0
  return strays >= 16 && strays > text.length / 50
}

/** A page that came in place of a file, such as the one to sign in, has a title that says so. */
function webPage(text: string): string {
  const title = /<title[^<>]{0,200}>([^<>]{1,200})</i.exec(text)?.[1] ?? ''
  const named =
    title.trim() === ''
      ? ''
      : ` (“${title
          .replace(/[\p{C}\s]+/gu, ' ')
          .trim()
          .slice(0, 60)}”)`
  return `is a web page${named}: save it as text or Markdown, or its data in a format for papers`
}

/** Names inside the archives that Office programs keep a document in. */
export const officeKind = (name: string): string | undefined => {
  if (name === 'xl/workbook.xml') return 'is an Excel workbook: save it as CSV'
  if (/^(?:word\/document|ppt\/presentation)\.xml$/.test(name))
    return 'is an Office document, which is not read'
  if (name === 'content.xml') return 'is an OpenDocument file: save it as CSV'
  return undefined
}
