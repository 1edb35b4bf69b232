import { PermissionFlagsBits } from 'discord-api-types/v10'
import { describe, expect, it } from 'vitest'
import { commands } from '../../commands/index.ts'
import type { AnyCommand, CommandContext, ComponentInteraction } from '../../src/bot/command.ts'
import type { BotContext } from '../../src/bot/context.ts'
import { choiceOf } from '../../src/bot/options.ts'
import { paperRef } from '../../src/corpus/ids.ts'
import { ada, context, openBotContext, papersFrom } from '../fixtures/members.ts'
import { daily } from '../store/fixture.ts'

const papers = papersFrom([
  { title: 'Key value caches for transformers' },
  { title: 'Caches of keys for transformers' },
  { title: 'Mixture of experts at the edge' },
])
const [{ id } = { id: '' }] = papers
/** What takes milliseconds over a hundred thousand papers. */
const dear = ['search', 'related', 'ask', 'details'] as const

/** A context whose library notes what it was asked for outside of a turn. */
async function watched(isExpensive: boolean | undefined) {
  const bot = await openBotContext(papers)
  const outside: string[] = []
  let turns = isExpensive ? 1 : 0
  const watch = <T extends object>(part: T): T =>
    new Proxy(part, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name)
        if (typeof value !== 'function') return value
        return (...args: unknown[]) => {
          if (turns === 0 && dear.some(each => each === name)) outside.push(String(name))
          return Reflect.apply(value, target, args)
        }
      },
    })
  const { search, answerer } = bot.library
  const library = watch({ ...bot.library, search: watch(search), answerer: watch(answerer) })
  const from: CommandContext = context(ada, {
    locale: 'de',
    inTurn: async work => {
      turns++
      try {
        return await work()
      } finally {
        turns--
      }
    },
  })
  const channels: Partial<BotContext['channels']> = {
    get: async id => ({
      id,
      name: 'papers',
      guildId: from.guildId,
      kind: 'text',
      parentId: undefined,
      needsTag: false,
    }),
    permissions: async () => PermissionFlagsBits.Administrator,
  }
  return { bot: { ...bot, library, channels } as BotContext, from, outside }
}

const named = (name: string): AnyCommand => {
  const found = commands.find(({ spec }) => spec.name === name)
  if (found === undefined) throw new Error(`no command ${name}`)
  return found
}

describe('what searches', () => {
  it.each([
    ['paper', { query: 'caches for edges' }],
    ['paper', { query: choiceOf(id) }],
    ['ask', { question: 'what are caches?' }],
    ['related', { paper: 'caches of keys' }],
    ['cite', { paper: 'caches of keys' }],
    ['stats', {}],
    ['Find papers', { text: 'caches of keys' }],
    ['save', { paper: 'caches for edges' }],
    ['save', { paper: choiceOf(id) }],
    ['share', { paper: 'caches for edges', channel: '1' }],
    ['queue', { subcommand: 'propose', paper: 'caches of keys' }],
    ['queue', { subcommand: 'propose', paper: choiceOf(id) }],
    ['follow', { subcommand: 'add', topic: 'caches', timezone: 'Berlin', hour: 7 }],
    ['follow', { subcommand: 'add', topic: choiceOf(id), timezone: 'Berlin', hour: 7 }],
    ['library', { paper: 'caches' }],
    ['trending', {}],
  ])('by /%s %j runs in its turn', async (name, input) => {
    const command = named(name)
    const { bot, from, outside } = await watched(command.isExpensive)
    const reply = await command.run(command.input.parse(input), from, bot)
    expect(reply).toBeDefined()
    expect(outside).toEqual([])
  })

  it('by /daily preview is chosen in its turn', async () => {
    const { bot, from } = await watched(false)
    await bot.store.dailies.create(daily('d1', { guildId: from.guildId ?? '' }))
    const choosing: boolean[] = []
    let isTurn = false
    const inTurn: CommandContext['inTurn'] = async work => {
      isTurn = true
      return Promise.resolve(work()).finally(() => {
        isTurn = false
      })
    }
    const picks: BotContext['picks'] = {
      wake: () => {},
      async preview() {
        choosing.push(isTurn)
        return { slot: { date: '2026-11-29', at: 1, offset: 0 }, choice: { kind: 'none', reason: 'empty' } }
      },
    }
    const command = named('daily')
    await command.run(command.input.parse({ subcommand: 'preview' }), { ...from, inTurn }, { ...bot, picks })
    expect(choosing).toEqual([true])
  })

  const actions = commands.flatMap(({ spec, actions = {} }) =>
    Object.entries(actions).map(([name, action]) => [`${spec.name}:${name}`, action] as const),
  )
  it.each(actions)('by the component %s runs in its turn', async (_name, action) => {
    const { bot, from, outside } = await watched(action.isExpensive)
    const interaction = {
      ...from,
      args: [paperRef(id), '1', 'x', '0'],
      values: [],
      fields: { topic: 'caches', zone: 'Berlin', hour: '7' },
      message: {
        ...{ id: '1', channelId: '2', isEphemeral: false, content: '' },
        embeds: [{ title: 'what are caches?', description: 'Caches.' }],
        components: [],
      },
    } as ComponentInteraction
    // Some need a server, or what is not there: in words or not, they search nothing outside of their turn.
    await Promise.resolve(action.run(interaction, bot)).catch(() => undefined)
    expect(outside).toEqual([])
  })
})
