import { html, type TemplateResult } from 'lit'
import { icons } from './icons.ts'
import { openPopup } from './popup.ts'

const themes = ['system', 'light', 'dark'] as const
type Theme = (typeof themes)[number]

const labels: Readonly<Record<Theme, string>> = {
  system: 'As the system has it',
  light: 'Light',
  dark: 'Dark',
}

/** Under which name this browser remembers the choice. */
const key = 'theme'

const isTheme = (text: unknown): text is Theme => themes.some(theme => theme === text)

/** What was chosen last in this browser; the system's where nothing was, or where nothing may be stored. */
function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(key)
    return isTheme(stored) ? stored : 'system'
  } catch {
    return 'system'
  }
}

function show(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme
}

function choose(theme: Theme): void {
  show(theme)
  try {
    localStorage.setItem(key, theme)
  } catch {
    // Without a store the choice holds until the page is left.
  }
}

/** Shows what was chosen, and follows other pages of this browser. */
export function startTheme(): void {
  show(storedTheme())
  addEventListener('storage', event => {
    if (event.key === key) show(storedTheme())
  })
}

export function openThemes(event: MouseEvent): void {
  openPopup(event.currentTarget as Element, menu, { label: 'Theme' })
}

function menu(close: () => void): TemplateResult {
  const current = document.documentElement.dataset['theme']
  return html`${themes.map(theme => {
    const pick = () => {
      choose(theme)
      close()
    }
    return html`<button type="button" class="item" role="menuitemradio" aria-checked=${theme === current} @click=${pick}>
      <span>${labels[theme]}</span>${theme === current ? icons.check : ''}
    </button>`
  })}`
}
