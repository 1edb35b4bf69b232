import { basename } from 'node:path'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { messageOf } from '../../errors.ts'
import { excerpt } from '../format.ts'
import { longestUnfolded, type Source, sourceOf } from '../source.ts'
import { officeKind } from './foreign.ts'

/** A file of an archive, opened for reading, or why it (or, with an empty name, the archive) cannot be read. */
export type ZipPart = { readonly name: string } & ({ readonly source: Source } | { readonly reason: string })

const mostFiles = 10_000
/** READMEs, hidden files, and files added by file managers. */
const skipped =
  /^(?:\.|readme(?:\.|$))|^__MACOSX(?:\/|$)|^\[Content_Types\]\.xml$|^(?:docProps|xl|word|ppt|META-INF)\//i

/**
 * The files of a zip archive, one after another: each is read before the next is opened. Nothing is written to disk,
 * so names are harmless. Nested archives and the documents of Office programs are not opened.
 */
export async function* sourcesInZip(file: string): AsyncIterable<ZipPart> {
  let archive: ZipFile
  try {
    archive = await yauzl.openPromise(file, { autoClose: false })
  } catch (error) {
    yield { name: '', reason: `is not a valid zip archive: ${excerpt(messageOf(error))}` }
    return
  }
  try {
    if (archive.entryCount > mostFiles) {
      yield { name: '', reason: `holds more than ${mostFiles} files` }
      return
    }
    let unfolded = 0
    for await (const entry of archive.eachEntry()) {
      const office = officeKind(entry.fileName)
      if (office !== undefined) {
        yield { name: '', reason: office }
        return
      }
      const isFolder = entry.fileName.endsWith('/')
      if (isFolder || skipped.test(entry.fileName) || skipped.test(basename(entry.fileName))) continue
      // Each may be small: several can be of the same bytes.
      if (!isBomb(entry)) unfolded += entry.uncompressedSize
      if (unfoldsTooFar(unfolded, archive.fileSize)) {
        yield {
          name: '',
          reason: 'the rest is left out: the files expand to more than a hundred times its size',
        }
        return
      }
      yield await partOf(archive, entry)
    }
  } catch (error) {
    yield { name: '', reason: `the rest cannot be read: ${excerpt(messageOf(error))}` }
  } finally {
    archive.close()
  }
}

async function partOf(archive: ZipFile, entry: Entry): Promise<ZipPart> {
  const name = excerpt(entry.fileName).slice(1, -1)
  if (isBomb(entry)) return { name, reason: 'expands to more than a hundred times its size' }
  try {
    const stream = await archive.openReadStreamPromise(entry)
    return { name, source: await sourceOf(basename(entry.fileName).toLowerCase(), stream) }
  } catch (error) {
    return { name, reason: `cannot be read: ${excerpt(messageOf(error))}` }
  }
}

const isBomb = ({ compressedSize, uncompressedSize }: Entry): boolean =>
  unfoldsTooFar(uncompressedSize, compressedSize)

/** By the archive's directory; the reader stops when the bytes exceed what it says. */
function unfoldsTooFar(unfolded: number, folded: number): boolean {
  const { ratio, always, never } = longestUnfolded
  return unfolded > never || (unfolded > always && unfolded > folded * ratio)
}
