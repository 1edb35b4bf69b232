import type { Timing } from '../schedule/schedule.ts'

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const everyDay = '1234567'

/** Days of the week to choose from, by their ISO digits. */
export const dayChoices: readonly { readonly name: string; readonly value: string }[] = [
  { name: 'Every day', value: everyDay },
  { name: 'Monday to Friday', value: '12345' },
  ...weekdays.map((name, i) => ({ name: `On ${name}s`, value: String(i + 1) })),
]

/** Full hours to choose from. */
export const hourChoices: readonly { readonly name: string; readonly value: number }[] = Array.from(
  { length: 24 },
  (_, hour) => ({ name: clock(hour, 0), value: hour }),
)

function clock(hour: number, minute: number): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

/** ISO weekdays from digits such as 135; undefined when there is none. */
export function daysFrom(digits: string): number[] | undefined {
  const days = [...new Set(digits)].filter(digit => everyDay.includes(digit)).map(Number)
  return days.length === 0 ? undefined : days.sort()
}

export const digitsOf = (days: readonly number[]): string => [...days].sort().join('')

/** `every day`, `Monday to Friday`, `on Mondays`, `Mon, Wed, Fri`. */
function daysText(days: readonly number[]): string {
  const choice = dayChoices.find(({ value }) => value === digitsOf(days))
  if (choice !== undefined) return choice.name.replace(/^[EO]/u, letter => letter.toLowerCase())
  return [...days]
    .sort()
    .map(day => weekdays[day - 1]?.slice(0, 3) ?? '')
    .join(', ')
}

/** `08:00, Europe/Berlin, every day`. */
export const timingText = ({ hour, minute, zone, days }: Timing): string =>
  `${clock(hour, minute)}, ${zone.slice(0, 64)}, ${daysText(days)}`
