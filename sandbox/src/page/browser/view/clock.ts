import { html, type TemplateResult } from 'lit'
import type { Page } from '../page.ts'
import { icons } from '../parts/icons.ts'
import { openPopup } from '../parts/popup.ts'
import { moveClock } from '../state/clock.ts'
import type { Session } from '../state/session.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const steps: readonly (readonly [label: string, ms: number])[] = [
  ['1 hour on', hour],
  ['1 day on', day],
  ['1 week on', 7 * day],
]
/** As far as the sandbox moves its clock at once. */
const furthest = 31 * day

const shown = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})

/** What time it is in the sandbox; a press moves it. */
export function clock({ session }: Page): TemplateResult {
  const { now, ahead, clockMoves } = session.state
  const text = shown.format(now)
  return html`<button
    type="button"
    class="clock ${ahead > minute ? 'ahead' : ''}"
    aria-label="Clock, ${text}"
    aria-haspopup="dialog"
    aria-busy=${clockMoves}
    title="The sandbox’s clock: press to move it"
    ?disabled=${clockMoves}
    @click=${(event: MouseEvent) => openClock(event, session)}
  >
    ${icons.clock}<time datetime=${new Date(now).toISOString()}>${text}</time>
  </button>`
}

function openClock(event: MouseEvent, session: Session): void {
  openPopup(event.currentTarget as Element, close => form(session, close), {
    label: 'The sandbox’s clock',
    role: 'dialog',
    className: 'clock-form',
  })
}

function form(session: Session, close: () => void): TemplateResult {
  const now = session.time()
  const move = (to: number) => {
    close()
    void moveClock(session, to)
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const to = Date.parse(String(new FormData(event.currentTarget as HTMLFormElement).get('to')))
    if (!Number.isNaN(to)) move(to)
  }
  return html`<h2>Move the clock</h2>
    <p class="note">The page and a bot that was started with it go on together. What is due on the way happens.</p>
    ${steps.map(([label, ms]) => html`<button type="button" class="item" @click=${() => move(session.time() + ms)}>${label}</button>`)}
    <form class="setting" @submit=${submit}>
      <label>To <input
        type="datetime-local"
        name="to"
        required
        min=${localTime(now + minute)}
        max=${localTime(now + furthest - minute)}
        .defaultValue=${localTime(now + hour)}
      /></label>
      <button class="button primary">Move</button>
    </form>`
}

/** As a field for a local time takes it, such as `2026-11-29T14:05`. */
function localTime(at: number): string {
  const offset = new Date(at).getTimezoneOffset() * minute
  return new Date(at - offset).toISOString().slice(0, 16)
}
