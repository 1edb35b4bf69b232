/** Brings a message into view and puts the focus on it; nothing happens where it is not loaded. */
export function jumpTo(id: string): void {
  const target = document.getElementById(`message-${id}`)
  target?.closest('sandbox-log')?.dispatchEvent(new Event('jump'))
  target?.scrollIntoView({ block: 'center' })
  target?.focus()
}
