import type { MessageView } from 'discord-sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ScheduledBot, startScheduledBot } from '../fixtures/scheduled-bot.ts'

let scheduled: ScheduledBot
let lab: string
beforeAll(async () => {
  scheduled = await startScheduledBot('2027-03-01T06:10:00Z')
  lab = scheduled.bot.sandbox.guild('Lab').id
  await scheduled.arrive([about('o0', 'Zorblax igloos')], lab)
})
afterAll(async () => {
  expect(scheduled.bot.log.filter(line => line.level >= 50)).toEqual([])
  await scheduled.bot.close()
})
const about = (id: string, words: string) => ({
  id,
  title: `${words} for penguins`,
  abstract: `We study ${words} for penguins.`,
})
const person = (who: string) => scheduled.bot.sandbox.person(who)
const digests = (who: string): MessageView[] =>
  person(who)
    .messages('dm')
    .filter(({ content }) => content.startsWith('**New for you'))
const told = (who: string) => digests(who).flatMap(({ embeds }) => embeds.map(({ title }) => title))
const follow = (who: string, where: string, topic = 'zorblax') =>
  person(who).slash(where, 'follow add', { topic, hour: 8, timezone: 'UTC' })

describe('a server’s own papers', () => {
  it('come to the members who follow from there, marked as such, and to nobody else', async () => {
    const mallory = person('mallory')
    const lobby = mallory.overview().guilds.find(({ name }) => name !== 'Lab')?.channels[0]?.id ?? ''
    const card = await follow('emmy', 'general')
    expect(card.embeds[0]?.description).toContain('come too, while you are in it')
    expect((await follow('grace', 'dm')).embeds[0]?.description).not.toContain('come too')
    await follow('mallory', lobby)
    await follow('alan', 'general')
    await scheduled.until('2027-03-02T08:30:00Z')
    await scheduled.arrive([about('o1', 'Zorblax umbrellas')], lab)
    await scheduled.arrive([about('s1', 'Zorblax sledges')])
    await scheduled.until('2027-03-03T08:30:00Z')
    expect(told('emmy')).toEqual([
      'Zorblax igloos for penguins',
      expect.stringMatching(/umbrellas|sledges/u),
      expect.stringMatching(/umbrellas|sledges/u),
    ])
    for (const other of ['grace', 'mallory']) expect(told(other)).toEqual(['Zorblax sledges for penguins'])
    const [first] = digests('emmy')
    expect(first?.embeds[0]?.description).toContain(`https://discord.com/channels/${lab}`)
    const labels = JSON.stringify(first?.components)
    expect(labels).toContain('Less like this')
    expect(labels).not.toContain('Save')
  })

  it('no longer come to who has left the server, also when they were chosen before', async () => {
    await scheduled.arrive([about('o2', 'Zorblax anchors')], lab)
    const { guilds } = scheduled.bot.sandbox.world
    const guild = guilds.get(lab)
    const { id } = person('alan').person.user
    const member = guild?.members.get(id)
    // The bot may still write to him: they share another server.
    for (const other of guilds.values())
      if (member !== undefined) other.members.set(id, { ...member, roles: new Set() })
    guild?.members.delete(id)
    await scheduled.arrive([about('s2', 'Zorblax kites')])
    await scheduled.until('2027-03-04T08:30:00Z')
    expect(told('alan').at(-1)).toBe('Zorblax kites for penguins')
    expect(told('alan')).not.toContain('Zorblax anchors for penguins')
    expect(told('emmy')).toContain('Zorblax anchors for penguins')
    // Who comes back gets what was left out.
    if (member !== undefined) guild?.members.set(id, member)
    await scheduled.until('2027-03-05T08:30:00Z')
    expect(told('alan').at(-1)).toBe('Zorblax anchors for penguins')
  })

  it('wait for the next digest when Discord does not say who is there', async () => {
    await scheduled.arrive([about('o3', 'Zorblax lanterns')], lab)
    const { faults } = scheduled.bot.sandbox
    faults.add({ path: `^/guilds/${lab}/members/`, times: 1_000, effect: { kind: 'status', status: 503 } })
    await scheduled.until('2027-03-06T08:30:00Z')
    expect(faults.struck).toBeGreaterThan(0)
    expect(told('emmy').filter(title => title?.includes('lanterns'))).toEqual([])
    faults.clear()
    await scheduled.until('2027-03-07T08:30:00Z')
    expect(told('emmy').filter(title => title?.includes('lanterns'))).toHaveLength(1)
  })

  it('are added to a follow that was set elsewhere when it is set there again', async () => {
    const again = await follow('grace', 'general')
    expect(again.content).toContain('You follow that already')
    expect(again.embeds[0]?.description).toContain('come too')
    await scheduled.arrive([about('o4', 'Zorblax compasses')], lab)
    await scheduled.until('2027-03-08T08:30:00Z')
    expect(told('grace').at(-1)).toContain('Zorblax')
    expect(
      (await person('grace').slash('dm', 'follow list')).embeds[0]?.description?.match(/zorblax/giu),
    ).toHaveLength(1)
  })
})
