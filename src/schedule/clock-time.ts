export interface ClockTime {
  readonly hour: number
  readonly minute: number
}

const named: Readonly<Record<string, number>> = {
  noon: 12,
  midday: 12,
  '12 noon': 12,
  mittag: 12,
  midi: 12,
  midnight: 0,
  '12 midnight': 0,
  mitternacht: 0,
  minuit: 0,
}

/** Words of a time of day that say which half of it is meant. */
const halves: Readonly<Record<string, 'a' | 'p'>> = { morning: 'a', afternoon: 'p', evening: 'p' }

const past = /^(half|quarter|\d{1,2}(?: min(?:utes?)?)?) (past|to) (.{1,20})$/
const digits = /^(\d{1,2})(?:\s?(?:[:.h]|uhr)\s?(\d{2})(?::00)?|(?<=^\d\d)(\d{2}))?(.{0,20})$/
const ending =
  /^\s?(?:o['’]?\s?clock|h|hrs?|hours?|uhr)?(?:\s?(?:([ap])\.?\s?m\.?|in the (morning|afternoon|evening)))?$/

/**
 * A time of day as people write one: `9`, `at 9`, `09:30`, `0930`, `9.30`, `21h`, `18 Uhr`, `9 o’clock`, `5 pm`, `9 a.m.`,
 * `half past 9`, `noon`. Without a half of the day, hours are those of 24.
 * @returns undefined for anything else, and for what may mean several times
 */
export function clockTime(typed: string): ClockTime | undefined {
  const text = typed.normalize('NFKC').slice(0, 40).trim().toLowerCase().replace(/\s+/gu, ' ')
  const bare = text.replace(/^(?:at|um|à|@) ?(?=.)/u, '')
  if (Object.hasOwn(named, bare)) return { hour: named[bare] ?? 0, minute: 0 }
  const [, part = '', direction, rest = ''] = past.exec(bare) ?? []
  return direction === undefined ? written(bare) : beside(part, direction, rest)
}

function written(text: string): ClockTime | undefined {
  const [, hours = '', apart, together, rest = ''] = digits.exec(text) ?? []
  const end = ending.exec(rest)
  if (hours === '' || end === null) return undefined
  const half = end[1] ?? halves[end[2] ?? '']
  const said = Number(hours)
  const minute = Number(apart ?? together ?? 0)
  if (half !== undefined && (said < 1 || said > 12)) return undefined
  const hour = half === undefined ? said : (said % 12) + (half === 'p' ? 12 : 0)
  return hour > 23 || minute > 59 ? undefined : { hour, minute }
}

/** `half past 9`, `quarter to 10 pm`. */
function beside(part: string, direction: string, rest: string): ClockTime | undefined {
  const at = Object.hasOwn(named, rest) ? { hour: named[rest] ?? 0, minute: 0 } : written(rest)
  const minutes = part === 'half' ? 30 : part === 'quarter' ? 15 : Number.parseInt(part, 10)
  if (at === undefined || at.minute !== 0 || minutes > 59 || (part === 'half' && direction === 'to'))
    return undefined
  const day = 24 * 60
  const total = (at.hour * 60 + (direction === 'past' ? minutes : -minutes) + day) % day
  return { hour: Math.floor(total / 60), minute: total % 60 }
}
