import { createHash } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { z } from 'zod'

/** Typed arrays by name. */
export type NamedArrays = ReadonlyMap<string, TypedArray>
export type TypedArray = Int8Array | Uint8Array | Uint16Array | Int32Array | Uint32Array | Float32Array

const types = {
  i8: Int8Array,
  u8: Uint8Array,
  u16: Uint16Array,
  i32: Int32Array,
  u32: Uint32Array,
  f32: Float32Array,
} as const

const typeNames = Object.keys(types) as (keyof typeof types)[]
const typeOf = (array: TypedArray) => typeNames.find(name => array instanceof types[name])

const Header = z.object({
  version: z.string(),
  arrays: z
    .array(z.object({ name: z.string(), type: z.enum(typeNames), length: z.int().nonnegative() }))
    .max(100),
})
type Header = z.infer<typeof Header>

/** Names the kind of file; behind it the header's length as a 32-bit number. */
const magic = 'LECTERN INDEX\n  '
const preface = magic.length + 4
const longestHeader = 64 * 1024
const checksumBytes = 32
/** Every array begins at a multiple of so many bytes. */
const alignment = 8
const chunkBytes = 4 * 2 ** 20

const aligned = (bytes: number): number => Math.ceil(bytes / alignment) * alignment

/** Why a file cannot be used, in words for the log. */
export class UnusableFile extends Error {
  override readonly name = 'UnusableFile'
}

/**
 * Writes arrays to a file as they are, with a checksum behind them. The file is there whole or not at all.
 * @param version what must be equal for them to be read again
 */
export async function writeArrays(file: string, version: string, arrays: NamedArrays): Promise<void> {
  const temporary = `${file}.${process.pid}.${Date.now()}.new`
  try {
    const handle = await open(temporary, 'wx', 0o600)
    try {
      await writeAll(handle, version, arrays)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {})
    throw error
  }
}

async function writeAll(handle: FileHandle, version: string, arrays: NamedArrays): Promise<void> {
  const hash = createHash('sha256')
  const write = async (bytes: Uint8Array): Promise<void> => {
    for (let at = 0; at < bytes.length; at += chunkBytes) {
      const chunk = bytes.subarray(at, at + chunkBytes)
      hash.update(chunk)
      await handle.writeFile(chunk)
    }
  }
  await write(headerBytes(version, arrays))
  for (const array of arrays.values()) {
    await write(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
    await write(new Uint8Array(aligned(array.byteLength) - array.byteLength))
  }
  await handle.writeFile(hash.digest())
}

function headerBytes(version: string, arrays: NamedArrays): Uint8Array {
  const list = [...arrays].map(([name, array]) => ({ name, type: typeOf(array), length: array.length }))
  const header = Buffer.from(JSON.stringify({ version, arrays: list }))
  const bytes = Buffer.alloc(aligned(preface + header.length), ' ')
  bytes.write(magic, 'latin1')
  bytes.writeUInt32LE(bytes.length - preface, magic.length)
  header.copy(bytes, preface)
  return bytes
}

/**
 * Reads what `writeArrays` wrote. Its lengths are checked before memory is taken for it, its checksum before it is used.
 * @param mostBytes of the file
 * @throws UnusableFile where it was written for another version, or is not what was written
 * @throws the file system's own error, as when there is no file
 */
export async function readArrays(file: string, version: string, mostBytes: number): Promise<NamedArrays> {
  const handle = await open(file, 'r')
  try {
    const { size } = await handle.stat()
    const { header, offset } = await readHeader(handle)
    if (header.version !== version) throw new UnusableFile('it was written by another version')
    const places = placesOf(header, offset)
    const end = places.at(-1)?.end ?? offset
    if (end + checksumBytes !== size) throw new UnusableFile('its length is wrong')
    if (size > mostBytes) throw new UnusableFile('it is larger than an index of these papers can be')
    const bytes = await readChecked(handle, size)
    return new Map(
      places.map(({ name, type, length, start }) => [name, new types[type](bytes.buffer, start, length)]),
    )
  } finally {
    await handle.close()
  }
}

async function readHeader(handle: FileHandle): Promise<{ header: Header; offset: number }> {
  const first = Buffer.alloc(preface)
  await handle.read(first, 0, preface, 0)
  const length = first.readUInt32LE(magic.length)
  if (first.toString('latin1', 0, magic.length) !== magic || length > longestHeader)
    throw new UnusableFile('it is no index')
  const text = Buffer.alloc(length)
  await handle.read(text, 0, length, preface)
  const parsed = Header.safeParse(jsonOf(text.toString('utf8')))
  if (!parsed.success || (preface + length) % alignment !== 0) throw new UnusableFile('its header is damaged')
  return { header: parsed.data, offset: preface + length }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function placesOf({ arrays }: Header, offset: number) {
  let end = offset
  return arrays.map(one => {
    const start = end
    end = aligned(start + one.length * types[one.type].BYTES_PER_ELEMENT)
    return { ...one, start, end }
  })
}

/** The whole file but for the checksum at its end, which it must have. */
async function readChecked(handle: FileHandle, size: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(size)
  const hash = createHash('sha256')
  const end = size - checksumBytes
  for (let at = 0; at < size; ) {
    const { bytesRead } = await handle.read(bytes, at, Math.min(chunkBytes, size - at), at)
    if (bytesRead === 0) throw new UnusableFile('it ends too early')
    hash.update(bytes.subarray(at, Math.min(end, at + bytesRead)))
    at += bytesRead
  }
  if (!hash.digest().equals(bytes.subarray(end))) throw new UnusableFile('its checksum is wrong')
  return bytes
}
