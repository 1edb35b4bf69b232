import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Bot, startBot } from '../fixtures/bot-in-sandbox.ts'
import type { ChatEndpoint, Handler } from '../fixtures/chat-endpoint.ts'
import { inputOf, startEmbeddingsEndpoint, tableHandler } from '../fixtures/embeddings-endpoint.ts'

const folder = mkdtempSync(join(tmpdir(), 'lectern-embeddings-'))
const key = 'sk-a-key-that-nobody-may-see'
const papers = [
  [
    'CacheNet: Halving the Memory of Caches',
    'Caches of attention grow with every token. We halve their memory.',
  ],
  ['Weather of Mars', 'Dust storms on the red planet are forecast by a neural model.'],
  ['Folding Proteins', 'Structures of proteins are predicted from their sequences.'],
].map(([title, abstract], i) => ({ id: `p${i}`, title, abstract }))
let endpoint: ChatEndpoint
let bot: Bot
let table: Handler

/** Knows a word that neither the papers nor the table know. */
const knowing: Handler = (response, heard) =>
  table(response, {
    ...heard,
    body: {
      ...heard.body,
      input: inputOf(heard).map(text => text.replaceAll(/zorblewack/giu, 'dust storms weather mars')),
    },
  })

beforeAll(async () => {
  const corpus = join(folder, 'papers.jsonl')
  writeFileSync(corpus, papers.map(one => JSON.stringify(one)).join('\n'))
  table = await tableHandler()
  endpoint = await startEmbeddingsEndpoint()
  endpoint.act(knowing)
  bot = await startBot({
    env: {
      CORPUS: corpus,
      EMBEDDINGS_URL: endpoint.url,
      EMBEDDINGS_KEY: key,
      EMBEDDINGS_MODEL: 'small-model',
    },
  })
  await vi.waitFor(
    () => expect(bot.log.some(({ msg }) => msg.includes('uses the embedding model'))).toBe(true),
    30_000,
  )
})
afterAll(async () => {
  await bot.close()
  await endpoint.close()
  rmSync(folder, { recursive: true, force: true })
})

const ada = () => bot.sandbox.person('ada')
const found = async (query: string) =>
  JSON.stringify((await ada().slash('general', 'paper', { query })).embeds)

describe('an embedding model behind an endpoint', () => {
  it('finds what only it knows', async () => {
    expect(await found('zorblewack')).toContain('Weather of Mars')
    expect(endpoint.heard.at(-1)?.authorization).toBe(`Bearer ${key}`)
  })

  it('is told of in /about, and no log holds the key or what was searched for', async () => {
    const about = JSON.stringify((await ada().slash('general', 'about', {})).embeds)
    expect(about).toContain('small-model')
    expect(about).toContain('What it sends')
    expect(JSON.stringify(bot.log)).not.toMatch(/zorblewack|sk-a-key/u)
  })

  it('is not missed when it fails: names are found by their words', async () => {
    endpoint.act(response => response.writeHead(500).end())
    expect(await found('folding proteins')).toContain('Folding Proteins')
    endpoint.act(knowing)
  })

  it('is not asked for the papers again after a restart', async () => {
    const before = endpoint.heard.length
    const lines = () => bot.log.filter(({ msg }) => msg.includes('uses the embedding model')).length
    const known = lines()
    await bot.restart()
    await expect.poll(lines).toBe(known + 1)
    const texts = endpoint.heard.slice(before).flatMap(inputOf)
    expect(texts.filter(text => text.includes('CacheNet'))).toEqual([])
    expect(await found('zorblewack')).toContain('Weather of Mars')
  })
})
