import { PermissionFlagsBits as Bits, OverwriteType } from 'discord-api-types/v10'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  buildChannel,
  buildGuild,
  buildMember,
  buildPerson,
  buildRole,
  everyoneDefault,
} from '../../src/state/build.ts'
import { channelPermissions, everything, guildPermissions } from '../../src/state/permissions.ts'
import { createWorld } from '../../src/state/world.ts'

const world = createWorld({ now: Date.now, token: undefined, privileged: 0 })
const owner = buildPerson('ada', '10', 'Ada', '')
const alan = buildPerson('alan', '11', 'Alan', '')

function lab(...overwrites: [id: string, type: OverwriteType, allow: bigint, deny: bigint][]) {
  const guild = buildGuild(world, '100', 'Lab', owner)
  for (const id of ['201', '202']) guild.roles.set(id, buildRole(id, id, 0n, 1))
  const member = buildMember(world, alan.user, ['201', '202'])
  guild.members.set(alan.user.id, member)
  const listed = overwrites.map(([id, type, allow, deny]) => ({ id, type, allow, deny }))
  return { guild, member, channel: buildChannel('300', guild.id, { name: 'general', overwrites: listed }) }
}

const { Role, Member } = OverwriteType
const may = (setting: ReturnType<typeof lab>, bit: bigint) =>
  (channelPermissions(setting.guild, setting.member, setting.channel) & bit) === bit

test('owners and administrators may do everything, whatever a channel denies', () => {
  const setting = lab(['100', Role, 0n, everything])
  const own = setting.guild.members.get(owner.user.id)
  expect(own && channelPermissions(setting.guild, own, setting.channel)).toBe(everything)
  setting.guild.roles.set('201', buildRole('201', 'admin', Bits.Administrator, 1))
  expect(channelPermissions(setting.guild, setting.member, setting.channel)).toBe(everything)
})

test('members have what @everyone and their roles have together', () => {
  const { guild, member } = lab()
  guild.roles.set('202', buildRole('202', 'x', Bits.ManageGuild, 1))
  expect(guildPermissions(guild, member)).toBe(everyoneDefault | Bits.ManageGuild)
})

test('a role allows what @everyone is denied, a member is denied what a role allows', () => {
  expect(may(lab(['100', Role, 0n, Bits.SendMessages]), Bits.SendMessages)).toBe(false)
  const lifted = lab(['100', Role, 0n, Bits.SendMessages], ['201', Role, Bits.SendMessages, 0n])
  expect(may(lifted, Bits.SendMessages)).toBe(true)
  const again = lab(['201', Role, Bits.SendMessages, 0n], ['11', Member, 0n, Bits.SendMessages])
  expect(may(again, Bits.SendMessages)).toBe(false)
})

test('among roles, allowing wins over denying', () => {
  const both = lab(['201', Role, 0n, Bits.SendMessages], ['202', Role, Bits.SendMessages, 0n])
  expect(may(both, Bits.SendMessages)).toBe(true)
})

test('without seeing there is nothing, without sending no embeds or files', () => {
  const unseen = lab(['100', Role, 0n, Bits.ViewChannel])
  expect(channelPermissions(unseen.guild, unseen.member, unseen.channel)).toBe(0n)
  const mute = lab(['100', Role, 0n, Bits.SendMessages])
  for (const bit of [Bits.EmbedLinks, Bits.AttachFiles, Bits.MentionEveryone])
    expect(may(mute, bit)).toBe(false)
  expect(may(mute, Bits.ReadMessageHistory)).toBe(true)
})

test('a thread has the permissions of its channel, and a right to send of its own', () => {
  const { guild, member, channel } = lab(['100', Role, 0n, Bits.SendMessages])
  const at = { ownerId: '10', createdAt: 0, archived: false, archivedAt: 0, locked: false, autoArchive: 60 }
  const thread = buildChannel('301', guild.id, {
    name: 't',
    parentId: channel.id,
    thread: { ...at, tags: [], members: new Set() },
  })
  const bits = channelPermissions(guild, member, thread, channel)
  expect(bits & Bits.SendMessages).toBe(0n)
  expect(bits & Bits.EmbedLinks).toBe(Bits.EmbedLinks)
})

test('denying @everyone never gives a member anything', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, everything), fc.bigInt(0n, everything), (deny, more) => {
      const less = lab(['100', Role, 0n, deny | more])
      const { guild, member, channel } = lab(['100', Role, 0n, deny])
      const before = channelPermissions(guild, member, channel)
      const after = channelPermissions(less.guild, less.member, less.channel)
      expect(after & ~before).toBe(0n)
    }),
  )
})
