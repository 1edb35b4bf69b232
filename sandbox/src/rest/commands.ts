import type { APIApplicationCommand } from 'discord-api-types/v10'
import { type Context, Hono } from 'hono'
import {
  changeCommand,
  commandOf,
  commandsIn,
  overwriteCommands,
  putCommand,
  removeCommand,
} from '../operations/commands.ts'
import { globalScope, type World } from '../state/world.ts'
import { validateCommands } from '../validation/commands.ts'
import { refusal } from '../validation/refusal.ts'
import { readBody } from './body.ts'
import type { Env } from './pipeline.ts'

const bases = [
  '/applications/:application/commands',
  '/applications/:application/guilds/:guild/commands',
] as const

export function commandRoutes(world: World): Hono<Env> {
  const app = new Hono<Env>()

  /** @throws Refusal 10002 for another application, 50001 for a server that the bot is not in */
  function scopeOf(c: Context<Env>): string {
    if (c.req.param('application') !== world.bot.id) throw refusal(10002)
    const guild = c.req.param('guild')
    if (guild === undefined) return globalScope
    if (!world.guilds.get(guild)?.members.has(world.bot.id)) throw refusal(50001)
    return guild
  }

  for (const base of bases) {
    app.get(base, c => {
      const full = c.req.query('with_localizations') === 'true'
      return c.json(commandsIn(world, scopeOf(c)).map(command => shown(command, full)))
    })
    app.put(base, async c => {
      const scope = scopeOf(c)
      const { json } = await readBody(c)
      c.set('body', json)
      overwriteCommands(world, scope, validateCommands(json))
      return c.json(commandsIn(world, scope).map(command => shown(command, true)))
    })
    app.post(base, async c => {
      const scope = scopeOf(c)
      const { json } = await readBody(c)
      c.set('body', json)
      const { command, fresh } = putCommand(world, scope, json)
      return c.json(shown(command, true), fresh ? 201 : 200)
    })
    app.get(`${base}/:command`, c =>
      c.json(shown(commandOf(world, scopeOf(c), c.req.param('command') ?? ''), true)),
    )
    app.patch(`${base}/:command`, async c => {
      const scope = scopeOf(c)
      const { json } = await readBody(c)
      c.set('body', json)
      return c.json(shown(changeCommand(world, scope, c.req.param('command') ?? '', json), true))
    })
    app.delete(`${base}/:command`, c => {
      removeCommand(world, scopeOf(c), c.req.param('command') ?? '')
      return c.body(null, 204)
    })
  }
  return app
}

/** A list leaves the localisations out unless asked. */
function shown(command: APIApplicationCommand, full: boolean): APIApplicationCommand {
  return full ? command : (strip(command) as APIApplicationCommand)
}

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key]) => !key.endsWith('_localizations'))
  return Object.fromEntries(entries.map(([key, item]) => [key, strip(item)]))
}
