import { scaleLinear, scalePoint } from 'd3-scale'
import { type Series, stack } from 'd3-shape'
import { element, fitted, picture, textAt, widthOf } from './svg.ts'
import { colorOf, side, sizes, type Theme } from './theme.ts'

/** Counts over time, as bars with the series on each other. */
export interface Counts {
  readonly title: string
  readonly subtitle: string
  /** What the periods are called, in order, such as `2021` or `Nov 3`. */
  readonly periods: readonly string[]
  readonly series: readonly { readonly name: string; readonly counts: readonly number[] }[]
}

/** Height of one panel; two of them are a picture as high as wide. */
const panelHeight = side / 2
const plot = { left: 90, right: 40, top: 150, bottom: 56 }

/** Panels one below the other. */
export const statsChart = (panels: readonly Counts[], theme: Theme): string =>
  picture(
    theme,
    side,
    panelHeight * panels.length,
    panels.map((panel, i) =>
      element('g', { transform: `translate(0 ${i * panelHeight})` }, drawn(panel, theme)),
    ),
  )

function drawn(panel: Counts, theme: Theme): string {
  const x = scalePoint<number>(panel.periods.keys(), [plot.left, side - plot.right]).padding(0.6)
  const top = plot.top + (legendRows(panel).length - 1) * legendLine
  const y = scaleLinear([0, Math.max(1, highest(panel))], [panelHeight - plot.bottom, top]).nice(4)
  const at = (period: number) => x(period) ?? 0
  return [
    textAt(40, 52, fitted(panel.title, sizes.title, side - 80), {
      size: sizes.title,
      weight: 700,
      color: theme.text,
    }),
    textAt(40, 90, fitted(panel.subtitle, sizes.small, side - 80), { color: theme.quiet }),
    legend(panel, theme),
    ...y
      .ticks(4)
      .filter(Number.isInteger)
      .map(
        tick =>
          element('line', {
            x1: plot.left,
            x2: side - plot.right,
            y1: y(tick),
            y2: y(tick),
            stroke: theme.line,
            'stroke-width': 2,
          }) + textAt(plot.left - 14, y(tick) + 8, short(tick), { color: theme.quiet, anchor: 'end' }),
      ),
    bars(panel, theme, at, y, x.step()),
    ...shownPeriods(panel.periods, x.step()).map(period =>
      textAt(at(period), panelHeight - 18, panel.periods[period] ?? '', {
        color: theme.quiet,
        anchor: 'middle',
      }),
    ),
  ].join('')
}

const countOf = ({ series }: Counts, at: number, period: number): number => series[at]?.counts[period] ?? 0

const highest = (panel: Counts): number =>
  panel.periods
    .map((_, period) => panel.series.reduce((sum, _, at) => sum + countOf(panel, at, period), 0))
    .reduce((most, sum) => Math.max(most, sum), 0)

/** `1,200`, `12k`. */
const short = (count: number): string => (count >= 10_000 ? `${count / 1000}k` : count.toLocaleString('en'))

type Scale = (value: number) => number

function bars(panel: Counts, theme: Theme, at: Scale, y: Scale, step: number): string {
  const width = Math.max(2, Math.min(70, step * 0.8))
  const stacked: Series<number, number>[] = stack<unknown, number, number>()
    .keys(panel.series.map((_, i) => i))
    .value((period, i) => countOf(panel, i, period))(panel.periods.map((_, period) => period))
  return stacked
    .flatMap((series, i) =>
      series.map(([from, to], period) =>
        to === from
          ? ''
          : element('rect', {
              x: at(period) - width / 2,
              width,
              y: y(to),
              height: Math.max(1, y(from) - y(to)),
              fill: colorOf(theme, i),
            }),
      ),
    )
    .join('')
}

/** Beside the name of a series: its colour, and the space to the next. */
const beside = 58
const legendLine = 34
const legendRoom = (count: number): number => side - 80 - count * beside

/** The series' names on one line, or on two where one has no room for them. */
function legendRows({ series }: Counts): { name: string; group: number }[][] {
  const named = series.map(({ name }, group) => ({ name, group }))
  const needed = named.reduce((sum, { name }) => sum + widthOf(name, sizes.small), 0)
  if (needed <= legendRoom(named.length)) return [named]
  const half = Math.ceil(named.length / 2)
  return [named.slice(0, half), named.slice(half)]
}

function legend(panel: Counts, theme: Theme): string {
  return legendRows(panel)
    .map((row, line) => {
      const widths = row.map(({ name }) => widthOf(name, sizes.small))
      const widest = widestThatFits(widths, legendRoom(row.length))
      let x = 40
      return row
        .map(({ name, group }) => {
          const text = fitted(name, sizes.small, widest)
          const from = x
          x += beside + widthOf(text, sizes.small)
          const y = 108 + line * legendLine
          return (
            element('rect', { x: from, y, width: 20, height: 20, fill: colorOf(theme, group) }) +
            textAt(from + 32, y + 18, text, { color: theme.text })
          )
        })
        .join('')
    })
    .join('')
}

/** The width that the widest may have so that all have room: short names leave theirs to long ones. */
function widestThatFits(widths: readonly number[], room: number): number {
  let left = room
  for (const [at, width] of widths.toSorted((a, b) => a - b).entries()) {
    const fair = left / (widths.length - at)
    if (width > fair) return fair
    left -= width
  }
  return room
}

/** Periods whose names are written: as many as fit, evenly, the last one among them. */
function shownPeriods(periods: readonly string[], step: number): number[] {
  const room = Math.max(...periods.map(name => widthOf(name, sizes.small)), 1) + 24
  const every = Math.max(1, Math.ceil(room / Math.max(step, 1)))
  return periods.map((_, i) => i).filter(i => (periods.length - 1 - i) % every === 0)
}
