import { UMAP } from 'umap-js'
import { dot } from '../search/embedding/unit-vector.ts'

/** Papers whose places are found by UMAP; the others are placed among them, since its time grows faster than their number. */
const mostLandmarks = 1500
/** Neighbours of a paper that decide where it lies. */
const neighbours = 15
/** Landmarks among which another paper is placed. */
const anchors = 3

/** Places between 0 and 1, one a paper. */
export interface Places {
  readonly x: Float32Array
  readonly y: Float32Array
}

/**
 * Lays out papers so that those whose vectors are near to each other lie near to each other: UMAP of up to 1,500 of them,
 * spread evenly over the list, and the others between the nearest of those. Equal vectors give equal places.
 * @param vectors one unit vector a paper, row after row; ten papers at least
 */
export function layOut(vectors: Float32Array, dimensions: number): Places {
  const count = vectors.length / dimensions
  const vectorOf = (doc: number) => vectors.subarray(doc * dimensions, (doc + 1) * dimensions)
  const size = Math.min(count, mostLandmarks)
  const landmarks = Array.from({ length: size }, (_, i) => Math.floor((i * count) / size))
  const rows = landmarks.map(vectorOf)
  const places = placesOfLandmarks(rows)
  const x = new Float32Array(count)
  const y = new Float32Array(count)
  const random = mulberry32(2)
  const position = new Map(landmarks.map((doc, i) => [doc, i]))
  for (let doc = 0; doc < count; doc++) {
    const own = position.get(doc)
    const [px = 0, py = 0] =
      own === undefined
        ? between(nearest(vectorOf(doc), rows, anchors), places, random)
        : (places[own] ?? [0, 0])
    x[doc] = px
    y[doc] = py
  }
  const turned = alongAxes(x, y)
  return { x: spread(turned.x), y: spread(turned.y) }
}

interface Near {
  readonly at: number
  readonly cosine: number
}

function placesOfLandmarks(rows: readonly Float32Array[]): number[][] {
  const near = Math.min(neighbours, rows.length - 1)
  const found = rows.map(row => nearest(row, rows, near + 1))
  const umap = new UMAP({ nNeighbors: near, minDist: 0.25, nEpochs: 300, random: mulberry32(1) })
  umap.setPrecomputedKNN(
    found.map(list => list.slice(0, near).map(({ at }) => at)),
    found.map(list => list.slice(0, near).map(({ cosine }) => Math.max(0, 1 - cosine))),
  )
  return umap.fit(rows.map(row => [...row]))
}

/** The rows with the highest cosines, best first. */
function nearest(row: Float32Array, rows: readonly Float32Array[], limit: number): Near[] {
  const best: Near[] = []
  let least = Number.NEGATIVE_INFINITY
  for (let at = 0; at < rows.length; at++) {
    const cosine = dot(row, rows[at] as Float32Array)
    if (best.length === limit && cosine <= least) continue
    const place = best.findIndex(one => one.cosine < cosine)
    best.splice(place < 0 ? best.length : place, 0, { at, cosine })
    if (best.length > limit) best.pop()
    least = best.at(-1)?.cosine ?? least
  }
  return best
}

/** Between its nearest landmarks, nearest to the first, and a little beside so that no two dots hide each other. */
function between(near: readonly Near[], places: readonly number[][], random: () => number): [number, number] {
  const weights = near.map(({ cosine }) => Math.max(0.01, cosine) ** 8)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const along = (axis: 0 | 1) =>
    near.reduce((sum, { at }, i) => sum + (places[at]?.[axis] ?? 0) * (weights[i] ?? 0), 0) / total
  const aside = () => (random() - 0.5) * 0.3
  return [along(0) + aside(), along(1) + aside()]
}

/** Turned so that the longest side of the cloud is horizontal: a square is then filled as well as it can be. */
function alongAxes(x: Float32Array, y: Float32Array): Places {
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [mx, my] = [mean(x), mean(y)]
  const xx = mean(x.map(value => (value - mx) ** 2))
  const yy = mean(y.map(value => (value - my) ** 2))
  const xy = mean(x.map((value, i) => (value - mx) * ((y[i] ?? 0) - my)))
  const angle = Math.atan2(2 * xy, xx - yy) / 2
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return {
    x: x.map((value, i) => value * cos + (y[i] ?? 0) * sin),
    y: y.map((value, i) => value * cos - (x[i] ?? 0) * sin),
  }
}

/** To 0..1. What lies far out counts no more than the half percent that lies farthest. */
function spread(values: Float32Array): Float32Array {
  const sorted = values.toSorted()
  const trimmed = Math.floor(sorted.length * 0.005)
  const low = sorted[trimmed] ?? 0
  const high = sorted[sorted.length - 1 - trimmed] ?? 1
  return values.map(value => Math.min(1, Math.max(0, (value - low) / (high - low || 1))))
}

/** Numbers in [0, 1) from a seed (mulberry32, Tommy Ettinger, public domain). */
export function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
