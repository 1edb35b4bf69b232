import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { offsetAt, zoneNames } from '../../src/view/zone-names.ts'
import { parseZone, suggestZones } from '../../src/view/zones.ts'

const winter = new Date('2026-11-23T12:00:00Z')
const summer = new Date('2026-07-01T12:00:00Z')
const values = (typed: string, locale = 'en-US', at = winter) =>
  suggestZones(typed, locale, at).map(choice => choice.value)

describe('suggestZones', () => {
  it('begins with the member’s own region when nothing is typed', () => {
    expect(values('', 'de')[0]).toBe('Europe/Berlin')
    expect(values('', 'ja')[0]).toBe('Asia/Tokyo')
    expect(values('', 'en-US').slice(0, 2)).toEqual(['America/New_York', 'America/Los_Angeles'])
    expect(values('', 'es-419')).toContain('America/Mexico_City')
  })

  it('offers the zones that many live in to a language without a country', () => {
    for (const locale of ['eo', 'ia', 'en-001'])
      for (const value of values('', locale)) expect(parseZone(value, locale, winter)).toBe(value)
    expect(values('', 'eo')[0]).toBe('America/New_York')
  })

  it('finds a city by its beginning, without accents and under its former name', () => {
    expect(values('ber', 'de')[0]).toBe('Europe/Berlin')
    expect(values('São p', 'en-GB')[0]).toBe('America/Sao_Paulo')
    expect(values('new y')[0]).toBe('America/New_York')
    expect(values('calcutta')).toEqual(['Asia/Kolkata'])
    expect(values('kiev')).toEqual(['Europe/Kyiv'])
  })

  it('finds a large city by the zone that it keeps the time of', () => {
    expect(values('mumbai')).toEqual(['Asia/Kolkata'])
    expect(values('san fran')[0]).toBe('America/Los_Angeles')
    expect(values('köln', 'de')).toEqual(['Europe/Berlin'])
    expect(parseZone('Beijing', 'en-US', winter)).toBe('Asia/Shanghai')
    expect(parseZone('Edinburgh', 'en-US', winter)).toBe('Europe/London')
    expect(parseZone('Oxford, UK', 'en-US', winter)).toBe('Europe/London')
    expect(parseZone('tübingen', 'en-US', winter)).toBe('Europe/Berlin')
    // One in California, one in Costa Rica; one in England, one in Massachusetts.
    for (const name of ['San Jose', 'Cambridge', 'Springfield'])
      expect(parseZone(name, 'en-US', winter)).toBeUndefined()
    // A city of the name itself comes first.
    expect(values('ber', 'en-GB')[0]).toBe('Europe/Berlin')
  })

  it('finds a country in English and in the member’s language', () => {
    expect(values('germany')).toEqual(['Europe/Berlin', 'Europe/Busingen'])
    expect(values('deutschl', 'de')[0]).toBe('Europe/Berlin')
  })

  it('finds an offset as it is at that time', () => {
    expect(values('+5:30')).toContain('Asia/Kolkata')
    expect(values('utc+1')).toContain('Europe/Berlin')
    expect(values('utc+1', 'de', summer)).not.toContain('Europe/Berlin')
    expect(values('GMT -3', 'pt-BR')[0]).toBe('America/Sao_Paulo')
  })

  it('prefers the member’s region among equals', () => {
    expect(values('europe', 'fr')[0]).toBe('Europe/Paris')
  })

  it('offers 25 names at most, all known and within Discord’s limits, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 80 }),
        fc.string({ maxLength: 8 }),
        (typed, locale) => {
          const choices = suggestZones(typed, locale, winter)
          expect(choices.length).toBeLessThanOrEqual(25)
          for (const { name, value } of choices) {
            expect(name.length).toBeLessThanOrEqual(100)
            expect(parseZone(value, locale, winter)).toBe(value)
          }
        },
      ),
    )
  })
})

describe('parseZone', () => {
  it('takes names in any case and spelling, and gives today’s', () => {
    expect(parseZone('europe/berlin', 'en-US', winter)).toBe('Europe/Berlin')
    expect(parseZone('America/New York', 'en-US', winter)).toBe('America/New_York')
    expect(parseZone('Asia/Calcutta', 'en-US', winter)).toBe('Asia/Kolkata')
    expect(parseZone('US/Pacific', 'en-US', winter)).toBe('America/Los_Angeles')
    expect(parseZone('utc', 'en-US', winter)).toBe('UTC')
  })

  it('takes a city, and what leads to one zone only', () => {
    expect(parseZone('Berlin', 'en-US', winter)).toBe('Europe/Berlin')
    expect(parseZone('new york', 'en-US', winter)).toBe('America/New_York')
    expect(parseZone('japan', 'en-US', winter)).toBe('Asia/Tokyo')
  })

  it('does not guess', () => {
    for (const typed of [
      '',
      '  ',
      'EST',
      '+05:30',
      'united states',
      'Mars/Olympus',
      '../etc',
      'x'.repeat(5000),
    ])
      expect(parseZone(typed, 'en-US', winter)).toBeUndefined()
  })

  it('knows every name it offers', () => {
    for (const zone of zoneNames()) expect(parseZone(zone, 'en-US', winter)).toBe(zone)
  })
})

describe('offsetAt', () => {
  it('follows summer time and odd zones', () => {
    expect(offsetAt('Europe/Berlin', winter)).toBe(60)
    expect(offsetAt('Europe/Berlin', summer)).toBe(120)
    expect(offsetAt('America/St_Johns', winter)).toBe(-210)
    expect(offsetAt('Asia/Kathmandu', winter)).toBe(345)
    expect(offsetAt('UTC', winter)).toBe(0)
  })
})
