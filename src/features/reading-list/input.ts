import { Failure } from '../../errors.ts'
import { noteLength } from '../../view/entry-card.ts'
import { shown, visible } from '../../view/escape.ts'

/** Tags of one entry, and code points of one tag. */
const maxTags = 10
const tagLength = 40

/** @throws Failure `input` when the note is too long */
export function readNote(text: string): string {
  const note = text.trim()
  if ([...note].length > noteLength)
    throw new Failure('input', `A note can have ${noteLength} characters. This one is longer.`)
  return note
}

/**
 * Tags from a text such as `cache, Long Context; #kv`: lower case, sorted, without repeats.
 * @throws Failure `input` when there are too many or one is too long
 */
export function readTags(text: string): string[] {
  const tags = text
    .split(/[,;\n]/u)
    .map(tag =>
      visible(tag)
        .replace(/^#+\s*/u, '')
        .normalize('NFC')
        .toLowerCase(),
    )
    .filter(tag => tag !== '')
  const distinct = [...new Set(tags)].sort()
  const long = distinct.find(tag => [...tag].length > tagLength)
  if (long !== undefined)
    throw new Failure(
      'input',
      `A tag can have ${tagLength} characters. This one is longer: ${shown(long, 100)}`,
    )
  if (distinct.length > maxTags)
    throw new Failure(
      'input',
      `A paper can have ${maxTags} tags. These are ${distinct.length}; separate them by commas.`,
    )
  return distinct
}
