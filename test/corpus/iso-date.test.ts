import { describe, expect, test } from 'vitest'
import { isoDate } from '../../src/corpus/fields.ts'

const dates = (rows: Readonly<Record<string, string | undefined>>) =>
  test.each(Object.entries(rows))('%s', (text, right) => expect(isoDate.safeParse(text).data).toBe(right))

describe('dates as people and libraries write them', () => {
  dates({
    '12 March 2021': '2021-03-12',
    '12/Mar/2021': '2021-03-12',
    '2021, March 12': '2021-03-12',
    'Epub 2021 Mar 12': '2021-03-12',
    'May 2021 (online)': '2021-05',
    '2021.0': '2021',
  })
})

describe('a year with a mark', () => {
  dates({ '[1999]': '1999', '(1999)': '1999', '1999a': '1999', '1999 (in print)': '1999' })
})

describe('months in other languages', () => {
  dates({
    '12. März 2021': '2021-03-12',
    'Mai 2021': '2021-05',
    'Dez. 2021': '2021-12',
    '1 août 2021': '2021-08-01',
    'juin 2021': '2021-06',
    'juillet 2021': '2021-07',
    'gennaio 2021': '2021-01',
    'mei 2021': '2021-05',
    '2021年3月12日': '2021-03-12',
    '2021年': '2021',
  })
})

describe('what is no date', () => {
  dates({
    '04/05/2021': undefined,
    '2021-13-01': undefined,
    '31 avril 2021': undefined,
    'May-June 2021': undefined,
    'c. 1999': undefined,
    '05/2021': undefined,
    'in press': undefined,
    'n.d.': undefined,
    "March '21": undefined,
    '2021年13月': undefined,
    'out of print 2021': undefined,
  })
})
