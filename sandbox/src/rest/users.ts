import { CreatePrivateChannelRequestSchema } from 'discord-api-spec/zod'
import { Hono } from 'hono'
import { z } from 'zod'
import { gatewayUrl } from '../gateway/server.ts'
import { openDirect, removeMember } from '../operations/guild-admin.ts'
import { botGuild, userOf } from '../state/lookup.ts'
import type { World } from '../state/world.ts'
import { check, errorsOf, readAs } from '../validation/form.ts'
import { refusal } from '../validation/refusal.ts'
import { channelView } from '../view/channel.ts'
import { readBody } from './body.ts'
import type { Env } from './pipeline.ts'

const Recipient = z.looseObject({ recipient_id: z.string() })

/** The bot itself, other users, and where the gateway is. */
export function userRoutes(world: World): Hono<Env> {
  const app = new Hono<Env>()
  const host = (header: string | undefined) => gatewayUrl(header ?? new URL(world.url).host)

  app.get('/gateway', c => c.json({ url: host(c.req.header('host')) }))

  app.get('/gateway/bot', c =>
    c.json({
      url: host(c.req.header('host')),
      shards: world.recommendedShards,
      session_start_limit: { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 },
    }),
  )

  app.get('/users/@me', c => c.json({ ...world.bot, verified: true, mfa_enabled: false, email: null }))

  app.get('/users/@me/guilds', c => {
    const own = [...world.guilds.values()].filter(({ members }) => members.has(world.bot.id))
    return c.json(own.map(({ id, name }) => ({ id, name, icon: null, owner: false, features: [] })))
  })

  app.delete('/users/@me/guilds/:guild', c => {
    removeMember(world, botGuild(world, c.req.param('guild')), world.bot.id)
    return c.body(null, 204)
  })

  app.post('/users/@me/channels', async c => {
    const { json } = await readBody(c)
    c.set('body', json)
    check(errorsOf(CreatePrivateChannelRequestSchema, json))
    const { recipient_id: id } = readAs(Recipient, json)
    if (id === world.bot.id) throw refusal(50007)
    if (userOf(world, id) === undefined) throw refusal(10013)
    return c.json(channelView(world, openDirect(world, world.bot.id, id)))
  })

  app.get('/users/:user', c => {
    const user = userOf(world, c.req.param('user'))
    if (user === undefined) throw refusal(10013)
    return c.json(user)
  })

  for (const path of ['/applications/@me', '/oauth2/applications/@me'])
    app.get(path, c =>
      c.json({
        id: world.bot.id,
        name: world.bot.username,
        icon: null,
        description: 'A bot in the sandbox',
        bot_public: true,
        bot_require_code_grant: false,
        verify_key: world.publicKey,
        flags: 0,
        summary: '',
        bot: world.bot,
        owner: world.people.values().next().value?.user,
        approximate_guild_count: world.guilds.size,
      }),
    )

  return app
}
