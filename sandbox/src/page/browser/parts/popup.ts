import { nothing, render, type TemplateResult } from 'lit'

export type Anchor = Element | { readonly x: number; readonly y: number }

interface Options {
  readonly label: string
  readonly role?: 'menu' | 'dialog'
  /** Above the anchor where there is room; else below. */
  readonly above?: boolean
  readonly className?: string
}

/**
 * Opens a small window beside what was pressed: in the top layer, closed by Escape or a press elsewhere, and gone
 * from the page then. Focus goes in, and back to where it was. Returns what closes it.
 */
export function openPopup(
  anchor: Anchor,
  content: (close: () => void) => TemplateResult,
  options: Options,
): () => void {
  const before = document.activeElement
  const popup = document.createElement('div')
  popup.popover = 'auto'
  popup.className = `popup ${options.className ?? ''}`
  popup.setAttribute('role', options.role ?? 'menu')
  popup.setAttribute('aria-label', options.label)
  const close = () => {
    if (popup.matches(':popover-open')) popup.hidePopover()
  }
  popup.addEventListener('toggle', event => {
    if ((event as ToggleEvent).newState === 'open') return
    const inside = popup.contains(document.activeElement) || document.activeElement === document.body
    render(nothing, popup)
    popup.remove()
    if (inside && before instanceof HTMLElement && before.isConnected) before.focus()
  })
  popup.addEventListener('keydown', moveFocus)
  render(content(close), popup)
  // Inside a form that is open, for what lies outside it cannot be pressed; else inside a landmark.
  const form = anchor instanceof Element ? anchor.closest('dialog') : null
  const host = form ?? document.querySelector('main') ?? document.body
  host.append(popup)
  popup.showPopover()
  keepBeside(popup, anchor, options.above === true)
  stops(popup)[0]?.focus()
  return close
}

const gap = 6

/** Puts an open box beside its anchor and keeps it there while the page scrolls under it. */
export function keepBeside(box: HTMLElement, anchor: Anchor, above = false): void {
  const again = () => {
    if (box.matches(':popover-open')) place(box, anchor, above)
    else watched.abort()
  }
  const watched = new AbortController()
  addEventListener('scroll', again, { capture: true, signal: watched.signal })
  addEventListener('resize', again, { signal: watched.signal })
  place(box, anchor, above)
}

function place(box: HTMLElement, anchor: Anchor, above: boolean): void {
  const at =
    anchor instanceof Element
      ? anchor.getBoundingClientRect()
      : { left: anchor.x, right: anchor.x, top: anchor.y, bottom: anchor.y }
  const { width, height } = box.getBoundingClientRect()
  const below = at.bottom + gap
  const over = at.top - gap - height
  const fitsBelow = below + height <= innerHeight - gap
  const top = (above && over >= gap) || !fitsBelow ? Math.max(gap, over) : below
  const left = Math.max(gap, Math.min(at.left, innerWidth - width - gap))
  box.style.setProperty('left', `${left}px`)
  box.style.setProperty('top', `${Math.min(top, Math.max(gap, innerHeight - height - gap))}px`)
}

const stops = (box: HTMLElement) => [
  ...box.querySelectorAll<HTMLElement>('button:not([disabled]), input, textarea, select, a[href]'),
]

function moveFocus(event: KeyboardEvent): void {
  const box = event.currentTarget as HTMLElement
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  const typing = event.target instanceof HTMLElement && event.target.matches('textarea, select')
  if (step === undefined || typing) return
  event.preventDefault()
  const list = stops(box)
  const at = list.indexOf(document.activeElement as HTMLElement)
  list.at((at + step + list.length) % list.length)?.focus()
}

/**
 * Opens a form in front of the page. Focus stays inside until `close`, Escape, and goes back after. `redraw` shows what
 * has become of the content since.
 */
export function openDialog(
  label: string,
  content: (close: () => void, redraw: () => void) => TemplateResult,
): void {
  const dialog = document.createElement('dialog')
  dialog.className = 'dialog'
  dialog.setAttribute('aria-label', label)
  dialog.addEventListener('close', () => {
    render(nothing, dialog)
    dialog.remove()
  })
  const draw = () =>
    render(
      content(() => dialog.close(), draw),
      dialog,
    )
  draw()
  document.body.append(dialog)
  dialog.showModal()
}
