import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { mapChart } from '../../src/charts/map-chart.ts'
import type { PaperMap } from '../../src/charts/paper-map.ts'
import { pngOf } from '../../src/charts/png.ts'
import { statsChart } from '../../src/charts/stats-chart.ts'
import { side, sizes, themes } from '../../src/charts/theme.ts'

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(']]><script>', '<image href="http://x.y/z"/>', '&amp;&#0;', 'W'.repeat(300), ''),
)
const unit = fc.double({ min: 0, max: 1, noNaN: true })
const cluster = fc.record({ words: fc.array(text, { maxLength: 2 }), papers: fc.nat() })
const anyMap: fc.Arbitrary<PaperMap> = fc.array(cluster, { minLength: 1, maxLength: 10 }).chain(clusters =>
  fc
    .array(fc.record({ x: unit, y: unit, cluster: fc.nat({ max: clusters.length - 1 }) }), {
      maxLength: 60,
    })
    .map(places => ({ places, clusters, papers: places.length, placeOf: () => undefined })),
)
const anyPanel = fc
  .record({ title: text, subtitle: text, periods: fc.array(text, { maxLength: 30 }) })
  .chain(panel =>
    fc
      .array(fc.record({ name: text, counts: fc.array(fc.nat(), { maxLength: 30 }) }), { maxLength: 7 })
      .map(series => ({ ...panel, series })),
  )

/** Tags of a well-formed document, with their attributes. */
function tagsOf(svg: string) {
  const tags: { name: string; attributes: Record<string, string> }[] = []
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => {
    tags.push({ name, attributes: attributes as Record<string, string> })
  })
  parser.on('error', error => {
    throw error
  })
  parser.write(svg).close()
  return tags
}

function expectSound(svg: string) {
  const tags = tagsOf(svg)
  expect([...new Set(tags.map(({ name }) => name))].sort()).not.toContain('image')
  for (const { name, attributes } of tags) {
    expect(Object.keys(attributes)).not.toContain('href')
    if (name === 'text') expect(Number(attributes['font-size'])).toBeGreaterThanOrEqual(sizes.small)
    for (const [key, value] of Object.entries(attributes)) expect(value, key).not.toMatch(/NaN|Infinity/u)
  }
}

describe('a picture', () => {
  it('of a map is well-formed, with letters of 24 pixels at least, whatever the words are', () => {
    const marks = fc.array(fc.record({ x: unit, y: unit, cluster: fc.constant(0) }), { maxLength: 12 })
    fc.assert(
      fc.property(anyMap, text, text, marks, (map, title, subtitle, marked) => {
        expectSound(mapChart(map, { title, subtitle, marked }, themes.dark))
      }),
    )
  })

  it('of counts is well-formed, with letters of 24 pixels at least, whatever the words are', () => {
    fc.assert(
      fc.property(fc.array(anyPanel, { maxLength: 2 }), panels =>
        expectSound(statsChart(panels, themes.light)),
      ),
    )
  })

  it('names its series in whole where two lines have room for them, within the picture', () => {
    const names = ['Computer Science', 'ecology', 'sheaves', '12.15.Ji', 'Open access', 'other fields']
    const series = [...names, 'no field named'].map(name => ({ name, counts: [1] }))
    const svg = statsChart([{ title: 'T', subtitle: 's', periods: ['2025'], series }], themes.light)
    for (const { name } of series) expect(svg).toContain(`>${name}</text>`)
    // Of many long ones each has a part, and none lies outside.
    const long = series.map(({ counts }, at) => ({ name: `${at} ${'Wide '.repeat(20)}`, counts }))
    const wide = statsChart([{ title: 'T', subtitle: 's', periods: ['2025'], series: long }], themes.light)
    for (const at of long.keys()) expect(wide).toContain(`>${at} Wide`)
    const swatches = [...wide.matchAll(/<rect x="([\d.]+)" y="1\d\d" width="20"/gu)].map(([, x]) => Number(x))
    expect(swatches).toHaveLength(7)
    expect(Math.max(...swatches)).toBeLessThan(side - 100)
  })

  it('is drawn as a PNG of its size', async () => {
    const panel = { title: 'T', subtitle: 's', periods: ['2025'], series: [{ name: 'a', counts: [1] }] }
    const png = Buffer.from(await pngOf(statsChart([panel, panel], themes.dark)))
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([side, side])
  })
})
