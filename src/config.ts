import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { type SearchAddress, SearchVariables, searchAddressOf } from './search-address.ts'
import { type Shard, shardOf } from './shard.ts'
import { snowflake } from './snowflake.ts'
import { type SourceAddresses, SourceVariables, sourceAddressesOf } from './source-addresses.ts'

const project = fileURLToPath(new URL('..', import.meta.url))

const discordId = z.string().regex(snowflake, 'is not a Discord id (17 to 20 digits)')
const address = z.url({ protocol: /^https?$/, error: 'is not an http or https address' })
const list = z
  .string()
  .transform(text => text.split(',').map(part => part.trim()))
  .transform(parts => parts.filter(part => part !== ''))

/** An endpoint of a model. Its key has a variable of its own, which the log knows as a secret. */
const endpointWith = (keyVariable: string) =>
  address
    .refine(text => URL.parse(text)?.username === '' && URL.parse(text)?.password === '', {
      error: `holds a name or password: put the key into ${keyVariable}`,
      abort: true,
    })
    .refine(text => !/[?#]/u.test(text), 'has a ? or # in it')
const key = z.string().regex(/^[\x21-\x7e]{1,1000}$/, 'has characters that no key has')

const portNumber = z.coerce
  .number({ error: 'is not a number' })
  .int('is not a whole number')
  .min(0, 'is below 0')
  .max(65535, 'is above 65535')

const Variables = z.object({
  DISCORD_TOKEN: z.string().min(50, 'is too short to be a bot token').optional(),
  DISCORD_GUILD_ID: discordId.optional(),
  DISCORD_API_URL: address.default('https://discord.com/api'),
  CORPUS: list.default([`${project}corpus`]),
  DATA_DIR: z.string().default(`${project}data`),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'is not a postgres:// address' }).optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: portNumber.default(3000),
  HTTP_PORT: portNumber.optional(),
  PUBLIC_URL: address
    .refine(text => !/[?#]/u.test(text), 'has a ? or # in it')
    .transform(text => text.replace(/\/+$/, ''))
    .optional(),
  SHARDS: z
    .union([z.literal('auto'), z.coerce.number().int().min(1).max(1_000)], {
      error: 'is neither auto nor a number from 1 to 1000',
    })
    .default('auto'),
  SERVER_PAPERS: z.coerce
    .number({ error: 'is not a number' })
    .int('is not a whole number')
    .min(0, 'is below 0')
    .max(100_000, 'is above 100000')
    .default(5_000),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'is none of fatal, error, warn, info, debug, trace, silent',
    })
    .default('info'),
  ANSWER_MODEL_URL: endpointWith('ANSWER_MODEL_KEY').optional(),
  ANSWER_MODEL_KEY: key.optional(),
  ANSWER_MODEL: z.string().max(200, 'is too long').optional(),
  ANSWER_MODEL_BUDGET: z.coerce
    .number({ error: 'is not a number' })
    .int('is not a whole number')
    .min(0, 'is below 0')
    .max(1_000_000, 'is above 1000000')
    .default(200),
  EMBEDDINGS: z
    .enum(['table', 'minilm', 'endpoint'], {
      error: 'is none of table, minilm, endpoint',
    })
    .optional(),
  EMBEDDINGS_FOLDER: z.string().max(4096, 'is too long').optional(),
  EMBEDDINGS_URL: endpointWith('EMBEDDINGS_KEY').optional(),
  EMBEDDINGS_KEY: key.optional(),
  EMBEDDINGS_MODEL: z.string().max(200, 'is too long').optional(),
  ...SearchVariables,
  ...SourceVariables,
})

const Environment = Variables.refine(
  env => (env.ANSWER_MODEL_URL === undefined) === (env.ANSWER_MODEL === undefined),
  {
    path: ['ANSWER_MODEL'],
    error: 'and ANSWER_MODEL_URL are needed together',
  },
)
  .refine(env => (env.EMBEDDINGS_URL === undefined) === (env.EMBEDDINGS_MODEL === undefined), {
    path: ['EMBEDDINGS_MODEL'],
    error: 'and EMBEDDINGS_URL are needed together',
  })
  .refine(env => env.EMBEDDINGS !== 'minilm' || env.EMBEDDINGS_FOLDER !== undefined, {
    path: ['EMBEDDINGS_FOLDER'],
    error: 'is needed with EMBEDDINGS=minilm: the folder with model.onnx and vocab.txt',
  })
  .refine(
    env => {
      const isTable = env.EMBEDDINGS === 'table' || (env.EMBEDDINGS ?? env.EMBEDDINGS_URL) === undefined
      return env.SEARCH_URL === undefined || isTable
    },
    {
      path: ['SEARCH_URL'],
      error: 'goes with the built-in table alone: leave EMBEDDINGS and EMBEDDINGS_URL out',
    },
  )
  .refine(env => env.EMBEDDINGS !== 'endpoint' || env.EMBEDDINGS_URL !== undefined, {
    path: ['EMBEDDINGS_URL'],
    error: 'is needed with EMBEDDINGS=endpoint',
  })

export interface AnswerModel {
  /** Base address of an OpenAI-compatible endpoint. */
  readonly url: string
  readonly key: string | undefined
  readonly model: string
  /** Requests a server and day. */
  readonly budget: number
}

/** A model whose vectors are used beside the built-in table's. */
export type EmbeddingModelConfig =
  | { readonly kind: 'minilm'; readonly folder: string }
  | {
      readonly kind: 'endpoint'
      readonly url: string
      readonly key: string | undefined
      readonly model: string
    }

export interface Config {
  readonly token: string | undefined
  /** Where commands are registered: this server at once, or everywhere when undefined. */
  readonly guildId: string | undefined
  /** Base address of Discord's REST API, without a version. */
  readonly apiUrl: string
  /** Files and folders that hold the papers. */
  readonly corpus: readonly string[]
  readonly dataDir: string
  /** A Postgres address; undefined: SQLite in `dataDir`. */
  readonly databaseUrl: string | undefined
  readonly host: string
  readonly port: number
  /** Where `/health`, `/metrics` and, with `serve`, interactions are served; undefined: nowhere. */
  readonly httpPort: number | undefined
  /** Connections to the gateway, a process each; `auto`: as many as Discord recommends. */
  readonly shards: number | 'auto'
  /** Which of them this process is; undefined: it is no child of a process that runs shards. */
  readonly shard: Shard | undefined
  /** Where others reach `httpPort`, for the addresses of feeds; undefined: there are none. */
  readonly publicUrl: string | undefined
  /** Papers that each server can have of its own. */
  readonly maxServerPapers: number
  readonly logLevel: z.infer<typeof Environment>['LOG_LEVEL']
  /** Undefined: answers are quoted, never generated. */
  readonly answerModel: AnswerModel | undefined
  /** Undefined: search by meaning uses the built-in table alone. */
  readonly embeddingModel: EmbeddingModelConfig | undefined
  /** The search engine that has the papers; undefined: they are in memory. */
  readonly search: SearchAddress | undefined
  readonly sources: SourceAddresses
}

/** Every problem of the configuration at once. Names variables, never their values: they may be secrets. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/**
 * @param env variables by name; a blank one counts as not set, so a copied `.env.example` works as it is
 * @throws ConfigError that lists every problem, one a line
 */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const shard = shardOf(env)
  const given = shard === undefined ? env : { ...env, SHARDS: undefined }
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value?.trim()))
  const parsed = Environment.safeParse(set)
  if (!parsed.success) {
    const lines = parsed.error.issues.map(issue => `  ${issue.path.join('.')} ${issue.message}`)
    throw new ConfigError(`The configuration cannot be used:\n${lines.join('\n')}`)
  }
  const { data } = parsed
  return Object.freeze({
    token: data.DISCORD_TOKEN?.trim(),
    guildId: data.DISCORD_GUILD_ID,
    apiUrl: data.DISCORD_API_URL.replace(/\/+$/, ''),
    corpus: Object.freeze(data.CORPUS),
    dataDir: data.DATA_DIR,
    databaseUrl: data.DATABASE_URL,
    host: data.HOST,
    port: data.PORT,
    httpPort: data.HTTP_PORT,
    publicUrl: data.PUBLIC_URL,
    shards: data.SHARDS,
    shard,
    maxServerPapers: data.SERVER_PAPERS,
    logLevel: data.LOG_LEVEL,
    answerModel: answerModelOf(data),
    embeddingModel: embeddingModelOf(data),
    search: searchAddressOf(data),
    sources: sourceAddressesOf(data),
  })
}

function answerModelOf(data: z.infer<typeof Environment>): AnswerModel | undefined {
  const { ANSWER_MODEL_URL: url, ANSWER_MODEL: model, ANSWER_MODEL_KEY, ANSWER_MODEL_BUDGET: budget } = data
  if (url === undefined || model === undefined) return undefined
  return Object.freeze({ url, model: model.trim(), key: ANSWER_MODEL_KEY, budget })
}

/** An endpoint's address alone asks for it; EMBEDDINGS decides where there is a folder as well. */
function embeddingModelOf(data: z.infer<typeof Environment>): EmbeddingModelConfig | undefined {
  const {
    EMBEDDINGS_FOLDER: folder,
    EMBEDDINGS_URL: url,
    EMBEDDINGS_MODEL: model,
    EMBEDDINGS_KEY: key,
  } = data
  const kind = data.EMBEDDINGS ?? (url === undefined ? 'table' : 'endpoint')
  if (kind === 'minilm' && folder !== undefined) return Object.freeze({ kind, folder })
  if (kind === 'endpoint' && url !== undefined && model !== undefined)
    return Object.freeze({ kind, url, key, model: model.trim() })
  return undefined
}
