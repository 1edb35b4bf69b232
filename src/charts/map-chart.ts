import type { PaperMap, Place } from './paper-map.ts'
import { element, fitted, picture, textAt, widthOf } from './svg.ts'
import { colorOf, side, sizes, type Theme } from './theme.ts'

/** Above the dots there is room for the title, around them for the marks. */
const frame = { top: 130, bottom: 40, left: 40, right: 40 }
/** Hits that are numbered in a picture. */
export const mostMarked = 9

export interface MapPicture {
  readonly title: string
  readonly subtitle: string
  /** Hits, best first: numbered from 1. */
  readonly marked: readonly Place[]
}

interface Label {
  readonly text: string
  readonly x: number
  readonly y: number
}

/** Papers as dots, coloured by cluster, with the clusters' telling words over them and the hits numbered. */
export function mapChart(map: PaperMap, { title, subtitle, marked: hits }: MapPicture, theme: Theme): string {
  const marked = hits.slice(0, mostMarked)
  return picture(theme, side, side, [
    textAt(frame.left, 62, fitted(title, sizes.title, side - 80), {
      size: sizes.title,
      weight: 700,
      color: theme.text,
    }),
    textAt(frame.left, 104, fitted(subtitle, sizes.small, side - 80), { color: theme.quiet }),
    dots(map, theme, marked.length > 0),
    ...labelsOf(map, marked).map(({ text, x, y }) =>
      textAt(x, y, text, {
        size: sizes.label,
        weight: 700,
        color: theme.text,
        anchor: 'middle',
        halo: theme.background,
      }),
    ),
    // The best on top.
    ...marked.map((place, i) => mark(place, i + 1, theme)).toReversed(),
  ])
}

const tenths = (value: number): number => Math.round(value * 10) / 10
const across = (x: number): number => frame.left + x * (side - frame.left - frame.right)
const down = (y: number): number => frame.top + y * (side - frame.top - frame.bottom)

function dots({ places, clusters }: PaperMap, theme: Theme, isFaint: boolean): string {
  const radius = Math.min(9, Math.max(2.2, 90 / Math.sqrt(places.length)))
  const opacity = (places.length > 2_000 ? 0.55 : 0.85) * (isFaint ? 0.6 : 1)
  // One path a cluster: a circle each would take several times as long to draw. A line of no length with round ends is a dot.
  const paths = clusters.map(() => '')
  for (const { x, y, cluster } of places) paths[cluster] += `M${tenths(across(x))} ${tenths(down(y))}h0`
  return paths
    .map((path, cluster) => {
      return element('path', {
        d: path,
        stroke: colorOf(theme, cluster),
        'stroke-width': radius * 2,
        'stroke-linecap': 'round',
        'stroke-opacity': Math.round(opacity * 100) / 100 < 1 ? String(opacity) : undefined,
      })
    })
    .join('')
}

function mark({ x, y }: Place, number: number, theme: Theme): string {
  const [cx, cy] = [across(x), down(y)]
  return (
    element('circle', { cx, cy, r: 22, fill: theme.mark, stroke: theme.background, 'stroke-width': 4 }) +
    textAt(cx, cy + 9, String(number), { size: 26, weight: 700, color: theme.onMark, anchor: 'middle' })
  )
}

const lineHeight = 38
/** Pixels of a label: one that is wider says its first words alone. */
const widest = 440

/** What lies on the picture: its middle, and how far it reaches to either side. */
interface Box {
  readonly x: number
  readonly y: number
  readonly halfWidth: number
  readonly halfHeight: number
}

/** The clusters' words in the middle of their papers, or as near as they cover neither each other nor a mark. */
function labelsOf({ places, clusters }: PaperMap, marked: readonly Place[]): Label[] {
  const taken: Box[] = marked.map(({ x, y }) => ({ x: across(x), y: down(y), halfWidth: 26, halfHeight: 26 }))
  return clusters.flatMap(({ words }, cluster) => {
    const own = places.filter(place => place.cluster === cluster)
    if (words.length === 0 || own.length === 0) return []
    const both = words.join(' · ')
    const text = fitted(widthOf(both, sizes.label) > widest ? (words[0] ?? '') : both, sizes.label, widest)
    const halfWidth = widthOf(text, sizes.label) / 2 + 6
    const middle = own.reduce((sum, { x }) => sum + across(x), 0) / own.length
    const x = Math.min(side - 16 - halfWidth, Math.max(16 + halfWidth, middle))
    const wanted = own.reduce((sum, place) => sum + down(place.y), 0) / own.length
    const box = freeBox({ x, y: wanted, halfWidth, halfHeight: lineHeight / 2 }, taken)
    taken.push(box)
    return [{ text, x, y: box.y + 10 }]
  })
}

const overlap = (a: Box, b: Box): boolean =>
  Math.abs(a.x - b.x) < a.halfWidth + b.halfWidth && Math.abs(a.y - b.y) < a.halfHeight + b.halfHeight

/** The box, moved up or down as little as it needs. */
function freeBox(box: Box, taken: readonly Box[]): Box {
  for (let step = 0; step < 40; step++) {
    const aside = Math.ceil(step / 2) * 12 * (step % 2 === 0 ? 1 : -1)
    const moved = { ...box, y: Math.min(side - 30, Math.max(frame.top + 10, box.y + aside)) }
    if (!taken.some(other => overlap(moved, other))) return moved
  }
  return box
}
