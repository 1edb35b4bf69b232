import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EmbedderError } from '../../src/embedding-models/embedder-error.ts'
import { batchSize, embeddingsEndpoint } from '../../src/embedding-models/embeddings-endpoint.ts'
import { shippedEmbedder } from '../../src/embeddings.ts'
import { type ChatEndpoint, type Handler, json } from '../fixtures/chat-endpoint.ts'
import { data, inputOf, startEmbeddingsEndpoint, tableHandler } from '../fixtures/embeddings-endpoint.ts'

let endpoint: ChatEndpoint
beforeAll(async () => {
  endpoint = await startEmbeddingsEndpoint()
})
afterAll(() => endpoint.close())

/** @param timeout long, since a busy machine takes its time */
const model = (change: { url?: string; key?: string } = {}, timeout = 10_000) =>
  embeddingsEndpoint({ url: endpoint.url, key: undefined, model: 'small', ...change }, timeout)

describe('an embeddings endpoint', () => {
  it('gets the texts, the model and the key, and gives unit vectors in order', async () => {
    endpoint.act((response, heard) =>
      json(response, 200, {
        data: inputOf(heard)
          .map((text, index) => ({ index, embedding: [text.length, 0, 0] }))
          .reverse(),
      }),
    )
    const vectors = await model({ key: 'sk-1' }).embed(['one', 'three'])
    expect(vectors).toEqual([Float32Array.of(1, 0, 0), Float32Array.of(1, 0, 0)])
    const { path, authorization, body } = endpoint.heard.at(-1)!
    expect({ path, authorization, ...body }).toEqual({
      path: '/v1/embeddings',
      authorization: 'Bearer sk-1',
      model: 'small',
      input: ['one', 'three'],
      encoding_format: 'float',
    })
  })

  it('gets many texts in batches, long ones cut and empty ones as a sign', async () => {
    endpoint.act(await tableHandler())
    const before = endpoint.heard.length
    const texts = Array.from({ length: 2 * batchSize + 1 }, (_, i) => `sparse attention ${i}`)
    const vectors = await model().embed([...texts, '', ' \n', 'x'.repeat(10_000)])
    expect(vectors).toHaveLength(texts.length + 3)
    const sizes = endpoint.heard.slice(before).map(heard => inputOf(heard).length)
    expect(sizes).toEqual([batchSize, batchSize, 4])
    const last = inputOf(endpoint.heard.at(-1)!)
    expect(last.slice(1, 3)).toEqual(['-', '-'])
    expect(last[3]?.length).toBe(2000)
  })

  it.each([
    [413, '{"error":"Input validation error: `inputs` must have less than 512 tokens. Given: 534"}'],
    [400, '{"error":"the input length exceeds the context length"}'],
    [500, '{"error":{"message":"input is too large to process. increase the physical batch size"}}'],
  ])('gets a text that it refuses with %i as too long cut, and the others whole', async (status, told) => {
    const table = await tableHandler()
    endpoint.act((response, heard) =>
      inputOf(heard).some(({ length }) => length > 600)
        ? response.writeHead(status).end(told)
        : table(response, heard),
    )
    const embedder = await shippedEmbedder()
    const before = endpoint.heard.length
    const texts = Array.from({ length: batchSize }, (_, i) =>
      `sparse attention ${i} `.repeat(i === 9 ? 99 : 9),
    )
    const vectors = await model().embed(texts)
    const expected = texts.map(text => embedder.embed([text.trim()]))
    expect(vectors.filter((_, i) => i !== 9)).toEqual(expected.filter((_, i) => i !== 9))
    expect(vectors[9]).toHaveLength(embedder.dimensions)
    expect(endpoint.heard.length - before).toBeLessThan(16)
  })

  it('gets no half of a character', async () => {
    endpoint.act(await tableHandler())
    await model().embed([`${'x'.repeat(1999)}😀`])
    expect(inputOf(endpoint.heard.at(-1)!)[0]?.isWellFormed()).toBe(true)
  })

  it('says how long it wants to be left alone', async () => {
    endpoint.act(response => response.writeHead(429, { 'retry-after': '7' }).end())
    const error = await model()
      .embed(['a'])
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ problem: 'busy', status: 429, retryAfter: 7000 })
  })

  const faults: readonly (readonly [string, string, Handler])[] = [
    ['never answers', 'late', () => {}],
    [
      'breaks off',
      'broken',
      response => response.writeHead(200).write('{"data":[', () => response.destroy()),
    ],
    ['sends the texts elsewhere', 'broken', r => r.writeHead(307, { location: 'http://127.0.0.1:1/' }).end()],
    ['fails', 'broken', response => response.writeHead(500).end()],
    ['takes no text, however short', 'wrong', r => r.writeHead(413).end('too many tokens')],
    ['is overloaded', 'busy', response => response.writeHead(503, { 'retry-after': 'soon' }).end()],
    ['knows no such key', 'wrong', response => response.writeHead(401).end()],
    ['knows no such model', 'wrong', response => response.writeHead(404).end('no such model')],
    ['answers in words', 'wrong', response => response.writeHead(200).end('<html>')],
    ['answers with something else', 'wrong', response => json(response, 200, { choices: [] })],
    ['gives words for values', 'wrong', r => json(r, 200, { data: [{ index: 0, embedding: ['a', 'b'] }] })],
    ['gives values beyond all bounds', 'wrong', r => r.end('{"data":[{"index":0,"embedding":[1e999,1]}]}')],
    ['gives one vector for two texts', 'wrong', response => json(response, 200, data([[1, 2]]))],
    [
      'gives the same index twice',
      'wrong',
      r => json(r, 200, { data: [0, 0].map(index => ({ index, embedding: [1, 2] })) }),
    ],
    [
      'gives vectors of two lengths',
      'wrong',
      response =>
        json(
          response,
          200,
          data([
            [1, 2],
            [1, 2, 3],
          ]),
        ),
    ],
    ['gives vectors without end', 'wrong', response => json(response, 200, data([Array(5000).fill(1), [1]]))],
    [
      'sends without end',
      'wrong',
      response => {
        const more = () => {
          while (!response.destroyed && response.write('1'.repeat(100_000)));
        }
        response.writeHead(200).on('drain', more)
        more()
      },
    ],
  ]
  it.each(faults)('that %s is a problem in time: %s', async (_, problem, handler) => {
    endpoint.act(handler)
    const error = await model({ key: 'sk-hush' }, 1_000)
      .embed(['what somebody asked', 'b'])
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(EmbedderError)
    expect(error).toMatchObject({ problem })
    expect((error as Error).message).not.toMatch(/hush|somebody/u)
  })

  it('makes zeros of what has no length', async () => {
    endpoint.act(response => json(response, 200, data([[0, 0]])))
    expect(await model().embed(['a'])).toEqual([Float32Array.of(0, 0)])
  })

  it('that is not there is a problem too, and a caller can stop waiting', async () => {
    const gone = model({ url: 'http://127.0.0.1:1/v1' }).embed(['a'])
    await expect(gone).rejects.toMatchObject({ problem: 'broken' })
    endpoint.act(() => {})
    const stopped = model().embed(['a'], AbortSignal.timeout(20))
    await expect(stopped).rejects.toMatchObject({ problem: 'late' })
  })
})
