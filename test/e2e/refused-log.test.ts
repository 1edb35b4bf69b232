import { afterAll, beforeAll, expect, it } from 'vitest'
import { commands } from '../../commands/index.ts'
import type { Actor } from '../../sandbox/src/test-client/actor.ts'
import { type Bot, startBot } from '../fixtures/bot-in-sandbox.ts'

/** Stands in all that is typed here; no paper has it. */
const secret = 'zqxjkvprivate'

let bot: Bot
beforeAll(async () => {
  bot = await startBot()
})
afterAll(() => bot.close())

const channel = () => [...bot.sandbox.world.channels.values()].find(one => one.name === 'papers')!.id
type Run = (ada: Actor) => Promise<unknown>
const slash =
  (line: string, options: Parameters<Actor['slash']>[2] = {}): Run =>
  ada =>
    ada.slash('general', line, options)

/** Every command, with all that can be typed into it. */
const typed: Record<string, Run[]> = {
  help: [slash('help')],
  about: [slash('about')],
  paper: [slash('paper', { query: secret })],
  ask: [slash('ask', { question: `what is ${secret}?` })],
  related: [slash('related', { paper: secret })],
  stats: [slash('stats')],
  map: [slash('map', { query: secret })],
  cite: [slash('cite', { paper: secret }), slash('cite', { paper: 'kv cache', style: 'apa' })],
  save: [slash('save', { paper: 'kv cache', note: secret, tags: secret })],
  library: [slash('library')],
  privacy: [slash('privacy export'), slash('privacy delete')],
  trending: [slash('trending')],
  share: [
    ada => ada.slash('general', 'share', { paper: 'kv cache', channel: channel(), note: secret }),
    ada => ada.slash('general', 'share', { paper: secret, channel: channel() }),
  ],
  queue: [slash('queue propose', { paper: 'kv cache', note: secret }), slash('queue list')],
  follow: [slash('follow add', { topic: secret, timezone: secret }), slash('follow list')],
  daily: [
    ada =>
      ada.slash('general', 'daily set', {
        channel: channel(),
        topic: secret,
        time: '09:00',
        timezone: 'UTC',
      }),
    slash('daily list'),
  ],
  zotero: [slash('zotero send', { paper: secret, note: secret }), slash('zotero set', { library: secret })],
  feeds: [slash('feeds show'), slash('feeds off')],
  sources: [slash('sources list'), slash('sources remove', { source: secret })],
  corpus: [
    slash('corpus add', {
      file: {
        name: `${secret}.jsonl`,
        base64: Buffer.from(JSON.stringify({ title: secret, abstract: secret })).toString('base64'),
      },
    }),
    slash('corpus add', { address: `http://127.0.0.1:9/${secret}` }),
    slash('corpus status'),
    slash('corpus remove', { source: secret }),
  ],
  'Find papers': [async ada => ada.menu(ada.say('general', `about ${secret} and caches`), 'Find papers')],
}

const refusals = [
  [
    'a form that is refused',
    { kind: 'refused', status: 400, code: 50035, message: `Invalid Form Body ${secret}` },
  ],
  ['a right that is missing', { kind: 'refused', status: 403, code: 50013, message: 'Missing Permissions' }],
  ['trouble of the server', { kind: 'status', status: 500 }],
] as const

it('covers every command', () => {
  expect(Object.keys(typed).sort()).toEqual(commands.map(({ spec }) => spec.name).sort())
})

it.each(refusals)(
  '%s: the log of no command holds what was typed, nor a token',
  async (_, effect) => {
    const before = bot.log.length
    const tokens = new Set<string>()
    const stop = bot.sandbox.world.bus.on(event => {
      if (event.type === 'interaction') tokens.add(event.interaction.token)
    })
    for (const path of ['^/interactions/', '^/webhooks/', '^/channels/'])
      bot.sandbox.faults.add({ path, times: 1_000, effect })
    const runs = Object.values(typed).flat()
    // The person sees that the bot does not respond; the log is what counts here.
    const silent = /did not respond|in vain|stays? silent/u
    const ended = await Promise.all(
      runs.map(run => run(bot.sandbox.person('ada')).then(() => 'answered', String)),
    )
    const problems = ended.filter(text => !silent.test(text))
    bot.sandbox.faults.clear()
    stop()
    expect(problems).toEqual([])
    const log = JSON.stringify(bot.log.slice(before))
    expect(bot.log.length - before).toBeGreaterThanOrEqual(Object.keys(typed).length)
    expect(log).not.toContain(secret)
    expect(tokens.size).toBeGreaterThanOrEqual(Object.keys(typed).length)
    expect([...tokens].filter(token => log.includes(token))).toEqual([])
  },
  120_000,
)

it('an interaction that another process acknowledged first is no error', async () => {
  const before = bot.log.length
  const refused = {
    kind: 'refused',
    status: 400,
    message: 'Interaction has already been acknowledged.',
  } as const
  const rule = { path: '/callback$', effect: { ...refused, code: 40060 } }
  for (let i = 0; i < 2; i++) bot.sandbox.faults.add(rule)
  const ada = bot.sandbox.person('ada')
  await Promise.allSettled([ada.slash('general', 'help'), ada.slash('general', 'about')])
  bot.sandbox.faults.clear()
  const seen = bot.log.slice(before).filter(({ msg }) => /acknowledged|unanswered/u.test(msg))
  const line = { level: 30, msg: 'an interaction was acknowledged by another process' }
  expect(seen.map(({ level, msg }) => ({ level, msg }))).toEqual([line, line])
})
