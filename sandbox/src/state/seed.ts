import { PermissionFlagsBits as Bits, ChannelType, OverwriteType } from 'discord-api-types/v10'
import {
  admitBot,
  buildChannel,
  buildGuild,
  buildMember,
  buildPerson,
  buildRole,
  type ChannelDraft,
  denyEveryone,
} from './build.ts'
import type { Guild, Person } from './types.ts'
import { fixedId, type World } from './world.ts'

/** A lab with people and channels, and a neighbour whose owner has no business in it. The bot is in both. */
export function seed(world: World): void {
  const ada = addPerson(world, 11, 'ada', 'Ada', 'owns the lab’s server')
  const grace = addPerson(world, 12, 'grace', 'Grace', 'manages the lab’s server')
  const alan = addPerson(world, 13, 'alan', 'Alan', 'a member of the lab')
  const emmy = addPerson(world, 14, 'emmy', 'Emmy', 'a member of the lab')
  const mallory = addPerson(world, 15, 'mallory', 'Mallory', 'owns another server, not in the lab')
  seedLabGuild(world, ada, grace, [alan, emmy])
  seedOtherGuild(world, mallory)
}

function addPerson(world: World, index: number, name: string, shown: string, about: string): Person {
  const person = buildPerson(name, fixedId(index), shown, about)
  world.people.set(name, person)
  return person
}

function seedLabGuild(world: World, owner: Person, organiser: Person, members: readonly Person[]): void {
  const lab = buildGuild(world, fixedId(100), 'Lab', owner)
  world.guilds.set(lab.id, lab)
  const organisers = buildRole(fixedId(102), 'Organiser', Bits.ManageGuild | Bits.ManageMessages, 2)
  lab.roles.set(organisers.id, organisers)
  admitBot(world, lab, fixedId(101))
  lab.members.set(organiser.user.id, buildMember(world, organiser.user, [organisers.id]))
  for (const { user } of members) lab.members.set(user.id, buildMember(world, user))
  const drafts: ChannelDraft[] = [
    { name: 'general', topic: 'Everything and nothing' },
    { name: 'papers', topic: 'What we read' },
    { name: 'reading-group', topic: 'Thursdays at four' },
    { name: 'journal-club', type: ChannelType.GuildForum, topic: 'One post a paper', tags: tags(140) },
    {
      name: 'announcements',
      topic: 'Only organisers write here; the bot may not',
      overwrites: [
        denyEveryone(lab.id, Bits.SendMessages | Bits.SendMessagesInThreads),
        { id: organisers.id, type: OverwriteType.Role, allow: Bits.SendMessages, deny: 0n },
        { id: world.bot.id, type: OverwriteType.Member, allow: 0n, deny: Bits.SendMessages },
      ],
    },
    {
      name: 'organisers',
      topic: 'The bot does not see this one',
      overwrites: [
        denyEveryone(lab.id, Bits.ViewChannel),
        { id: organisers.id, type: OverwriteType.Role, allow: Bits.ViewChannel, deny: 0n },
        { id: world.bot.id, type: OverwriteType.Member, allow: 0n, deny: Bits.ViewChannel },
      ],
    },
  ]
  addChannels(world, lab, 110, drafts)
}

function seedOtherGuild(world: World, owner: Person): void {
  const other = buildGuild(world, fixedId(200), 'Next door', owner)
  world.guilds.set(other.id, other)
  admitBot(world, other, fixedId(201))
  addChannels(world, other, 210, [{ name: 'lobby', topic: 'Another server' }])
}

const tags = (first: number) =>
  ['to discuss', 'discussed'].map((name, index) => ({ id: fixedId(first + index), name, moderated: false }))

function addChannels(world: World, guild: Guild, first: number, drafts: readonly ChannelDraft[]): void {
  for (const [index, draft] of drafts.entries()) {
    const channel = buildChannel(fixedId(first + index), guild.id, { ...draft, position: index })
    world.channels.set(channel.id, channel)
  }
}
