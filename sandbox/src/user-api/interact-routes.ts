import { type Context, Hono } from 'hono'
import * as api from '../person-api.ts'
import { paths } from '../person-api.ts'
import type { Interaction } from '../state/types.ts'
import type { World } from '../state/world.ts'
import { commandsFor } from './commands.ts'
import { press, select, submitModal } from './components.ts'
import { acknowledged, autocomplete, choicesOf, interactionFor, menu, slash } from './interact.ts'
import { param, read, who } from './request.ts'
import { findChannel } from './scope.ts'

const at = [':person', ':channel', ':message'] as const
const [person, channel] = at

/** Commands, components and forms. Answers come when the bot has acknowledged, or 3 seconds are over. */
export function interactRoutes(world: World): Hono {
  const app = new Hono()
  const place = (c: Context) => [world, who(world, c), param(c, 'channel')] as const
  const shown = async (c: Context, interaction: Interaction) =>
    c.json(interactionFor(world, who(world, c), await acknowledged(world, interaction)))

  app.get(paths.commands(person, channel), c =>
    c.json(commandsFor(world, who(world, c), findChannel(...place(c)))),
  )

  app.post(paths.autocomplete(person, channel), async c => {
    const typed = await read(c, api.Autocomplete)
    const interaction = await acknowledged(world, autocomplete(...place(c), typed))
    return c.json({ choices: choicesOf(interaction) })
  })

  app.post(paths.slash(person, channel), async c => shown(c, slash(...place(c), await read(c, api.Slash))))

  app.post(paths.menu(...at), async c => {
    const { command } = await read(c, api.MenuCommand)
    return shown(c, menu(...place(c), param(c, 'message'), command))
  })

  app.post(paths.press(...at), async c => {
    const { customId } = await read(c, api.Press)
    return shown(c, press(...place(c), param(c, 'message'), customId))
  })

  app.post(paths.select(...at), async c => {
    const { customId, values } = await read(c, api.Select)
    return shown(c, select(...place(c), param(c, 'message'), customId, values))
  })

  app.post(paths.modal(person, ':interaction'), async c => {
    const { fields } = await read(c, api.SubmitModal)
    return shown(c, submitModal(world, who(world, c), param(c, 'interaction'), fields))
  })

  return app
}
