import { render } from 'lit'
import type { SandboxComposer } from './composer/composer.ts'
import type { Page } from './page.ts'
import { Refused } from './state/api.ts'
import { Boot } from './state/boot.ts'
import { channelName, isDirect } from './state/places.ts'
import { parseRoute } from './state/route.ts'
import { Session } from './state/session.ts'
import { app } from './view/app.ts'

/** How often relative times are told anew, and who stopped typing is noticed. */
const tick = 5000

function start(root: HTMLElement): void {
  const session = new Session(() => draw())
  const boot = new Boot(session)
  const composer = () => root.querySelector<SandboxComposer>('sandbox-composer')
  const page: Page = {
    session,
    boot,
    fill: text => composer()?.fill(text),
    reply: message => {
      session.update({ replyTo: message })
      composer()?.focusText()
    },
  }
  const draw = () => {
    render(app(page), root)
    document.title = title(session)
  }
  const enter = () =>
    boot.enter(parseRoute(location.hash)).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error
      session.update({ fatal: error.message })
    })
  addEventListener('hashchange', () => void enter())
  setInterval(() => session.update({ now: Date.now() }), tick)
  draw()
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

const root = document.getElementById('app')
if (root !== null) {
  root.replaceChildren()
  start(root)
}
