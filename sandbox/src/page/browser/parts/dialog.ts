import { nothing, render, type TemplateResult } from 'lit'

/** Opens a form in front of the page. Focus stays inside until `close`, Escape, and goes back after. */
export function openDialog(label: string, content: (close: () => void) => TemplateResult): void {
  const dialog = document.createElement('dialog')
  dialog.className = 'dialog'
  dialog.setAttribute('aria-label', label)
  dialog.addEventListener('close', () => {
    render(nothing, dialog)
    dialog.remove()
  })
  render(
    content(() => dialog.close()),
    dialog,
  )
  document.body.append(dialog)
  dialog.showModal()
}
