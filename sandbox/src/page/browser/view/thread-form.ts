import { html, nothing, type TemplateResult } from 'lit'
import type { MessageView } from '../../../person-api.ts'
import type { Page } from '../page.ts'
import { openDialog } from '../parts/dialog.ts'
import { type NewThread, startThread } from '../state/messages.ts'

export interface Tag {
  readonly id: string
  readonly name: string
}

/** Asks for a thread's name and starts it on a message. */
export function askThread(message: MessageView, page: Page): void {
  const name = [...(message.content || (message.embeds[0]?.title ?? 'Thread'))].slice(0, 60).join('')
  const send = (thread: NewThread) => open(page, message.channel_id, { ...thread, message: message.id })
  openDialog('Create thread', close =>
    form({ heading: 'Create thread', name, post: false, tags: [], close, send }),
  )
}

/** Asks for a forum's new post. */
export function askPost(channelId: string, tags: readonly Tag[], page: Page): void {
  const send = (thread: NewThread) => open(page, channelId, thread)
  openDialog('New post', close => form({ heading: 'New post', name: '', post: true, tags, close, send }))
}

async function open(page: Page, channelId: string, thread: NewThread): Promise<void> {
  const made = await startThread(page.session, channelId, thread)
  if (made !== undefined) await page.goTo(made.id)
}

interface Form {
  readonly heading: string
  readonly name: string
  readonly post: boolean
  readonly tags: readonly Tag[]
  readonly close: () => void
  readonly send: (thread: NewThread) => Promise<void>
}

function form({ heading, name, post, tags, close, send }: Form): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget as HTMLFormElement)
    const content = String(data.get('content') ?? '').trim()
    const chosen = data.getAll('tag').map(String)
    close()
    void send({
      name: String(data.get('name')).trim(),
      ...(content === '' ? {} : { content }),
      ...(chosen.length === 0 ? {} : { tags: chosen }),
    })
  }
  return html`<form @submit=${submit}>
    <h2>${heading}</h2>
    <label>${post ? 'Title' : 'Thread name'}
      <input name="name" required maxlength="100" pattern=".*\\S.*" .defaultValue=${name} autocomplete="off" />
    </label>
    ${post ? html`<label>Message <textarea name="content" required maxlength="2000"></textarea></label>` : nothing}
    ${tags.length === 0 ? nothing : tagChoice(tags)}
    <footer>
      <button type="button" class="button ghost" @click=${close}>Cancel</button>
      <button class="button primary">${post ? 'Post' : 'Create thread'}</button>
    </footer>
  </form>`
}

const tagChoice = (tags: readonly Tag[]) =>
  html`<fieldset class="tags">
    <legend>Tags</legend>
    ${tags.map(tag => html`<label class="tag-choice"><input type="checkbox" name="tag" value=${tag.id} /><span>${tag.name}</span></label>`)}
  </fieldset>`
