import {
  UpdateGuildChannelRequestPartialSchema,
  UpdateThreadRequestPartialSchema,
} from 'discord-api-spec/zod'
import { PermissionFlagsBits as Bits } from 'discord-api-types/v10'
import { Hono } from 'hono'
import { z } from 'zod'
import { deleteChannel, renameChannel } from '../operations/guild-admin.ts'
import { changeThread } from '../operations/threads.ts'
import { channelOf, demandBot } from '../state/lookup.ts'
import type { Channel } from '../state/types.ts'
import type { World } from '../state/world.ts'
import { check, errorsOf, readAs } from '../validation/form.ts'
import { refusal } from '../validation/refusal.ts'
import { channelView } from '../view/channel.ts'
import { readBody } from './body.ts'
import type { Env } from './pipeline.ts'

const ChannelChange = z.looseObject({ name: z.string().optional(), topic: z.string().nullish() })

const ThreadChange = z.looseObject({
  name: z.string().min(1).nullish(),
  archived: z.boolean().nullish(),
  locked: z.boolean().nullish(),
  auto_archive_duration: z.number().nullish(),
  applied_tags: z.array(z.string()).nullish(),
})

export function channelRoutes(world: World): Hono<Env> {
  const app = new Hono<Env>()

  app.get('/channels/:channel', c => {
    const channel = channelOf(world, c.req.param('channel'))
    demandBot(world, channel)
    return c.json(channelView(world, channel))
  })

  app.patch('/channels/:channel', async c => {
    const channel = channelOf(world, c.req.param('channel'))
    demandBot(world, channel)
    const { json } = await readBody(c)
    c.set('body', json)
    if (channel.thread === undefined) patchChannel(world, channel, json)
    else patchThread(world, channel, json)
    return c.json(channelView(world, channel))
  })

  app.delete('/channels/:channel', c => {
    const channel = channelOf(world, c.req.param('channel'))
    const bits = channel.thread === undefined ? Bits.ManageChannels : Bits.ManageThreads
    demandBot(world, channel, channel.guildId === undefined ? 0n : bits)
    const view = channelView(world, channel)
    if (channel.guildId !== undefined) deleteChannel(world, channel)
    return c.json(view)
  })

  return app
}

function patchChannel(world: World, channel: Channel, json: unknown): void {
  check(errorsOf(UpdateGuildChannelRequestPartialSchema, json))
  const { name, topic } = readAs(ChannelChange, json)
  demandBot(world, channel, Bits.ManageChannels)
  renameChannel(world, channel, {
    ...(name === undefined ? {} : { name }),
    ...(topic === undefined ? {} : { topic }),
  })
}

/** Its owner may rename and close a thread; locking it, and other people's threads, need the right to manage. */
function patchThread(world: World, channel: Channel, json: unknown): void {
  check(errorsOf(UpdateThreadRequestPartialSchema, json))
  const change = readAs(ThreadChange, json)
  const { thread } = channel
  if (thread?.ownerId !== world.bot.id || change.locked != null) demandBot(world, channel, Bits.ManageThreads)
  if (thread?.archived && change.archived !== false) throw refusal(50083)
  changeThread(world, channel, {
    name: change.name ?? undefined,
    archived: change.archived ?? undefined,
    locked: change.locked ?? undefined,
    autoArchive: change.auto_archive_duration ?? undefined,
    tags: change.applied_tags ?? undefined,
  })
}
