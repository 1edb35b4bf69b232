import { Hono } from 'hono'
import { problemWith } from '../forms.ts'
import { paths, SubmitForm } from '../person-api.ts'
import type { World } from '../state/world.ts'
import { param, read } from './request.ts'
import { UserApiError } from './user-api-error.ts'

/** The forms of the program that started the sandbox. */
export function formRoutes(world: World): Hono {
  const app = new Hono()
  app.post(paths.form(':form'), async c => {
    const form = world.forms.find(({ id }) => id === param(c, 'form'))
    if (form === undefined) throw new UserApiError(404, 'no such form')
    const { fields: typed } = await read(c, SubmitForm)
    const problem = problemWith(form.fields, typed)
    if (problem !== undefined) return c.json({ done: false, text: problem })
    const values = form.fields.map(({ name }) => [name, (typed[name] ?? '').trim()])
    return c.json(await form.submit(Object.fromEntries(values)))
  })
  return app
}
