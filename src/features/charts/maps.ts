import { setImmediate as turn } from 'node:timers/promises'
import type { BotContext } from '../../bot/context.ts'
import { mapChart, mostMarked } from '../../charts/map-chart.ts'
import { leastMapped, mapOf, type PaperMap } from '../../charts/paper-map.ts'
import type { Theme } from '../../charts/theme.ts'
import type { Paper } from '../../corpus/paper.ts'
import { readable } from '../../corpus/readable.ts'
import { Failure } from '../../errors.ts'
import type { Search } from '../../search/port.ts'
import { visible } from '../../view/escape.ts'
import { mapReply } from '../../view/map-card.ts'
import type { Reply } from '../../view/reply.ts'
import { pictureOf, sampledPapers } from './picture.ts'

/** A library never changes: its map is laid out once, and goes with it. Of an engine's papers each request has a sample. */
const maps = new WeakMap<Search, Promise<PaperMap>>()

function mapFor(search: Search): Promise<PaperMap> {
  const known = maps.get(search)
  if (known !== undefined) return known
  const made = mapOf(search.papers, search.count)
  maps.set(search, made)
  made.catch(() => maps.delete(search))
  return made
}

export interface MapRequest {
  /** Papers that are marked, best first; undefined: none were searched for. */
  readonly hits: readonly Paper[] | undefined
  /** What was searched for. */
  readonly query: string
  readonly theme: Theme
}

/** @throws Failure `missing` for too few papers, `limit` when it takes too long, `busy` when papers cannot be fetched */
export async function showMap({ hits, query, theme }: MapRequest, bot: BotContext): Promise<Reply> {
  const { search } = bot.library
  await search.prepare({ sample: sampledPapers })
  if (search.papers.length < leastMapped)
    throw new Failure('missing', `A map needs ${leastMapped} papers at least.`)
  const map = await mapFor(search)
  const marked = (hits ?? [])
    .flatMap(paper => {
      const place = map.placeOf(paper.id)
      return place === undefined ? [] : [{ paper, place }]
    })
    .slice(0, mostMarked)
  const count = map.papers.toLocaleString('en')
  const title =
    map.places.length < map.papers
      ? `${map.places.length.toLocaleString('en')} of ${count} papers by similarity`
      : `${count} papers by similarity`
  const subtitle =
    hits === undefined
      ? 'What lies near is alike; the words tell what a group is about.'
      : `The hits of “${visible(query)}”, best first`
  await turn()
  const svg = mapChart(map, { title, subtitle, marked: marked.map(({ place }) => place) }, theme)
  const groups = map.clusters.flatMap(({ words, papers }) =>
    words.length === 0 ? [] : [`${words.join(', ')} (${papers})`],
  )
  const numbered = marked.map(({ paper }, i) => `${i + 1}: ${visible(readable(paper.title)).slice(0, 80)}`)
  const description = [
    `A map of ${title}. Groups: ${groups.join('; ')}.`,
    numbered.length === 0 ? '' : `Marked: ${numbered.join('; ')}.`,
  ]
  return mapReply({
    picture: await pictureOf('map', svg, description.join(' ').trim()),
    marked: marked.map(({ paper }) => paper),
    query: hits === undefined ? undefined : query,
  })
}
