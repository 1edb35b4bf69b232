import type { MessageView } from 'discord-sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ScheduledBot, startScheduledBot } from '../fixtures/scheduled-bot.ts'

let scheduled: ScheduledBot
beforeAll(async () => {
  scheduled = await startScheduledBot('2027-03-01T06:10:00Z')
})
afterAll(async () => {
  expect(scheduled.bot.sandbox.refused).toEqual([])
  await scheduled.bot.close()
})
const person = (name: string) => scheduled.bot.sandbox.person(name)
const channel = (name: string) =>
  [...scheduled.bot.sandbox.world.channels.values()].find(one => one.name === name)?.id ?? ''
const picks = (): MessageView[] =>
  person('ada')
    .messages('papers')
    .filter(({ content }) => /^\*\*Picks? of the day/u.test(content))
const digests = (name: string): MessageView[] =>
  person(name)
    .messages('dm')
    .filter(({ content }) => content.startsWith('**New for you'))
const titles = (message: MessageView | undefined) => message?.embeds.map(({ title }) => title)
const customIds = (message: MessageView | undefined) =>
  JSON.stringify(message?.components).match(/L1:[^"]{1,90}/gu) ?? []
const listOf = async (name: string) => (await person(name).slash('general', 'daily why')).embeds[1]

describe('less like this, under a daily pick', () => {
  let pick: MessageView
  beforeAll(async () => {
    await person('ada').slash('general', 'daily set', {
      channel: channel('papers'),
      time: '07:00',
      timezone: 'UTC',
      topic: 'language models',
      count: 2,
    })
    await scheduled.until('2027-03-01T07:30:00Z')
    pick = picks()[0] as MessageView
  })

  it('is said by any member for that schedule, counted, listed and undone', async () => {
    const reply = await person('emmy').press(pick, customIds(pick).find(id => id.includes(':less:')) ?? '')
    expect(reply.ephemeral).toBe(true)
    expect(reply.content).toContain(`papers like *${titles(pick)?.[0]}* are picked last in <#`)
    expect((await listOf('emmy'))?.description).toBe(`• less like *${titles(pick)?.[0]}*`)
    await person('ada').press(pick, customIds(pick).find(id => id.includes(':less:')) ?? '')
    expect((await listOf('alan'))?.description).toContain('2 members')
    const list = await person('alan').slash('general', 'daily list')
    expect(list.embeds[0]?.description).toContain('Less like 1 paper')
    expect((await reply.press('Undo')).content).toBe('Taken back.')
    expect((await listOf('alan'))?.description).not.toContain('members')
  })

  it('is taken back by who said it, and of everybody by who manages the server', async () => {
    const less = customIds(pick).filter(id => id.includes(':less:'))
    await person('emmy').press(pick, less[1] ?? '')
    const theirs = await person('emmy').slash('general', 'daily why')
    const menu = theirs.message.components?.[0]
    expect(JSON.stringify(menu)).toContain('Take back')
    expect(JSON.stringify(menu).match(/"value"/gu)).toHaveLength(1)
    // Ada's, by a forged choice of Emmy.
    const adas = less[0]?.split(',').at(-1)
    const forged = await person('emmy')
      .sendRaw(theirs.message, JSON.stringify(menu).match(/L1:[^"]+/u)?.[0] ?? '', [`d.${adas}`])
      .catch(() => undefined)
    expect(forged?.content ?? '').not.toBe('Taken back.')
    expect((await listOf('ada'))?.description?.match(/less like/gu)).toHaveLength(2)
    const all = await person('ada').slash('general', 'daily why')
    const done = await all.choose([`d.${less[1]?.split(',').at(-1)}`])
    expect(done.content).toBe('Taken back.')
    expect((await listOf('ada'))?.description?.match(/less like/gu)).toHaveLength(1)
  })

  it('is not heard from another server, nor of another paper, post or schedule', async () => {
    const mallory = person('mallory')
    const lobby = mallory.overview().guilds.find(({ name }) => name !== 'Lab')?.channels[0]?.id ?? ''
    const there = await mallory.slash(lobby, 'paper', { query: 'kv cache' })
    const [less = ''] = customIds(pick).filter(id => id.includes(':less:'))
    const [slotKey = '', ref = ''] = less.split(':').at(-1)?.split(',') ?? []
    const id = slotKey.split('-')[0] ?? ''
    for (const forged of [
      less,
      `L1:daily:less::${slotKey},nonsense`,
      `L1:daily:less::x,${ref}`,
      `L1:daily:more::${id},${ref}`,
      `L1:daily:takeBack::${id},d`,
      `L1:follow:less::${slotKey},${ref}`,
    ]) {
      const reply = await mallory.sendRaw(there.message, forged).catch(() => undefined)
      expect(reply?.content ?? '').not.toMatch(/From now on|picked last/u)
    }
    expect((await listOf('ada'))?.description?.match(/less like/gu)).toHaveLength(1)
  })

  it('is said of a few papers by each member', async () => {
    for (let day = 2; day <= 4; day++) await scheduled.until(`2027-03-0${day}T07:30:00Z`)
    const replies = []
    for (const message of picks())
      for (const id of customIds(message).filter(one => one.includes(':less:')))
        replies.push((await person('alan').press(message, id)).content)
    expect(replies.filter(text => text.includes('From now on'))).toHaveLength(5)
    expect(replies.at(-1)).toContain('You have said that of 5 papers already')
  })

  it('has a mute list beside it, for who manages the server', async () => {
    const muting = { word: 'Ethical Reasoning', author: 'Ada Lovelace' }
    expect((await person('alan').slash('general', 'daily mute', muting)).content).toContain('Manage Server')
    const reply = await person('ada').slash('general', 'daily mute', muting)
    expect(reply.content).toBe('Muted: **Ethical Reasoning**, **Ada Lovelace**.')
    expect(reply.embeds[0]?.description).toContain('nothing by Ada Lovelace')
    expect((await person('ada').slash('general', 'daily mute', { word: '???' })).content).toContain(
      'nothing to look',
    )
    await scheduled.until('2027-03-05T07:30:00Z')
    expect(picks()).toHaveLength(5)
    const shown = picks()
      .at(-1)
      ?.embeds.map(({ title, description }) => [title, description?.split('-#')[0]])
    expect(JSON.stringify(shown)).not.toMatch(/ethical reason/iu)
    const choices = await person('ada').suggest('general', 'daily unmute', 'muted', 'rea')
    expect(choices?.map(({ name }) => name)).toEqual(['The word Ethical Reasoning'])
    const done = await person('ada').slash('general', 'daily unmute', { muted: String(choices?.[0]?.value) })
    expect(done.content).toBe('No longer muted: **Ethical Reasoning**.')
    const menu = await person('ada').slash('general', 'daily why')
    const unmuted = await menu.choose(
      [JSON.stringify(menu.message.components).match(/m\.[a-z0-9]{16}/u)?.[0] ?? ''],
      'Unmute',
    )
    expect(unmuted.content).toBe('No longer muted.')
  })
})

describe('less like this, in a member’s digests', () => {
  const about = (id: string, words: string, more = {}) => ({
    id,
    title: `${words} for penguins`,
    abstract: `We study ${words} for penguins.`,
    authors: ['Zoe Quux'],
    ...more,
  })

  it('leaves out what is near, what is muted, and says why the rest came', async () => {
    const grace = person('grace')
    await grace.slash('general', 'follow add', { author: 'Quux, Zoe', hour: 8, timezone: 'UTC' })
    await scheduled.arrive([about('z1', 'Iceberg catapults'), about('z2', 'Herring economics')])
    await scheduled.until('2027-03-06T08:30:00Z')
    const [first] = digests('grace')
    expect(titles(first)?.toSorted()).toEqual([
      'Herring economics for penguins',
      'Iceberg catapults for penguins',
    ])
    expect(first?.embeds[0]?.description).toContain('is by Zoe Quux')
    const id = customIds(first).find(one => one.includes(':less:') && one.endsWith('z1')) ?? ''
    const reply = await grace.press(first as MessageView, id)
    expect(reply.content).toContain('your digests bring less like *Iceberg catapults for penguins*')
    expect((await grace.slash('general', 'follow mute', { word: 'mackerel' })).content).toBe(
      'Muted: **mackerel**.',
    )
    const list = await grace.slash('general', 'follow list')
    expect(list.embeds[1]?.description).toBe(
      '• nothing with **mackerel**\n• less like *Iceberg catapults for penguins*',
    )
    expect((await person('alan').slash('general', 'follow list')).embeds).toHaveLength(0)
    await scheduled.arrive([
      about('z3', 'Iceberg catapults again', { abstract: 'We study iceberg catapults for penguins again.' }),
      about('z4', 'Mackerel markets'),
      about('z5', 'Quantum feathers', { abstract: 'Feathers are entangled.' }),
    ])
    await scheduled.until('2027-03-07T08:30:00Z')
    expect(titles(digests('grace').at(-1))).toEqual(['Quantum feathers for penguins'])
    const back = await list.choose(['d.z1'], 'Take back a “less like this”')
    expect(back.content).toBe('Taken back.')
    await scheduled.until('2027-03-08T08:30:00Z')
    expect(titles(digests('grace').at(-1))).toEqual(['Iceberg catapults again for penguins'])
  })

  it('is each member’s own: a forged press of a paper that they were not sent does nothing', async () => {
    const mallory = person('mallory')
    const said = await mallory.slash('dm', 'follow list')
    for (const forged of ['L1:follow:less::x,z1', 'L1:follow:more::z1', 'L1:follow:takeBack::d'])
      await mallory
        .sendRaw(said.message, forged, forged.includes('takeBack') ? ['d.z1'] : undefined)
        .catch(() => undefined)
    expect((await person('grace').slash('general', 'follow list')).embeds[1]?.description).toContain(
      'mackerel',
    )
    expect(
      await scheduled.bot.store.dislikes.list({ id: mallory.person.user.id, guildId: undefined }),
    ).toEqual([])
  })
})
