import { readFileSync } from 'node:fs'
import dotenv from 'dotenv'
import { describe, expect, it } from 'vitest'
import { ConfigError, parseConfig } from '../src/config.ts'

const token = 'x'.repeat(60)

describe('parseConfig', () => {
  it('needs nothing: without a token everything has a default', () => {
    const config = parseConfig({})
    expect(config).toMatchObject({ token: undefined, host: '127.0.0.1', port: 3000, logLevel: 'info' })
    expect(config.apiUrl).toBe('https://discord.com/api')
    expect(config.corpus).toHaveLength(1)
    expect(Object.isFrozen(config)).toBe(true)
  })

  it('takes an untouched .env.example as no configuration at all', () => {
    const example = dotenv.parse(readFileSync(new URL('../.env.example', import.meta.url)))
    expect(parseConfig(example)).toEqual(parseConfig({}))
  })

  it('names every variable it knows in .env.example', () => {
    const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')
    const source = readFileSync(new URL('../src/config.ts', import.meta.url), 'utf8')
    const known = [...source.matchAll(/^ {2}([A-Z_]+):/gmu)].map(match => match[1])
    expect(known.length).toBeGreaterThan(7)
    for (const name of known) expect(example).toContain(`\n${name}=`)
  })

  it('splits a list of corpora and drops blanks', () => {
    expect(parseConfig({ CORPUS: 'a.jsonl, papers/ ,' }).corpus).toEqual(['a.jsonl', 'papers/'])
  })

  it('drops the slash at the end of an address', () => {
    expect(parseConfig({ DISCORD_API_URL: 'http://127.0.0.1:3000/api/' }).apiUrl).toBe(
      'http://127.0.0.1:3000/api',
    )
  })

  it('lists every problem at once and shows no value', () => {
    const bad = {
      DISCORD_TOKEN: 'short-secret',
      DISCORD_GUILD_ID: 'lab',
      PORT: '70000',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'mysql://me:hush@db',
    }
    let message = ''
    try {
      parseConfig(bad)
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError)
      message = (error as Error).message
    }
    for (const name of Object.keys(bad)) expect(message).toContain(name)
    for (const value of Object.values(bad)) expect(message).not.toContain(value)
  })

  it('takes SHARDS as a setting, and from discord.js as which shard this is', () => {
    expect(parseConfig({})).toMatchObject({ shards: 'auto', shard: undefined })
    expect(parseConfig({ SHARDS: '4' })).toMatchObject({ shards: 4, shard: undefined })
    const child = { SHARDING_MANAGER: 'true', SHARDS: '0', SHARD_COUNT: '2' }
    expect(parseConfig(child)).toMatchObject({ shard: { id: 0, count: 2 } })
    for (const SHARDS of ['0', 'two', '1.5', '1001']) expect(() => parseConfig({ SHARDS })).toThrow('SHARDS')
  })

  it('takes a token as it is', () => {
    expect(parseConfig({ DISCORD_TOKEN: ` ${token} ` }).token).toBe(token)
  })
})

describe('the answer model', () => {
  const given = { ANSWER_MODEL_URL: 'http://127.0.0.1:8080/v1', ANSWER_MODEL: 'small' }
  const problemsOf = (env: Record<string, string>): string => {
    try {
      parseConfig(env)
    } catch (error) {
      return (error as Error).message
    }
    return ''
  }

  it('is off until an endpoint and a model are named', () => {
    expect(parseConfig({}).answerModel).toBeUndefined()
    expect(parseConfig(given).answerModel).toEqual({
      url: given.ANSWER_MODEL_URL,
      model: 'small',
      key: undefined,
      budget: 200,
    })
  })

  it.each([
    [
      'half of it',
      { ANSWER_MODEL_URL: given.ANSWER_MODEL_URL },
      'ANSWER_MODEL and ANSWER_MODEL_URL are needed together',
    ],
    ['the other half', { ANSWER_MODEL: 'small' }, 'ANSWER_MODEL and ANSWER_MODEL_URL are needed together'],
    [
      'a key in the address',
      { ...given, ANSWER_MODEL_URL: 'https://me:hush@host/v1' },
      'ANSWER_MODEL_URL holds a name or password',
    ],
    [
      'a key in the query',
      { ...given, ANSWER_MODEL_URL: 'https://host/v1?key=hush' },
      'ANSWER_MODEL_URL has a ? or #',
    ],
    ['another scheme', { ...given, ANSWER_MODEL_URL: 'ftp://hush' }, 'ANSWER_MODEL_URL is not an http'],
    ['a key of two lines', { ...given, ANSWER_MODEL_KEY: 'hush\nhush' }, 'ANSWER_MODEL_KEY has characters'],
    ['a budget in words', { ...given, ANSWER_MODEL_BUDGET: 'hush' }, 'ANSWER_MODEL_BUDGET is not a number'],
  ])('is refused in one line with %s, which is not shown', (_, env, problem) => {
    const lines = problemsOf(env).split('\n').slice(1)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain(problem)
    expect(lines[0]).not.toContain('hush')
  })
})

describe('the embedding model', () => {
  const remote = { EMBEDDINGS_URL: 'http://127.0.0.1:8080/v1', EMBEDDINGS_MODEL: 'small' }
  const of = (env: Record<string, string>) => parseConfig(env).embeddingModel

  it('is off until a folder or an endpoint is asked for', () => {
    expect(of({})).toBeUndefined()
    expect(of({ EMBEDDINGS: 'table', ...remote })).toBeUndefined()
    expect(of({ EMBEDDINGS_FOLDER: 'data/minilm' })).toBeUndefined()
    expect(of({ EMBEDDINGS: 'minilm', EMBEDDINGS_FOLDER: 'data/minilm', ...remote })).toEqual({
      kind: 'minilm',
      folder: 'data/minilm',
    })
    expect(of(remote)).toEqual({
      kind: 'endpoint',
      url: remote.EMBEDDINGS_URL,
      model: 'small',
      key: undefined,
    })
  })

  it.each([
    ['another word', { EMBEDDINGS: 'hush' }, 'EMBEDDINGS is none of table, minilm, endpoint'],
    ['no folder', { EMBEDDINGS: 'minilm' }, 'EMBEDDINGS_FOLDER is needed with EMBEDDINGS=minilm'],
    ['no endpoint', { EMBEDDINGS: 'endpoint' }, 'EMBEDDINGS_URL is needed with EMBEDDINGS=endpoint'],
    [
      'half an endpoint',
      { EMBEDDINGS_MODEL: 'small' },
      'EMBEDDINGS_MODEL and EMBEDDINGS_URL are needed together',
    ],
    [
      'a key in the address',
      { ...remote, EMBEDDINGS_URL: 'https://me:hush@host/v1' },
      'EMBEDDINGS_URL holds a name or password: put the key into EMBEDDINGS_KEY',
    ],
  ])('is refused in one line with %s, which is not shown', (_, env, problem) => {
    const lines = (() => {
      try {
        parseConfig(env)
      } catch (error) {
        return (error as Error).message.split('\n').slice(1)
      }
      return []
    })()
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain(problem)
    expect(lines[0]).not.toContain('hush')
  })
})
