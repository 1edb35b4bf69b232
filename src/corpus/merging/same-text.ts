import type { Paper } from '../paper.ts'
import { venueKeys } from '../venues.ts'
import { compareAbstracts } from './compare-abstracts.ts'
import { plainTitle } from './paper-keys.ts'
import { sharedAuthors } from './shared-author.ts'

/** A title that says as much names a paper by itself: not `Introduction`, nor `A reply to our critics`. */
const tellingTitle = { words: 4, letters: 24 }
/** Years between a preprint and what is printed. */
const mostYears = 2

/** Words of the titles that every volume has: `Guest editorial`, `Book reviews`, `Introduction to the special issue`. */
const everyVolumes = new Set(
  `a an and by for from in of on our the this to
  abstract abstracts acknowledgement acknowledgements acknowledgment acknowledgments addendum afterword announcement
  announcements appendix article articles author authors board book books chair chairs chapter comment commentary
  comments conclusion conclusions contents contributors correction corrections corrigenda corrigendum discussion editor
  editorial editorials editors epilogue errata erratum foreword front guest index introduction introductory issue issues
  journal letter letters matter memoriam message news note notes notice obituary opening overview paper papers part
  perspective postscript preface president proceedings prologue publisher reader readers remarks reply report reports
  response retraction retracted review reviewer reviewers reviews section special summary table thanks viewpoint volume
  welcome workshop`.split(/\s+/),
)

/**
 * Whether two records with one title are of one paper: an author in common, unless one names none, and a title that is
 * long enough to be a paper's own, or more that agrees. Never where the abstracts are of different texts.
 */
export function isSameText(title: string, one: Paper, other: Paper): boolean {
  const areNamed = one.authors.length > 0 && other.authors.length > 0
  const shared = areNamed ? authorsInCommon(one, other) : 0
  if (areNamed && shared === 0) return false
  if (one.id === other.id) return true
  const likeness = compareAbstracts(one.abstract, other.abstract)
  if (likeness !== 'unsure') return likeness === 'near'
  if (isTelling(title)) return true
  if (isEveryVolumes(title)) return areNamed && appearedTogether(one, other, 0)
  return shared > 1 || (areNamed && appearedTogether(one, other, mostYears))
}

/** Also names without any letter, where all are the same. */
const authorsInCommon = (one: Paper, other: Paper): number =>
  sharedAuthors(one.authors, other.authors) ||
  (JSON.stringify(one.authors) === JSON.stringify(other.authors) ? 1 : 0)

const wordsOf = (title: string): string[] => title.split(/[^\p{L}\p{M}\p{N}]+/u).filter(word => word !== '')

function isTelling(title: string): boolean {
  const plain = plainTitle(title)
  // Chinese and Japanese have no spaces, and a sign says as much as half a word.
  const signs = plain.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0
  const words = Math.max(wordsOf(title).length, signs / 2)
  const isLong = words >= tellingTitle.words && plain.length + 2 * signs >= tellingTitle.letters
  return isLong && !isEveryVolumes(title)
}

const isEveryVolumes = (title: string): boolean =>
  wordsOf(title.toLowerCase()).every(
    word => everyVolumes.has(word) || /^(?:\d+|x{0,3}(?:i[xv]|v?i{0,3}))$/.test(word),
  )

/** In one year, or as few apart; where one has no year, at one place. */
function appearedTogether(one: Paper, other: Paper, years: number): boolean {
  const [mine, theirs] = [yearOf(one), yearOf(other)]
  if (mine !== undefined && theirs !== undefined) return Math.abs(mine - theirs) <= years
  const venues = venueKeys(one.venue ?? '')
  return venueKeys(other.venue ?? '').some(key => venues.includes(key))
}

function yearOf({ published }: Paper): number | undefined {
  const year = Number(published?.slice(0, 4))
  return Number.isInteger(year) && year > 0 ? year : undefined
}
