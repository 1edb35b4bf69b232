import { PermissionFlagsBits as Bits, GatewayIntentBits as Intent } from 'discord-api-types/v10'
import { Hono } from 'hono'
import { z } from 'zod'
import { botGuild, may } from '../state/lookup.ts'
import type { World } from '../state/world.ts'
import { readAs } from '../validation/form.ts'
import { refusal } from '../validation/refusal.ts'
import { channelView } from '../view/channel.ts'
import { channelsOf, guildView } from '../view/guild.ts'
import { memberView, roleView } from '../view/people.ts'
import { readBody } from './body.ts'
import { page } from './page.ts'
import type { Env } from './pipeline.ts'

const Nick = z.looseObject({ nick: z.string().max(32).nullish() })

export function guildRoutes(world: World): Hono<Env> {
  const app = new Hono<Env>()
  const find = (id: string) => botGuild(world, id)

  app.get('/guilds/:guild', c => {
    const guild = find(c.req.param('guild'))
    const counts =
      c.req.query('with_counts') === 'true'
        ? { approximate_member_count: guild.members.size, approximate_presence_count: guild.members.size }
        : {}
    return c.json({ ...guildView(guild), ...counts })
  })

  app.get('/guilds/:guild/channels', c => {
    const channels = channelsOf(world, find(c.req.param('guild')))
    const visible = channels.filter(each => !each.thread && may(world, world.bot.id, each, Bits.ViewChannel))
    return c.json(visible.map(each => channelView(world, each)))
  })

  app.get('/guilds/:guild/roles', c => c.json([...find(c.req.param('guild')).roles.values()].map(roleView)))

  app.get('/guilds/:guild/members', c => {
    const guild = find(c.req.param('guild'))
    if (!(world.privileged & Intent.GuildMembers)) throw refusal(50001)
    const members = [...guild.members.values()].map(member => ({ id: member.user.id, member }))
    return c.json(page(members, c.req.query(), 1).map(({ member }) => memberView(member)))
  })

  app.get('/guilds/:guild/members/search', c => {
    const guild = find(c.req.param('guild'))
    const query = (c.req.query('query') ?? '').toLowerCase()
    const found = [...guild.members.values()].filter(({ user, nick }) =>
      [user.username, nick ?? ''].some(name => name.toLowerCase().startsWith(query)),
    )
    return c.json(found.slice(0, Number(c.req.query('limit') ?? 1)).map(memberView))
  })

  app.get('/guilds/:guild/members/:user', c => {
    const member = find(c.req.param('guild')).members.get(c.req.param('user'))
    if (member === undefined) throw refusal(10007)
    return c.json(memberView(member))
  })

  app.patch('/guilds/:guild/members/@me', async c => {
    const guild = find(c.req.param('guild'))
    const own = guild.members.get(world.bot.id)
    if (own === undefined) throw refusal(10007)
    const { json } = await readBody(c)
    c.set('body', json)
    own.nick = readAs(Nick, json).nick ?? null
    world.bus.emit({ type: 'member-edited', guild, member: own })
    return c.json(memberView(own))
  })

  return app
}
