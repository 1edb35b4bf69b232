import fc from 'fast-check'
import { type Bot, startBot } from '../fixtures/bot-in-sandbox.ts'
import type { Target } from './targets.ts'

/** An event of the gateway, as JSON. */
interface Packet {
  readonly t: string
  readonly d: unknown
}

/** One change of a payload: where, by a number for each level, and what is put there. */
interface Mutation {
  readonly path: readonly number[]
  readonly change: { readonly kind: 'drop' } | { readonly kind: 'put'; readonly json: string }
}

const odd = fc.oneof(
  fc.constantFrom(
    ...[
      'null',
      'true',
      '-1',
      '0',
      '3',
      '1e308',
      '""',
      '"__proto__"',
      '"../../x"',
      '[]',
      '{}',
      '[[]]',
      '[null]',
    ],
    ...[
      '{"__proto__":{"type":1}}',
      '{"constructor":{"prototype":{}}}',
      '"99999999999999999999999"',
      '"18446744073709551615"',
    ],
    JSON.stringify('a'.repeat(20_000)),
    JSON.stringify(Array.from({ length: 3_000 }, (_, i) => i)),
    JSON.stringify(Array.from({ length: 200 }, (_, i) => ({ type: i % 30, name: `o${i}`, options: [{}] }))),
    JSON.stringify(
      Array.from({ length: 40 }, () => ({ type: 1, components: [{ type: 2, custom_id: 'L1' }] })),
    ),
    '['.repeat(500) + ']'.repeat(500),
  ),
  fc.jsonValue({ maxDepth: 3 }).map(value => JSON.stringify(value)),
)
const mutation: fc.Arbitrary<Mutation> = fc.record({
  path: fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 6 }),
  change: fc.oneof(
    fc.constant({ kind: 'drop' as const }),
    odd.map(json => ({ kind: 'put' as const, json })),
  ),
})

/** Follows the path as far as there is something, each number taken round the keys, and changes what is there. */
function changed(payload: unknown, { path, change }: Mutation): unknown {
  const copy: unknown = structuredClone(payload)
  let at = copy as Record<string, unknown>
  for (const [level, number] of path.entries()) {
    const keys = Object.keys(at)
    const key = keys[number % Math.max(1, keys.length)]
    if (key === undefined) break
    const inner = at[key]
    if (
      level < path.length - 1 &&
      typeof inner === 'object' &&
      inner !== null &&
      Object.keys(inner).length > 0
    ) {
      at = inner as Record<string, unknown>
      continue
    }
    if (change.kind === 'drop') delete at[key]
    else at[key] = JSON.parse(change.json)
    break
  }
  return copy
}

/** What Discord sends the bot of every kind of thing that people do. */
async function record(bot: Bot): Promise<Packet[]> {
  const packets: Packet[] = []
  const listen = (packet: Packet) => packets.push(structuredClone(packet))
  bot.connection.client.on('raw', listen)
  await interact(bot)
  await live(bot)
  bot.connection.client.off('raw', listen)
  return packets
}

/** Every kind of interaction. */
async function interact(bot: Bot): Promise<void> {
  const ada = bot.sandbox.person('ada')
  const channel = [...bot.sandbox.world.channels.values()].find(({ name }) => name === 'papers')?.id ?? ''
  const card = await ada.slash('general', 'paper', { query: 'SVERL' })
  for (const [name, options] of [
    ['ask', { question: 'what is SVERL?' }],
    ['help', {}],
    ['save', { paper: 'SVERL', note: 'a note', tags: 'one, two' }],
    ['library', {}],
    ['queue propose', { paper: 'SVERL' }],
    ['queue list', {}],
    ['share', { paper: 'SVERL', channel }],
    ['follow list', {}],
    ['daily list', {}],
    ['privacy', {}],
  ] as const)
    await ada.slash('general', name, { ...options }).catch(() => {})
  await ada.suggest('general', 'paper', 'query', 'kv')
  const ids = [...JSON.stringify(card.message.components).matchAll(/"custom_id":"([^"]+)"/gu)].map(
    found => found[1] ?? '',
  )
  for (const id of ids) await ada.tap(card.message, id).catch(() => {})
  await ada.say('papers', `<@${bot.sandbox.applicationId}> what is SVERL?`)
  await ada.slash('general', 'help')
}

/** What happens in servers and channels otherwise. */
async function live({ sandbox }: Bot): Promise<void> {
  const ada = sandbox.person('ada')
  const said = ada.say('papers', 'a message')
  ada.edit(said, 'another one')
  ada.react(said, '👍')
  ada.unreact(said, '👍')
  ada.startThread('papers', 'a thread', { message: said.id })
  ada.remove(said)
  ada.say('dm', 'what is SVERL?')
  const { id } = sandbox.addChannel('Lab', { name: 'soon gone' })
  sandbox.addGuild('elsewhere', 'ada')
  sandbox.simulate({ kind: 'delete-channel', channel: id })
  sandbox.simulate({ kind: 'remove-bot', guild: 'elsewhere' })
  await ada.slash('general', 'help')
}

/** The event of discord.js's own manager by which every payload comes in from the socket. */
type Socket = { emit(event: 'dispatch', payload: { data: unknown; shardId: number }): boolean }

/** Of interactions, messages, servers, channels and threads. */
const leastKinds = 12

const interactionsKept = 1_000
/** After so many somebody asks, and is waited for: what came before them has been worked off then. */
const askedEvery = 20

/**
 * An interaction can be answered once: each try is a new one, so that what the bot says to it goes all the way to
 * Discord's checks. Old ones are forgotten.
 */
function renewing({ sandbox: { world } }: Bot): (payload: unknown) => unknown {
  const recorded = new Map(world.interactions)
  const recent: string[] = []
  return payload => {
    const original = recorded.get((payload as { id: string }).id)
    if (original === undefined) return payload
    const id = world.newId()
    const token = `${original.token}${id}`
    world.interactions.set(id, {
      ...original,
      ...{ id, token, createdAt: world.clock.now(), cancelDeadline: () => {} },
      ...{ state: 'waiting', original: undefined, followUps: [], answer: undefined },
    })
    recent.push(id)
    if (recent.length > interactionsKept) world.interactions.delete(recent.shift() ?? '')
    return { ...(payload as object), id, token }
  }
}

/** @throws Error with the smallest payload that ends the process or silences it, and the seed */
async function fuzz(runs: number, seed: number): Promise<void> {
  // The sandbox's deadline runs at a tenth of real time: how busy the machine is must not decide.
  const start = Date.now()
  const bot = await startBot({ now: () => start + (Date.now() - start) / 10 })
  try {
    const packets = await record(bot)
    const kinds = Object.groupBy(packets, ({ t, d }) => `${t} ${(d as { type?: unknown }).type ?? ''}`)
    const recorded = Object.values(kinds).map(same => same ?? [])
    if (recorded.length < leastKinds) throw new Error('Too few kinds of payloads were recorded')
    const socket = (bot.connection.client.ws as unknown as { _ws: Socket })._ws
    let sent = 0
    const answered = async () => {
      const reply = await bot.sandbox.person('grace').slash('general', 'help')
      return reply.embeds.length + reply.content.length > 0
    }
    const drawn = fc.tuple(
      fc.oneof(...recorded.map(same => fc.constantFrom(...same))),
      fc.array(mutation, { minLength: 1, maxLength: 4 }),
    )
    const renew = renewing(bot)
    await fc.assert(
      fc.asyncProperty(drawn, async ([{ t, d }, mutations]) => {
        const payload = mutations.reduce<unknown>(changed, t === 'INTERACTION_CREATE' ? renew(d) : d)
        socket.emit('dispatch', { data: { op: 0, s: 1, t, d: payload }, shardId: 0 })
        sent++
        return sent % askedEvery !== 0 || answered()
      }),
      { numRuns: runs, seed },
    )
    if (!(await answered())) throw new Error('The bot went silent')
  } finally {
    await bot.close()
  }
}

/**
 * Whole payloads as Discord would send them, changed in one to four places, through the real client's dispatch: none
 * throws, and what people ask in between is answered.
 */
export const payloads: Target = { name: 'payloads of the gateway', share: 0.1, fuzz }
