import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { EmbeddingModelConfig } from '../../src/config.ts'
import { type RunningModel, startModel } from '../../src/embedding-models/start-model.ts'
import { shippedEmbedder } from '../../src/embeddings.ts'
import { buildSearch } from '../../src/search/build-search.ts'
import { ModelVectors } from '../../src/search/embedding/model-vectors.ts'
import { openTemporary } from '../../src/store/open.ts'
import type { Store } from '../../src/store/ports.ts'
import { type ChatEndpoint, json } from '../fixtures/chat-endpoint.ts'
import { data, inputOf, startEmbeddingsEndpoint, tableHandler } from '../fixtures/embeddings-endpoint.ts'
import { paper } from '../fixtures/paper.ts'

const papers = [
  'Grasping with soft hands',
  'Proteins and their folds',
  'Colouring of sparse graphs',
  'Speech without transcripts',
].map((title, i) => paper(`p${i}`, title))

let endpoint: ChatEndpoint
let store: Store
const running: RunningModel[] = []
beforeAll(async () => {
  endpoint = await startEmbeddingsEndpoint()
})
beforeEach(async () => {
  store = await openTemporary()
  endpoint.act(await tableHandler())
})
afterEach(async () => {
  for (const one of running.splice(0)) await one.close()
  await store.close()
})
afterAll(() => endpoint.close())

/** A search with a model that is being started, and what the log was told. */
async function started(config: EmbeddingModelConfig) {
  const lines: { level: number; msg: string }[] = []
  const out = new Writable({
    write(line, _, done) {
      lines.push(JSON.parse(String(line)))
      done()
    },
  })
  const model = new ModelVectors()
  const search = await buildSearch(papers, { embedder: await shippedEmbedder(), model })
  const one = startModel({
    config,
    vectors: store.vectors,
    log: pino(out),
    delays: { first: 5, most: 50 },
  })
  running.push(one)
  return { search, model, lines, ready: one.serve(search.papers, model), close: one.close }
}
const remote = (): EmbeddingModelConfig => ({
  kind: 'endpoint',
  url: endpoint.url,
  key: 'sk-hush',
  model: 'small',
})
const warnings = (lines: readonly { level: number; msg: string }[]) =>
  lines.filter(({ level }) => level >= 40).map(({ msg }) => msg)

describe('an embedding model', () => {
  it('embeds the papers once, and then each query once', async () => {
    const before = endpoint.heard.length
    const one = await started(remote())
    expect(one.search.prepare('robot hands')).toBeUndefined()
    expect(await one.ready).toBe(true)
    const texts = () => endpoint.heard.slice(before).flatMap(inputOf)
    expect(texts().filter(text => text.startsWith('Grasping'))).toHaveLength(1)
    await one.search.prepare('robot hands')
    expect(texts().at(-1)).toBe('robot hands')
    expect(one.search.prepare('robot hands')).toBeUndefined()
    const count = endpoint.heard.length
    expect(one.search.search('robot hands').hits[0]?.paper.id).toBe('p0')
    expect(endpoint.heard.length).toBe(count)
    expect(warnings(one.lines)).toEqual([])
    const again = await started(remote())
    expect(await again.ready).toBe(true)
    expect(texts().filter(text => text.startsWith('Grasping'))).toHaveLength(1)
  })

  it('is waited for while it is busy or away, as long as it asks for', async () => {
    const table = await tableHandler()
    let calls = 0
    endpoint.act((response, heard) => {
      calls += 1
      if (calls === 1) response.writeHead(429, { 'retry-after': '0' }).end()
      else if (calls === 2) response.writeHead(500).end()
      else if (calls === 4) response.destroy()
      else table(response, heard)
    })
    const one = await started(remote())
    expect(await one.ready).toBe(true)
    expect(one.model.papers?.size).toBe(papers.length)
    expect(warnings(one.lines).every(line => line.includes('tried again'))).toBe(true)
  })

  it.each([
    ['fails', 500],
    ['refuses it', 400],
  ])('that %s whenever one text is among those given embeds all the others', async (_, status) => {
    const table = await tableHandler()
    const isPoison = (text: string) => text.startsWith('Proteins')
    endpoint.act((response, heard) => {
      if (inputOf(heard).some(isPoison)) response.writeHead(status).end('{"error":"NaN"}')
      else table(response, heard)
    })
    const one = await started(remote())
    expect(await one.ready).toBe(true)
    await one.search.prepare('robot hands')
    expect(one.search.search('robot hands').hits[0]?.paper.id).toBe('p0')
    expect(warnings(one.lines)).toEqual(['embeddings: 1 text cannot be embedded and is left out'])
    expect(JSON.stringify(one.lines)).not.toContain('Proteins')
    endpoint.act(table)
    const before = endpoint.heard.length
    const again = await started(remote())
    expect(await again.ready).toBe(true)
    expect(endpoint.heard.slice(before).flatMap(inputOf).filter(isPoison)).toHaveLength(1)
    expect(warnings(again.lines)).toEqual([])
  })

  const useless: readonly (readonly [string, (vector: number[], i: number) => number[]])[] = [
    ['means nothing by its vectors', () => [1, 0, 0]],
    ['gives nothing but zeros', vector => vector.map(() => 0)],
    ['gives vectors of other lengths later', (vector, i) => (i === 0 ? vector : vector.slice(1))],
  ]
  it.each(useless)('that %s is given up in one line, and the table goes on', async (_, spoil) => {
    const table = await shippedEmbedder()
    let calls = 0
    endpoint.act((response, heard) => {
      const at = calls++
      json(response, 200, data(inputOf(heard).map(text => spoil([...table.embed([text])], at))))
    })
    const one = await started(remote())
    expect(await one.ready).toBe(false)
    expect(warnings(one.lines)).toEqual([
      expect.stringMatching(/^EMBEDDINGS: the model small cannot be used: /u),
    ])
    expect(JSON.stringify(one.lines)).not.toMatch(/hush|127\.0\.0\.1/u)
    expect(one.search.prepare('robot hands')).toBeUndefined()
    expect(one.search.search('grasping').hits[0]?.paper.id).toBe('p0')
  })

  it('that fails later is left alone, and the table says what queries mean', async () => {
    const one = await started(remote())
    await one.ready
    endpoint.act(response => response.writeHead(500).end())
    await one.search.prepare('robot hands')
    expect(one.search.search('robot hands').hits[0]?.paper.id).toBe('p0')
    expect(warnings(one.lines)).toEqual(['embeddings: it refused with status 500'])
  })

  it('ends while it waits', async () => {
    endpoint.act(response => response.writeHead(429, { 'retry-after': '3600' }).end())
    const one = await started(remote())
    await expect.poll(() => warnings(one.lines).length).toBe(1)
    await one.close()
    expect(await one.ready).toBe(false)
    expect(warnings(one.lines)).toHaveLength(1)
  })

  describe('in a folder', () => {
    let folder: string
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'lectern-model-'))
    })
    afterEach(() => rm(folder, { recursive: true }))
    const local = () => started({ kind: 'minilm', folder })

    it('that is empty is given up in one line', async () => {
      const one = await local()
      expect(await one.ready).toBe(false)
      expect(warnings(one.lines)).toEqual([
        expect.stringMatching(
          /^EMBEDDINGS: the model in lectern-model-\w+ cannot be used: it has no vocab\.txt/u,
        ),
      ])
    })

    it('with something else in it is given up in one line', async () => {
      await writeFile(join(folder, 'vocab.txt'), 'a\nb\n')
      const one = await local()
      expect(await one.ready).toBe(false)
      expect(warnings(one.lines)).toEqual([
        expect.stringContaining('vocab.txt is no vocabulary of WordPieces'),
      ])
      await writeFile(join(folder, 'vocab.txt'), '[UNK]\n[CLS]\n[SEP]\na\n')
      const two = await local()
      expect(await two.ready).toBe(false)
      expect(warnings(two.lines)).toEqual([expect.stringContaining('it has no model.onnx')])
      await writeFile(join(folder, 'model.onnx'), 'not a model')
      const three = await local()
      expect(await three.ready).toBe(false)
      expect(warnings(three.lines)).toEqual([
        expect.stringMatching(/model\.onnx is damaged|onnxruntime-web is not installed/u),
      ])
    })
  })
})
