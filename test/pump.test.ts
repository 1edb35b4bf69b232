import { expect, test } from 'vitest'
import { createAnswerer } from '../src/answer/answer.ts'
import { sentencesOf } from '../src/answer/sentences.ts'
import { parseConfig } from '../src/config.ts'
import { citationKey } from '../src/corpus/citation.ts'
import { isoDate, listOfNames, listOfTerms } from '../src/corpus/fields.ts'
import { arxivIdOf, doiOf } from '../src/corpus/identifiers.ts'
import { linksOf } from '../src/corpus/links.ts'
import { nameOf } from '../src/corpus/names.ts'
import { pageLine } from '../src/corpus/page-lines.ts'
import { readable } from '../src/corpus/readable.ts'
import { authorKey, isAuthor } from '../src/corpus/same-author.ts'
import { isInVenue, venueKeys } from '../src/corpus/venues.ts'
import { Failure } from '../src/errors.ts'
import { timeFrom } from '../src/features/daily/daily.ts'
import { readNote, readTags } from '../src/features/reading-list/input.ts'
import { isMutedBy, muteKey } from '../src/picks/less-of.ts'
import { sourceLabel } from '../src/schedule/source-label.ts'
import { definitionsIn } from '../src/search/analysis/abbreviations.ts'
import { buildSearch } from '../src/search/build-search.ts'
import { parseSpec, SourceSpec, sourceKinds, sourceName } from '../src/sources/spec.ts'
import { clip, escapeMarkdown, unescapeMarkdown, visible } from '../src/view/escape.ts'
import { decodeId } from '../src/view/ids.ts'
import { stateOf } from '../src/view/list-state.ts'
import { smallTalk } from '../src/view/small-talk.ts'
import { parseZone, suggestZones } from '../src/view/zones.ts'
import { paper } from './fixtures/paper.ts'
import { seedSearch } from './fixtures/papers.ts'

/**
 * No text may stop the process: every entry of text gets what makes expressions and loops run away, repeated to
 * Discord's greatest length. The budget is far above what any of them takes and far below what a person notices.
 */
const budget = 100
const longest = 6_000

const search = await seedSearch()
const answerer = createAnswerer(search)
const subject = { question: 'How is the KV cache made smaller?', papers: [search.papers[0]?.id ?? ''] }
const at = new Date('2026-11-23T12:00:00Z')

const entries: Readonly<Record<string, (text: string) => unknown>> = {
  search: text => search.search(text),
  terms: text => search.terms(text),
  withRef: ref => search.withRef(ref),
  autocomplete: text => search.suggest(text, 25),
  highlight: text => search.matches(text, text.slice(0, 300)),
  'highlighted by': text => search.matches('Attention is all you need.', text),
  ask: text => answerer.ask(text),
  'ask on': text => answerer.ask(text, { subject }),
  'ask on from': text => answerer.ask('and how large is it?', { subject: { ...subject, question: text } }),
  'small talk': text => smallTalk(text, 107),
  sentences: sentencesOf,
  summary: text => answerer.summarize(paper('p', 'A title', { abstract: text })),
  abbreviations: text => [...definitionsIn(text)],
  readable,
  links: text => linksOf(paper('p', text.trim() || 'A title', { abstract: text })),
  names: text => listOfNames.safeParse(text),
  name: nameOf,
  author: text => [authorKey(text), isAuthor(text)(text), isAuthor('Ada Lovelace')(text)],
  venue: text => [venueKeys(text), isInVenue(text)({ venue: text, categories: [text] })],
  'label of a source': sourceLabel,
  mute: text =>
    isMutedBy([{ kind: 'word', key: muteKey('word', text), said: text }])(
      paper('p', 'A title', { abstract: text }),
    ),
  categories: text => listOfTerms.safeParse(text),
  date: text => isoDate.safeParse(text),
  'arXiv id': arxivIdOf,
  doi: doiOf,
  'page line': text => pageLine({ number: 1, text }),
  'citation key': text => citationKey(paper('p', text.trim() || 'A title', { authors: [text] })),
  escaping: text => clip(unescapeMarkdown(escapeMarkdown(text)), 300),
  visible,
  'custom id': text => decodeId(text),
  state: text => stateOf([text, text, text]),
  time: text => timeFrom(text),
  'time zone': text => [parseZone(text, 'en-GB', at), suggestZones(text, 'en-GB', at)],
  configuration: text =>
    parseConfig({
      CORPUS: text,
      DISCORD_TOKEN: text,
      DISCORD_GUILD_ID: text,
      DISCORD_API_URL: text,
      DATABASE_URL: text,
    }),
  source: text => sourceKinds.map(kind => attempt(() => sourceName(parseSpec(kind, [text, text])))),
  'stored source': text => SourceSpec.safeParse({ kind: 'openalex', filter: text }),
  note: readNote,
  tags: readTags,
}

/** What is refused in words was read in time too. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}

/** A character of each class, and the pieces of which questions, operators, addresses and markup are made. */
const pieces = [
  ...'aAéß٣0一ﷺ😀\u0301_-–.,;:!?\'"’“()[]{}<>\\/|$^&*`~@#%+= \t\n\u0000\u200b\u202e',
  ...[
    'a ',
    'A ',
    'a.',
    'A.',
    'a-',
    'a_',
    'a,',
    'a, ',
    'a and ',
    '1,',
    '1.',
    '. ',
    '" "',
    '("',
    '()',
    '{}',
    '\\a',
    '$a$',
  ],
  ...[
    'what is ',
    'what about ',
    'how ',
    'how many ',
    'and but ',
    'so ',
    'we propose ',
    'the ',
    'of the ',
    'is it ',
  ],
  ...[
    'title:',
    '-a ',
    'http://a',
    'https://',
    'www.',
    '10.1000/',
    'doi:',
    '2405.19320 ',
    '<a>',
    '&amp;',
    '&#',
    'e.g. ',
    '(KV) ',
  ],
]
const openings = ['', 'what is ', 'define ', 'how many ', 'and what about ', 'title:', '"', 'http://']
const endings = ['', '_', '!', 'a', ' a']

function pumped(piece: string, size: number): string[] {
  const body = piece.repeat(Math.ceil(size / piece.length)).slice(0, size)
  return openings.flatMap(opening => endings.map(ending => (opening + body + ending).slice(0, size + 20)))
}

/** @returns milliseconds of processor time, of the cheapest of up to three runs: other work on the machine does not count */
function taken(run: () => unknown): number {
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < 3 && least > budget && (i === 0 || least < 10 * budget); i++) {
    const start = process.cpuUsage()
    try {
      run()
    } catch {
      // What is refused is refused in time as well.
    }
    const { user, system } = process.cpuUsage(start)
    least = Math.min(least, (user + system) / 1_000)
  }
  return least
}

test.each(Object.keys(entries))(
  '%s takes no text for longer than its budget',
  name => {
    const entry = entries[name] as (text: string) => unknown
    const slow: string[] = []
    for (const size of [300, longest])
      for (const piece of pieces)
        for (const text of size === longest ? pumped(piece, size).slice(0, 12) : pumped(piece, size)) {
          const ms = taken(() => entry(text))
          if (ms > budget)
            slow.push(`${Math.round(ms)} ms: ${JSON.stringify(text.slice(0, 40))} x ${text.length}`)
          if (slow.length > 3) break
        }
    expect(slow).toEqual([])
    // Thousands of texts an entry: on a busy machine they take their time, though each keeps its budget.
  },
  180_000,
)

test('fields of a corpus file are read in time, a line long as they may be', () => {
  for (const piece of ['\t', ' ', ', ', ' and ', 'a, ', ';', '$', '{', '<', '&'])
    for (const entry of ['names', 'categories', 'date', 'readable'])
      expect(
        taken(() => entries[entry]?.(piece.repeat(200_000))),
        `${entry} of ${JSON.stringify(piece)}`,
      ).toBeLessThan(20 * budget)
})

test('words that unfold when they are normalised are still short', async () => {
  const wide = await buildSearch([paper('p1', 'ﷺ'.repeat(300)), paper('p2', 'Attention')])
  expect(taken(() => wide.suggest('ﷺ'.repeat(1_000), 25))).toBeLessThan(budget)
})
