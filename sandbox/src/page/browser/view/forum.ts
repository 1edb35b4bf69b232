import { html, nothing, type TemplateResult } from 'lit'
import type { ChannelView } from '../../../person-api.ts'
import { sentText } from '../markdown/time.ts'
import type { Page } from '../page.ts'
import { icons } from '../parts/icons.ts'
import { channelName, may, threadsOf, topicOf } from '../state/places.ts'
import { askPost, type Tag } from './thread-form.ts'

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
    <small>${[made == null ? '' : sentText(made, page.session.state.now), countText(count)].filter(text => text !== '').join(' · ')}</small>
  </button>`
}

const countText = (count: number) => (count === 0 ? '' : `${count} ${count === 1 ? 'message' : 'messages'}`)
