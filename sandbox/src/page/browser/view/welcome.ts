import { html, nothing, type TemplateResult } from 'lit'
import type { Page } from '../page.ts'
import { avatar } from '../parts/avatar.ts'
import { icons } from '../parts/icons.ts'
import { channelName, isDirect, isThread, recipientOf, topicOf, userName } from '../state/channels.ts'

/** The top of a channel's history: where one is, and what to try here. */
export function welcome(page: Page): TemplateResult {
  const { channel } = page.session
  if (channel === undefined) return html``
  const name = channelName(channel)
  const recipient = recipientOf(channel)
  if (isDirect(channel))
    return html`<section class="welcome">
      ${recipient === undefined ? nothing : avatar(recipient, 'l')}
      <h1>${name}</h1>
      <p>This is the beginning of your direct messages with ${name}.</p>
      ${recipient?.bot === true ? tries(page) : nothing}
    </section>`
  const kind = isThread(channel) ? icons.thread : icons.hash
  return html`<section class="welcome">
    <span class="place">${kind}</span>
    <h1>${isThread(channel) ? name : `Welcome to #${name}!`}</h1>
    <p>${topicOf(channel) ?? (isThread(channel) ? 'The start of this thread.' : `The start of #${name}.`)}</p>
    ${isThread(channel) ? nothing : tries(page)}
  </section>`
}

function tries(page: Page): unknown {
  const { info, commands, channelId = '', online } = page.session.state
  if (info === undefined || page.session.channel?.canSend !== true) return nothing
  const bot = userName(info.bot)
  const names = new Set((commands.get(channelId) ?? []).map(({ name }) => name))
  if (names.size === 0)
    return html`<p class="tries" role="status">
      ${online ? `${bot} has no commands here yet.` : `${bot} is not connected yet: its commands appear here when it is.`}
    </p>`
  return html`<div class="tries">
    <p>Try <b>${bot}</b>: press one to put it in the line below, then Enter.</p>
    <ul>
      ${examplesFor(names, bot).map(
        text =>
          html`<li><button type="button" class="try" @click=${() => page.fill(text)}>${text.trim()}</button></li>`,
      )}
    </ul>
  </div>`
}

/** What a newcomer can try, shown where the bot has the command. `@` stands for the bot's name. */
const examples: readonly { readonly command?: string; readonly text: string }[] = [
  { command: 'paper', text: '/paper kv cache' },
  { command: 'ask', text: '/ask How can the memory of the KV cache be reduced?' },
  { command: 'related', text: '/related ' },
  { text: '@ hello' },
  { command: 'help', text: '/help ' },
]

function examplesFor(commands: ReadonlySet<string>, bot: string): readonly string[] {
  return examples
    .filter(({ command }) => command === undefined || commands.has(command))
    .map(({ text }) => (text.startsWith('@') ? `@${bot}${text.slice(1)}` : text))
}
