import { afterAll, beforeAll, expect, test } from 'vitest'
import type { HostAnswer } from '../src/forms.ts'
import { type Info, paths } from '../src/person-api.ts'
import { type Sandbox, startSandbox } from '../src/sandbox.ts'

let sandbox: Sandbox
const sent: unknown[] = []
const bugs: unknown[] = []

beforeAll(async () => {
  const fields = [
    { name: 'title', label: 'Title', required: true, max: 10 },
    { name: 'text', label: 'Text', max: 20 },
  ]
  sandbox = await startSandbox({
    onBug: bug => bugs.push(bug),
    forms: [
      {
        id: 'note',
        label: 'Leave a note',
        fields,
        submit: async values => {
          sent.push(values)
          if (values['title'] === 'bug') throw new Error('broken')
          return { done: true, text: 'Noted.' }
        },
      },
    ],
  })
})
afterAll(() => sandbox.close())

async function submit(form: string, body: unknown): Promise<{ status: number; body: HostAnswer }> {
  const answer = await fetch(sandbox.url + paths.form(form), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: (await answer.json()) as HostAnswer }
}

test('a form of the program that started the sandbox is shown, and gets what was typed', async () => {
  const info = (await (await fetch(sandbox.url + paths.info())).json()) as Info
  expect(info.forms.map(({ id, label }) => [id, label])).toEqual([['note', 'Leave a note']])
  expect(await submit('note', { fields: { title: '  CLA ', more: 'ignored' } })).toEqual({
    status: 200,
    body: { done: true, text: 'Noted.' },
  })
  expect(sent).toEqual([{ title: 'CLA', text: '' }])
})

test('it never sees what its fields do not allow', async () => {
  sent.length = 0
  const texts = async (fields: unknown) => (await submit('note', { fields })).body
  expect(await texts({ title: ' ' })).toEqual({ done: false, text: 'Title is needed.' })
  expect(await texts({})).toEqual({ done: false, text: 'Title is needed.' })
  expect(await texts({ title: 'x'.repeat(11) })).toEqual({
    done: false,
    text: 'Title has 11 characters; 10 fit.',
  })
  expect((await submit('note', { fields: { title: 7 } })).status).toBe(400)
  expect((await submit('note', {})).status).toBe(400)
  expect((await submit('other', { fields: { title: 'x' } })).status).toBe(404)
  expect(sent).toEqual([])
})

test('a form that fails is a bug, and is told as one', async () => {
  const answer = await submit('note', { fields: { title: 'bug' } })
  expect(answer).toMatchObject({ status: 500, body: { error: 'the sandbox has a bug' } })
  expect(bugs).toHaveLength(1)
})
