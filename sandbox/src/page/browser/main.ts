import { render } from 'lit'
import type { SandboxComposer } from './composer/composer.ts'
import type { Page } from './page.ts'
import { startTheme } from './parts/theme.ts'
import { Refused } from './state/api.ts'
import { Boot } from './state/boot.ts'
import { channelName, isDirect, parseRoute } from './state/channels.ts'
import { loadUpTo } from './state/load.ts'
import { Session } from './state/session.ts'
import { app } from './view/app.ts'
import { jumpTo } from './view/jump.ts'

/** How often relative times are told anew, and who stopped typing is noticed. */
const tick = 5000

function start(root: HTMLElement): void {
  const session = new Session(() => redraw())
  const boot = new Boot(session)
  const composer = () => root.querySelector<SandboxComposer>('sandbox-composer')
  // Where fingers type, a cursor in the line would cover half the page with a keyboard.
  const focus = () => matchMedia('(hover: hover)').matches && composer()?.focusText()
  const page: Page = {
    session,
    boot,
    goTo: async channel => {
      await boot.open(channel)
      focus()
    },
    jump: async (channel, message) => {
      await boot.open(channel)
      await loadUpTo(session, channel, message)
      requestAnimationFrame(() => jumpTo(message))
    },
    fill: text => composer()?.fill(text),
    reply: message => {
      session.update({ replyTo: message })
      composer()?.focusText()
    },
  }
  let filled = false
  const redraw = () => {
    render(app(page), root)
    if (!filled && composer() !== null) {
      filled = true
      focus()
    }
    document.title = title(session)
  }
  const enter = () => boot.enter(parseRoute(location.hash))
  addEventListener('unhandledrejection', ({ reason }) => {
    const text = reason instanceof Error ? reason.message : String(reason)
    if (session.state.overview === undefined) session.update({ fatal: text })
    else session.note('refused', reason instanceof Refused ? text : `This page made a mistake: ${text}`)
  })
  addEventListener('hashchange', () => void enter())
  setInterval(() => session.update({ now: session.time() }), tick)
  redraw()
  void enter()
}

function title({ state, channel, guild }: Session): string {
  const mark = channel !== undefined && isDirect(channel) ? '@' : '#'
  const place =
    channel === undefined
      ? ''
      : `${mark}${channelName(channel)}${guild === undefined ? '' : ` · ${guild.name}`} · `
  return `${state.unread.size > 0 ? `(${state.unread.size}) ` : ''}${place}Sandbox`
}

startTheme()
const root = document.getElementById('app')
if (root !== null) {
  root.replaceChildren()
  start(root)
}
