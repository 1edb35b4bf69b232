type Style = 't' | 'T' | 'd' | 'D' | 'f' | 'F' | 'R'

const formats: Record<Exclude<Style, 'R'>, Intl.DateTimeFormatOptions> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
}

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

/** A point in time as Discord's `<t:SECONDS:STYLE>` shows it; an impossible one is undefined. */
export function timestampText(
  seconds: number,
  style: string | undefined,
  now: number,
  locale?: string,
): string | undefined {
  const date = new Date(seconds * 1000)
  if (Number.isNaN(date.getTime())) return undefined
  if (style === 'R') return relative(seconds - now / 1000, locale)
  const format = formats[(style ?? 'f') as Exclude<Style, 'R'>] ?? formats.f
  return new Intl.DateTimeFormat(locale, format).format(date)
}

function relative(difference: number, locale: string | undefined): string {
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  for (const [unit, size] of units) {
    if (Math.abs(difference) >= size) return words.format(Math.trunc(difference / size), unit)
  }
  return words.format(Math.trunc(difference), 'second')
}

/** When a message was sent: the hour today, the day before that. */
export function sentText(iso: string, now: number, locale?: string): string {
  const date = new Date(iso)
  const hour = new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(date)
  if (date.toDateString() === new Date(now).toDateString()) return hour
  if (date.toDateString() === new Date(now - 86_400_000).toDateString()) return `Yesterday at ${hour}`
  return new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short' }).format(date)
}

export const fullText = (iso: string, locale?: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' }).format(new Date(iso))
