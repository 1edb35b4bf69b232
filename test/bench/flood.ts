import { createReadStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { createGunzip } from 'node:zlib'
import type { Sandbox } from 'discord-sandbox'
import { startBot, stop } from './bot.ts'
import { largeCollection } from './search.ts'
import { quantile, table } from './table.ts'

type Actor = ReturnType<Sandbox['person']>
type MessageView = ReturnType<Actor['message']>
type Interaction = Parameters<Sandbox['world']['interactions']['set']>[1]

const atOnce = 500
/** UTF-16 units of a text, of sentences from abstracts: as rich in words as a text can be. */
const textLength = 4_000
const helpEvery = 250
/** How long the last answer is waited for, ms. */
const patience = 60_000
/** Discord's code for an answer that comes too late. */
const unknownInteraction = 10_062

/** What a flood is made of. */
interface Kind {
  readonly name: string
  /** Whose requests they are: as many members, in turn. */
  readonly members: number
  act(member: Actor, text: string, message: MessageView, index: number): Promise<unknown>
}

const slash =
  (command: string, option: string, length: number, more: Readonly<Record<string, string>> = {}) =>
  (member: Actor, text: string) =>
    member.slash('general', command, { [option]: text.slice(0, length), ...more })

const forged =
  (id: (index: number) => string): Kind['act'] =>
  (member, _text, message, index) =>
    member.sendRaw(message, id(index))

const kinds: readonly Kind[] = [
  { name: '/ask', members: atOnce, act: slash('ask', 'question', textLength) },
  { name: '/ask', members: 25, act: slash('ask', 'question', textLength) },
  { name: '/save', members: atOnce, act: slash('save', 'paper', textLength) },
  { name: '/queue propose', members: atOnce, act: slash('queue propose', 'paper', textLength) },
  {
    name: '/follow add',
    members: atOnce,
    act: slash('follow add', 'topic', 100, { timezone: 'UTC' }),
  },
  { name: 'a page of an answer', members: atOnce, act: forged(index => `L1:ask:page::${index % 9}`) },
  {
    name: 'autocomplete',
    members: atOnce,
    act: (member, text) => member.suggest('general', 'paper', 'query', text.slice(0, 300)),
  },
]

interface Round {
  readonly latencies: number[]
  readonly helpLatencies: number[]
  readonly answered: number
  readonly refused: number
  /** Not acknowledged within Discord's three seconds, or never answered. */
  readonly silent: number
  readonly seconds: number
}

/**
 * 500 requests with texts of 4,000 characters at once over 108,906 papers, kind by kind, and `/help` meanwhile. Said aloud
 * when the data is not there.
 */
export async function benchFlood(): Promise<string> {
  if (!existsSync(largeCollection)) {
    console.error(`SKIPPED: no large collection at ${largeCollection}: the flood was not measured.`)
    return 'The flood was not measured.'
  }
  const texts = await richTexts()
  const running = await startBot('lectern', { BENCH_CORPUS: largeCollection })
  const ada = running.sandbox.person('ada')
  const { message } = await ada.slash('general', 'ask', { question: 'papers on search engines' })
  const rows: string[][] = []
  for (const kind of kinds) {
    const round = await flood(running.sandbox, kind, texts, message)
    await calm(running.sandbox)
    if (round.silent > 0) process.exitCode = 1
    rows.push([kind.name, String(kind.members), ...rowOf(round)])
  }
  const refused = running.sandbox.refused.filter(({ code }) => code !== unknownInteraction).length
  await stop(running)
  return [
    `Flood: ${atOnce} requests with ${textLength} characters at once over 108,906 papers; refused writes: ${refused}`,
    table(
      [
        'requests',
        'members',
        'ms to acknowledgement p50 / p99 / longest',
        'answered',
        'refused in words',
        'silent',
        's to the last',
        '/help p50 / longest ms',
      ],
      rows,
    ),
  ].join('\n')
}

const rowOf = ({ latencies, helpLatencies, answered, refused, silent, seconds }: Round): string[] => [
  [0.5, 0.99, 1].map(share => quantile(latencies, share).toFixed()).join(' / '),
  ...[answered, refused, silent].map(String),
  seconds.toFixed(1),
  [0.5, 1].map(share => quantile(helpLatencies, share).toFixed()).join(' / '),
]

async function flood(
  sandbox: Sandbox,
  kind: Kind,
  texts: readonly string[],
  message: MessageView,
): Promise<Round> {
  const names = Array.from({ length: kind.members }, (_, i) => `${kind.name} ${kind.members} ${i}`)
  for (const name of names) sandbox.addPerson(name, ['Lab'])
  const ada = sandbox.person('ada')
  const { world } = sandbox
  const latencies = new Map<Interaction, number>()
  const unwatch = world.bus.on(event => {
    if (event.type !== 'interaction-changed' || latencies.has(event.interaction)) return
    latencies.set(event.interaction, world.clock.now() - event.interaction.createdAt)
  })
  const begun = (begin: () => Promise<unknown>): Interaction[] => {
    const before = world.interactions.size
    // Answers may come later than a test waits for them: what became of each is looked up at the end.
    begin().catch(() => {})
    return [...world.interactions.values()].slice(before)
  }
  const start = performance.now()
  const asked = texts.flatMap((text, i) =>
    begun(() => kind.act(sandbox.person(names[i % names.length] ?? ''), text, message, i)),
  )
  const helped: Interaction[] = []
  while (asked.some(isOpen) && performance.now() - start < patience) {
    helped.push(...begun(() => ada.slash('general', 'help')))
    await sleep(helpEvery)
  }
  const seconds = (performance.now() - start) / 1_000
  await sleep(helpEvery)
  unwatch()
  const of = (list: readonly Interaction[]) => list.map(each => latencies.get(each) ?? patience)
  const answers = asked.filter(each => !isOpen(each) && each.state !== 'failed')
  const refused = answers.filter(({ original }) =>
    /waiting already|Too many/u.test(original?.data.content ?? ''),
  )
  return {
    latencies: of(asked),
    helpLatencies: of(helped),
    answered: answers.length - refused.length,
    refused: refused.length,
    silent: [...asked, ...helped].filter(each => isOpen(each) || each.state === 'failed').length,
    seconds,
  }
}

/** Waits until what was begun in vain is worked off. */
async function calm(sandbox: Sandbox): Promise<void> {
  const start = performance.now()
  while (performance.now() - start < patience) {
    const asked = performance.now()
    await sandbox
      .person('ada')
      .slash('general', 'help')
      .catch(() => {})
    if (performance.now() - asked < helpEvery) return
  }
}

const isOpen = ({ state }: Interaction): boolean => state === 'waiting' || state === 'deferred'

/** Sentences of abstracts, different ones for each. */
async function richTexts(): Promise<string[]> {
  const texts: string[] = []
  let text = ''
  const lines = createInterface({ input: createReadStream(largeCollection).pipe(createGunzip()) })
  for await (const line of lines) {
    text += `${(JSON.parse(line) as { abstract?: string }).abstract ?? ''} `
    if (text.length < textLength) continue
    texts.push(`${text.slice(0, textLength - 1)}?`)
    text = ''
    if (texts.length === atOnce) break
  }
  lines.close()
  return texts
}
