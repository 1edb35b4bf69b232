import type { APIActionRowComponent, APIStringSelectComponent } from 'discord-api-types/v10'
import type { Reply } from 'discord-sandbox'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { sharedCollection } from '../../src/store/paper-ports.ts'
import { type Bot, startBot } from '../fixtures/bot-in-sandbox.ts'

let bot: Bot

beforeAll(async () => {
  bot = await startBot()
})
afterAll(() => bot.close())
afterEach(() => expect(bot.sandbox.refused).toEqual([]))

const ada = () => bot.sandbox.person('ada')
const grace = () => bot.sandbox.person('grace')

/** A menu's options, in order. */
function offered(reply: Reply) {
  const rows = (reply.message.components ?? []) as APIActionRowComponent<APIStringSelectComponent>[]
  return rows.flatMap(row => row.components).find(part => part.type === 3)?.options ?? []
}

const labels = (reply: Reply) => offered(reply).map(({ label }) => label)

describe('menus', () => {
  it('keep the first hit when another is opened, and leave out the open one', async () => {
    const first = await ada().slash('general', 'paper', { query: 'kv cache' })
    const [best, hits] = [first.embeds[0]!.title!, offered(first)]
    const { label, value } = hits[2]!
    const second = await first.choose(value)
    expect(second.embeds[0]?.title).toBe(label)
    expect(labels(second)).toEqual([best, ...hits.map(hit => hit.label).filter(one => one !== label)])
    const back = await second.choose(offered(second)[0]!.value)
    expect(back.embeds[0]?.title).toBe(best)
    expect(labels(back)).toEqual(hits.map(hit => hit.label))
  })

  it('do the same while somebody chooses what to share', async () => {
    const first = await ada().slash('general', 'share', { paper: 'kv cache', channel: channelId('papers') })
    const [best, { label, value }] = [first.embeds[0]!.title!, offered(first)[0]!]
    const second = await first.choose(value)
    expect(second.embeds[0]?.title).toBe(label)
    expect(labels(second)[0]).toBe(best)
    expect(labels(second)).not.toContain(label)
  })
})

const channelId = (name: string): string =>
  [...bot.sandbox.world.channels.values()].find(channel => channel.name === name)!.id

describe('a text that the papers do not speak of', () => {
  it.each([
    'ok thanks!',
    'Good morning everyone',
    'no way',
    'sounds good to me',
    'see you at the station tomorrow evening',
    'I am on my way home, back in ten',
    'Happy birthday Grace!!',
    'lunch at 12?',
    'the coffee machine is out of order',
  ])('finds no papers for the message “%s”', async said => {
    const reply = await ada().menu(ada().say('general', said), 'Find papers')
    expect(reply.content).toMatch(/^No paper here fits/u)
    expect(offered(reply)).toEqual([])
  })

  it('finds papers for the sentence of a message that is about some', async () => {
    const said =
      'Good morning everyone! Who has the key for the lab? We should look at kv cache compression next week.'
    const reply = await ada().menu(ada().say('general', said), 'Find papers')
    expect(reply.embeds[0]?.title).toBe('Papers that fit this message')
    expect(reply.embeds[0]?.description).toMatch(/^\*\*1\.\*\* \[[^\]]*Cache/u)
  })

  it('finds papers for a message that forwards another', async () => {
    const said = ada().say('general', 'x')
    const { data } = bot.sandbox.world.channels.get(said.channel_id)!.messages.get(said.id)!
    const text = 'We should look at kv cache compression next week.'
    const message = { ...data, content: text }
    Object.assign(data, {
      content: '',
      message_reference: { type: 1, message_id: '1', channel_id: said.channel_id },
      message_snapshots: [{ message }],
    })
    const reply = await ada().menu(said, 'Find papers')
    expect(reply.embeds[0]?.title).toBe('Papers that fit this message')
  })

  it.each(['||', '**', '`', '~~'])('finds the paper of a link between %s', async mark => {
    const one = { id: 'q1', title: 'Quibbles', abstract: '', authors: [], categories: [], doi: '10.1000/q.1' }
    await bot.store.papers.upsert({ collection: sharedCollection, source: 'x', papers: [one], at: 1 })
    await bot.libraries.refresh()
    const said = ada().say('general', `${mark}https://doi.org/10.1000/q.1${mark}`)
    const reply = await ada().menu(said, 'Find papers')
    expect(reply.embeds[0]?.description).toContain('[Quibbles]')
  })

  it.each(['banana bread recipe', 'lunch menu', 'qwerty zxcvb'])(
    'saves, relates, proposes nothing for “%s”',
    async text => {
      for (const command of ['save', 'related', 'queue propose']) {
        const reply = await ada().slash('general', command, { paper: text })
        expect(reply.ephemeral).toBe(true)
        expect(reply.embeds[0]?.description).toMatch(/^No paper here fits/u)
        expect(offered(reply)).toEqual([])
      }
    },
  )

  it('says in what sense what /paper shows is near', async () => {
    const chess = await ada().slash('general', 'paper', { query: 'banana value functions' })
    expect(chess.embeds[0]?.description).toMatch(/it does not mention \*banana\*/u)
    const near = await ada().slash('general', 'paper', { query: 'qwerty zxcvb' })
    expect(near.embeds[0]?.description).toMatch(
      /Similarly spelled words here: \*query\*\s+Papers with those words:\n• \[/u,
    )
  })
})

describe('links', () => {
  it('that are searches say so', async () => {
    const reply = await ada().slash('general', 'paper', { query: 'kv cache' })
    const links = reply.embeds[0]?.fields?.find(({ name }) => name === 'Links')?.value ?? ''
    for (const [, label] of links.matchAll(/\[([^\]]+)\]\(https:[^)]*(?:search|\?q=)[^)]*\)/gu))
      expect(label).toMatch(/^Search /u)
    expect(links).toContain('[Search arXiv](')
  })

  it('keeps marks out of addresses', async () => {
    const reply = await ada().slash('general', 'ask', { question: 'where is the voxposer github io page?' })
    expect(JSON.stringify(reply.embeds)).not.toMatch(/https?:\/\/[^\s)]*\*\*/u)
  })
})

describe('a form with a mistake', () => {
  it('comes back with what was typed: a topic and a time zone', async () => {
    const asked = await grace().slash('general', 'follow add', { topic: 'reward *models* ```x```' })
    const typed = { topic: 'reward *models* ```x```', hour: '7', zone: 'Atlantis', days: '12345' }
    const wrong = await asked.submit(typed)
    expect(wrong.content).toMatch(/no time zone \*\*Atlantis\*\*/u)
    const again = await wrong.press('Try again')
    const form = JSON.stringify(again.modal)
    expect(again.modal.components.map(one => ('component' in one ? one.component : one))).toMatchObject([
      { custom_id: 'topic', value: typed.topic },
      { custom_id: 'hour' },
      { custom_id: 'zone', value: 'Atlantis' },
      { custom_id: 'days' },
    ])
    expect(form).toContain('"value":"7","default":true')
    expect(form).toContain('"value":"12345","default":true')
    const right = await again.submit({ ...typed, zone: 'Berlin' })
    expect(right.content).toMatch(/^Done/u)
  })

  it('comes back with what was typed: tags', async () => {
    await ada().slash('general', 'save', { paper: 'kv cache' })
    const open = await ada().slash('general', 'library', { paper: 'Reducing Transformer' })
    const tags = `good, ${'long '.repeat(12)}`
    const wrong = await (await open.press('Note and tags')).submit({ note: 'To read', tags })
    expect(wrong.content).toMatch(/A tag can have/u)
    expect(wrong.embeds[0]?.description).toContain('To read')
    const again = await wrong.press('Try again')
    expect(JSON.stringify(again.modal)).toContain(JSON.stringify(tags.trim()).slice(1, -1))
  })

  it('comes back with what was typed: a note to share with', async () => {
    bot.sandbox.simulate({ kind: 'deny', channel: 'announcements', permissions: ['SendMessages'] })
    const card = await ada().slash('papers', 'paper', { query: 'kv cache' })
    const form = await card.press('Share')
    const note = 'Read *this*, all of you'
    const wrong = await form.submit({ channel: [channelId('announcements')], note, thread: ['yes'] })
    const again = await wrong.press('Try again')
    const text = JSON.stringify(again.modal)
    expect(text).toContain(JSON.stringify(note))
    expect(text).toContain('"default":true')
    expect(text).toContain(channelId('announcements'))
    const right = await again.submit({ channel: [channelId('papers')], note, thread: [] })
    expect(right.content).toMatch(/^Shared in/u)
  })
})

it('names a subcommand in the line above its answer', async () => {
  const reply = await ada().slash('general', 'queue propose', { paper: 'kv cache' })
  expect(reply.message.interaction?.name).toBe('queue propose')
})
