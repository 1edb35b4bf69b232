import { asciiOf } from './text.ts'

/** What pages write before a date. */
const occasion =
  /^(?:first )?(?:submitted|received|revised|accepted|posted|published|available|epub)(?: online)?(?: on)?[: ] ?/i

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const monthWord = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}'
const monthName = String.raw`(?<month>${monthWord})\.?`
const day = String.raw`(?<day>\d{1,2})(?:st|nd|rd|th|\.)?`
const year = String.raw`(?<year>\d{4})`
const month = '(?<month>0?[1-9]|1[0-2])'
const dayAfter12 = String.raw`(?<day>1[3-9]|2\d|3[01])`
const season = '(?:spring|summer|autumn|fall|winter)'
/** A date as people and libraries write it; of numbers before the year only one above 12 tells which is the day. */
const forms = [
  `${dayAfter12}[./-]${month}[./-]${year}|${month}[/-]${dayAfter12}[/-]${year}`,
  String.raw`${year}[-/.](?<month>\d{1,2})(?:[-/.](?<day>\d{1,2}))?`,
  String.raw`${year}(?<month>\d{2})(?<day>\d{2})`,
  String.raw`${year}年(?:(?<month>\d{1,2})月(?:(?<day>\d{1,2})日)?)?`,
  `(?:[a-z]{3,9},? )?${day}[ /-]${monthName},?[ /-]${year}`,
  `(?:[a-z]{3,9},? )?${monthName} ${day},? ${year}`,
  `${year},? ${monthName}(?: ${day})?`,
  `${monthName},? ${year}`,
  `${season},? ${year}|${year},? ${season}`,
].map(pattern => new RegExp(`^(?:${pattern})$`, 'i'))

/** How months begin in German, French, Italian and Dutch, where not as in English. */
const foreign: Readonly<Record<string, string>> = {
  ...{ gen: 'jan', fev: 'feb', mrt: 'mar', maa: 'mar', avr: 'apr', mai: 'may', mag: 'may', mei: 'may' },
  ...{ giu: 'jun', juin: 'jun', lug: 'jul', juil: 'jul', ago: 'aug', aou: 'aug', set: 'sep' },
  ...{ ott: 'oct', okt: 'oct', dez: 'dec', dic: 'dec' },
}
const foreignMonth = new RegExp(`(?<![a-z])(${Object.keys(foreign).join('|')})[a-z]{0,7}(?![a-z])`, 'gi')

/** Without brackets, a remark or a mark that tells works of one year apart. */
const plain = (text: string): string =>
  text
    .replace(/^[([](.{4,60})[)\]]$/, '$1')
    .replace(/ \([^()]{1,40}\)$/, '')
    .replace(/(?<=\d)\.0?$/, '')
    .replace(/^(\d{4})[a-z]$/, '$1')

const inEnglish = (text: string): string =>
  /[^\d\s.,:/-]/.test(text)
    ? asciiOf(text).replace(foreignMonth, (_, name: string) => foreign[name.toLowerCase()] ?? name)
    : text

/** In ISO 8601. No day or month is made up, and an impossible one makes the whole date invalid. */
export function isoDateOf(written: string): string | undefined {
  // Zeros mean an unknown month or day.
  const text = plain(written.replace(occasion, '')).replace(/^(\d{4}(?:-(?!00)\d\d)?)(?:-00){1,2}$/, '$1')
  if (/^\d{4}$/.test(text)) return Number(text) < 1000 ? undefined : text
  if (/^\d{4}-\d\d-\d\d[T ]\d/.test(text) || /\d{1,2}:\d\d/.test(text)) return instantOf(text)
  const known = [text, inEnglish(text)]
  const groups = known
    .flatMap(one => forms.map(pattern => pattern.exec(one)?.groups))
    .find(found => found !== undefined)
  if (groups === undefined) return undefined
  const { year: y = '', month, day: d } = groups
  const number =
    month === undefined || /^\d/.test(month)
      ? Number(month ?? 0)
      : months.indexOf(month.slice(0, 3).toLowerCase()) + 1
  if (month === undefined) return y
  const date = [y, String(number).padStart(2, '0'), ...(d === undefined ? [] : [d.padStart(2, '0')])].join(
    '-',
  )
  return isReal(date) ? date : undefined
}

function isReal(date: string): boolean {
  const whole = date.length === 7 ? `${date}-01` : date
  const time = new Date(`${whole}T00:00:00Z`)
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(whole)
}

function instantOf(text: string): string | undefined {
  const iso = /^(\d{4}-\d\d-\d\d)[T ]/.exec(text)
  if (iso !== null && !isReal(iso[1] ?? '')) return undefined
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return Number.isNaN(Date.parse(text)) ? undefined : text
  // For all-numeric dates the engine could confuse day and month; without a zone it would assume the machine's, not
  // UTC.
  if (!/\d{4}/.test(text) || /^\d{1,2}[/.-]\d/.test(text)) return undefined
  const named = /\b(\d{1,2}) ([a-z]{3})[a-z]{0,6} (\d{4})\b/i.exec(text)
  if (named !== null && isoDateOf(named[0]) === undefined) return undefined
  const zoned = /(?:[+-]\d{2}:?\d{2}|\b[A-Z]{1,5})\)?$/.test(text) && !/\b[AP]M$/i.test(text)
  const instant = [Date.parse(zoned ? text : `${text} UTC`), Date.parse(text)].find(
    time => !Number.isNaN(time),
  )
  return instant === undefined ? undefined : new Date(instant).toISOString()
}
