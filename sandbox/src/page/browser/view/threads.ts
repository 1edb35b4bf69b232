import { html, nothing, type TemplateResult } from 'lit'
import type { ChannelView, MessageView } from '../../../person-api.ts'
import { sentText } from '../markdown/time.ts'
import type { Page } from '../page.ts'
import { icons } from '../parts/icons.ts'
import { openDialog } from '../parts/popup.ts'
import { channelById, channelName, may, threadsOf, topicOf } from '../state/channels.ts'
import { type NewThread, startThread } from '../state/messages.ts'

/** The way into a thread that hangs on a message; it has the message's id. */
export function threadLink(message: MessageView, page: Page): unknown {
  const { overview, channelId } = page.session.state
  if (message.id === channelId || overview === undefined) return nothing
  const thread = channelById(overview, message.thread?.id ?? message.id)
  if (thread === undefined) return nothing
  return html`<button type="button" class="thread-link" @click=${() => void page.goTo(thread.id)}>
    ${icons.thread}<span><b>${channelName(thread)}</b> <small>${countText(thread)}</small></span>
  </button>`
}

function countText(thread: ChannelView): string {
  const count = ('message_count' in thread ? thread.message_count : undefined) ?? 0
  return count === 0 ? 'Open the thread' : `${count} ${count === 1 ? 'message' : 'messages'} ›`
}

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
function askPost(channelId: string, tags: readonly Tag[], page: Page): void {
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

/** A forum: its posts, newest first. */
export function forum(channel: ChannelView, page: Page): TemplateResult {
  const { guild } = page.session
  const posts = guild === undefined ? [] : threadsOf(guild, channel.id)
  const tags = tagsOf(channel)
  return html`<div class="forum">
    <div class="forum-head">
      <p>${topicOf(channel) ?? ''}</p>
      ${
        may(channel, 'SendMessages')
          ? html`<button type="button" class="button primary" @click=${() => askPost(channel.id, tags, page)}>${icons.plus} New post</button>`
          : nothing
      }
    </div>
    ${posts.length === 0 ? html`<p class="empty">There are no posts in this forum yet.</p>` : nothing}
    <ul class="posts">
      ${posts.map(post => html`<li>${entry(post, tags, page)}</li>`)}
    </ul>
  </div>`
}

const tagsOf = (channel: ChannelView): readonly Tag[] =>
  'available_tags' in channel ? channel.available_tags : []

function entry(post: ChannelView, tags: readonly Tag[], page: Page) {
  const applied = 'applied_tags' in post ? (post.applied_tags ?? []) : []
  const made = 'thread_metadata' in post ? post.thread_metadata?.create_timestamp : undefined
  const count = ('message_count' in post ? post.message_count : undefined) ?? 0
  return html`<button type="button" class="post" @click=${() => void page.goTo(post.id)}>
    <span class="post-tags">${tags.filter(({ id }) => applied.includes(id)).map(({ name }) => html`<span class="post-tag">${name}</span>`)}</span>
    <b>${channelName(post)}</b>
    <small>${[made == null ? '' : sentText(made, page.session.state.now), messagesText(count)].filter(text => text !== '').join(' · ')}</small>
  </button>`
}

const messagesText = (count: number) =>
  count === 0 ? '' : `${count} ${count === 1 ? 'message' : 'messages'}`
