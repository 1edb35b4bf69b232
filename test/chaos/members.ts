import { setTimeout as wait } from 'node:timers/promises'
import type { Reply, Sandbox } from 'discord-sandbox'
import { decodeId } from '../../src/view/ids.ts'
import { draw, type Random } from '../fixtures/random.ts'
import type { Fleet } from './fleet.ts'
import { customIdsOf } from './picks.ts'
import type { Windows } from './windows.ts'

/** Stands in everything that members type: the log must never show it. */
export const typedMark = 'zqxjkv'

/** What became of members' requests, and what the database has to hold because of them. */
export interface Ledger {
  readonly counts: Record<string, number>
  /** Requests that were lost though nothing excuses it, in words. */
  readonly wrong: string[]
  /** Milliseconds to each acknowledgement. */
  readonly latencies: number[]
  /** By user id: saves that were confirmed, and tried without a word back. */
  readonly saves: Map<string, { sure: number; perhaps: number }>
  /** By post id: votes that were acknowledged in calm times, and others. */
  readonly votes: Map<string, { guildId: string; sure: number; perhaps: number }>
}

export interface Members {
  readonly ledger: Ledger
  /** Asks until the signal aborts, then waits for the answers. */
  run(stopped: AbortSignal): Promise<void>
}

interface Parts {
  readonly sandbox: Sandbox
  readonly windows: Windows
  readonly random: Random
  readonly fleet: Fleet
  /** Interactions a second at the busiest. */
  readonly rate: number
}

const people = Array.from({ length: 40 }, (_, i) => `member${i}`)
const step = 50
const queries = ['kv cache', 'reward model', 'graph attention', 'value alignment', 'SVERL', 'speech', 'proof']

export function openMembers(parts: Parts): Members {
  const { sandbox, random, windows } = parts
  for (const name of people) sandbox.addPerson(name, ['Lab'])
  const ledger: Ledger = { counts: {}, wrong: [], latencies: [], saves: new Map(), votes: new Map() }
  const count = (what: string) => {
    ledger.counts[what] = (ledger.counts[what] ?? 0) + 1
  }
  watchLatency(sandbox, ledger)
  const acts = actionsOf(parts, ledger)

  /** One request, and whether it had to be answered. */
  async function attempt(): Promise<void> {
    const chance = random()
    const act = acts.find(one => chance < one.upTo)
    if (act === undefined) return
    const from = Date.now()
    const problem = await act.run(draw(random, people)).then(
      reply => {
        const teller = tellerOf(reply)
        count(teller)
        return teller === 'incident' ? `an incident: ${reply?.content}` : undefined
      },
      error => String(error instanceof Error ? error.message : error),
    )
    if (problem === undefined) return
    // The client itself shows that the bot is offline.
    if (problem.includes('is not connected')) return count('bot offline')
    const excuse = windows.over(from, Date.now())
    if (excuse !== undefined) return count(`lost: ${excuse}`)
    ledger.wrong.push(
      `${act.name} at ${new Date(from).toISOString()} for ${Date.now() - from} ms: ${problem}`,
    )
  }

  return {
    ledger,
    async run(stopped) {
      const open = new Set<Promise<void>>()
      let owed = 0
      let rate = parts.rate / 4
      for (let ticks = 0; !stopped.aborted; ticks++) {
        if (ticks % 100 === 0) rate = parts.rate * draw(random, [0.05, 0.2, 0.5, 1])
        for (owed += (rate * step) / 1_000; owed >= 1; owed--) {
          const done = attempt().finally(() => open.delete(done))
          open.add(done)
          count('sent')
        }
        await wait(step)
      }
      await Promise.all(open)
    },
  }
}

/** How the bot answered: with an answer, with a refusal in words, or with a failure of its own. */
function tellerOf(reply: Reply | undefined): string {
  if (reply === undefined) return 'answered'
  const text = reply.state === 'modal' ? '' : reply.content
  if (text.includes('Incident `')) return 'incident'
  return /waiting already|people are asking|try again/iu.test(text) ? 'refused in words' : 'answered'
}

function watchLatency({ world }: Sandbox, { latencies }: Ledger): void {
  const seen = new WeakSet<object>()
  world.bus.on(event => {
    if (event.type !== 'interaction-changed' || seen.has(event.interaction)) return
    seen.add(event.interaction)
    if (event.interaction.state !== 'failed') latencies.push(world.clock.now() - event.interaction.createdAt)
  })
}

interface Act {
  readonly name: string
  /** Of the requests below this share. */
  readonly upTo: number
  run(person: string): Promise<Reply | undefined>
}

function actionsOf({ sandbox, random, windows, fleet }: Parts, ledger: Ledger): Act[] {
  const slash = (person: string, command: string, options = {}) =>
    sandbox.person(person).slash('general', command, options)
  const typed = () => `${draw(random, queries)} ${typedMark}`
  const saved = new Map<string, number>()
  return [
    { name: 'help', upTo: 0.2, run: person => slash(person, 'help') },
    { name: 'paper', upTo: 0.4, run: person => slash(person, 'paper', { query: typed() }) },
    { name: 'ask', upTo: 0.5, run: person => slash(person, 'ask', { question: `what is ${typed()}?` }) },
    {
      name: 'autocomplete',
      upTo: 0.65,
      async run(person) {
        const choices = await sandbox.person(person).suggest('general', 'paper', 'query', typed())
        if (choices === undefined) throw new Error('autocomplete stayed silent')
        return undefined
      },
    },
    {
      name: 'save',
      upTo: 0.85,
      run: person => save(sandbox, ledger, person, saved),
    },
    {
      name: 'vote',
      upTo: 1,
      // Of two processes that are both there each hears of a press; here they hand over to each other.
      run: person => vote({ sandbox, random, windows, fleet }, ledger, person),
    },
  ]
}

/** Each paper once: the list must hold exactly what was confirmed. */
async function save(sandbox: Sandbox, { saves }: Ledger, name: string, saved: Map<string, number>) {
  const person = sandbox.person(name)
  const id = person.person.user.id
  const entry = saves.get(id) ?? { sure: 0, perhaps: 0 }
  saves.set(id, entry)
  const index = saved.get(name) ?? 0
  saved.set(name, index + 1)
  entry.perhaps++
  const reply = await person.slash('general', 'save', {
    paper: await nthPaper(sandbox, index),
    note: typedMark,
  })
  if (!/Saved to your list/u.test(JSON.stringify([reply.content, reply.embeds]))) return reply
  entry.perhaps--
  entry.sure++
  return reply
}

const papers: string[] = []
const prefixes = [
  'learning',
  'model',
  'attention',
  'language',
  'reward',
  'graph',
  'neural',
  'training',
  'data',
  'inference',
]

/** Values that autocomplete gives for papers, each once. */
async function nthPaper(sandbox: Sandbox, index: number): Promise<string> {
  for (let tries = 0; papers.length <= index && tries < prefixes.length; tries++) {
    const found = await sandbox.person('ada').suggest('general', 'save', 'paper', prefixes[tries] ?? '')
    for (const { value } of found ?? []) if (!papers.includes(String(value))) papers.push(String(value))
  }
  return papers[index % papers.length] ?? 'kv cache'
}

type VoteParts = Omit<Parts, 'rate'>

/** Each member presses once on each pick. */
async function vote({ sandbox, random, windows, fleet }: VoteParts, ledger: Ledger, name: string) {
  const person = sandbox.person(name)
  const channels = [...sandbox.world.channels.values()].filter(channel => channel.name.startsWith('picks-'))
  const channel = channels.length === 0 ? undefined : draw(random, channels)
  const message = channel && [...channel.messages.values()].at(-1)
  const customId = customIdsOf(message?.data ?? {}).find(id => /:share:vote:.*,u$/u.test(id))
  const id = customId === undefined ? 'older' : decodeId(customId)
  if (channel?.guildId === undefined || message === undefined || customId === undefined || id === 'older')
    return person.slash('general', 'about')
  const key = `${name} ${message.id}`
  if (pressed.has(key)) return person.slash('general', 'about')
  pressed.add(key)
  const postId = id.args[0] ?? ''
  const entry = ledger.votes.get(postId) ?? { guildId: channel.guildId, sure: 0, perhaps: 0 }
  ledger.votes.set(postId, entry)
  entry.perhaps++
  const from = Date.now()
  admit(sandbox, channel.guildId, name)
  await person.tap({ id: message.id, channel_id: channel.id }, customId)
  // Acknowledged before it is stored: what dies or loses its database in these seconds shows no new count.
  await wait(3_000)
  if (fleet.isDoubled || windows.over(from, Date.now(), 'writes') !== undefined) return undefined
  entry.perhaps--
  entry.sure++
  return undefined
}

/** Presses that were made already: a second one would take the vote back. */
const pressed = new Set<string>()

function admit({ world, person }: Sandbox, guildId: string, name: string) {
  const { user } = person(name).person
  const members = world.guilds.get(guildId)?.members
  if (members?.has(user.id) === false)
    members.set(user.id, { user, nick: null, roles: new Set(), joinedAt: world.clock.now() })
}
