import { Hono } from 'hono'
import { answeredBy, deleteAnswer, editOriginal, followUp } from '../operations/interactions.ts'
import type { Interaction, Message } from '../state/types.ts'
import type { World } from '../state/world.ts'
import { validateMessage } from '../validation/message.ts'
import { refusal } from '../validation/refusal.ts'
import { ownersOf } from '../view/interaction.ts'
import { messageView } from '../view/message.ts'
import { readBody } from './body.ts'
import { isEphemeral } from './interactions.ts'
import type { Env } from './pipeline.ts'

/** Where only the person has installed the application. */
const maxUserFollowUps = 5

const base = '/webhooks/:application/:token'

/** What can be done with an interaction's token after the first answer. */
export function webhookRoutes(world: World): Hono<Env> {
  const app = new Hono<Env>()
  const view = (message: Message) => messageView(world, message, { viewer: world.bot.id })

  function find(application: string, token: string): Interaction {
    if (application !== world.bot.id) throw refusal(10015)
    return answeredBy(world, token)
  }

  app.post(base, async c => {
    const interaction = find(c.req.param('application'), c.req.param('token'))
    if (!(0 in ownersOf(world, interaction)) && interaction.guildId !== undefined)
      if (interaction.followUps.length >= maxUserFollowUps) throw refusal(40094)
    const { json, uploads } = await readBody(c)
    c.set('body', json)
    const body = validateMessage(json, 'reply', uploads.length)
    return c.json(view(followUp(world, interaction, { body, uploads, ephemeral: isEphemeral(body.flags) })))
  })

  app.get(`${base}/messages/:message`, c => {
    const interaction = find(c.req.param('application'), c.req.param('token'))
    return c.json(view(ownMessage(interaction, c.req.param('message'))))
  })

  app.patch(`${base}/messages/:message`, async c => {
    const interaction = find(c.req.param('application'), c.req.param('token'))
    const message = ownMessage(interaction, c.req.param('message'))
    const { json, uploads } = await readBody(c)
    c.set('body', json)
    const body = validateMessage(json, 'webhook-edit', uploads.length)
    return c.json(view(editOriginal(world, interaction, message, body, uploads)))
  })

  app.delete(`${base}/messages/:message`, c => {
    const interaction = find(c.req.param('application'), c.req.param('token'))
    deleteAnswer(world, interaction, ownMessage(interaction, c.req.param('message')))
    return c.body(null, 204)
  })

  return app

  /** @throws Refusal 10008 for what is gone, or was not made by this interaction */
  function ownMessage(interaction: Interaction, id: string): Message {
    const candidates = [interaction.original, ...interaction.followUps]
    const found = id === '@original' ? interaction.original : candidates.find(message => message?.id === id)
    const isVisible = found && world.channels.get(found.channelId)?.messages.has(found.id)
    if (found === undefined || !isVisible) throw refusal(10008)
    return found
  }
}
