/** Text for people to read. */
export function readable(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
