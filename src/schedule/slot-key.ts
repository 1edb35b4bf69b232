/**
 * What names a slot on Discord's side: it is the nonce of the slot's message, and the first argument of its buttons'
 * custom ids, where it can still be read when the nonce is long forgotten. Made of [a-z0-9-], 25 characters at most.
 * @param date a slot's date: 2026-11-23, or 2026-11-23+1 for an extra post
 */
export const slotKeyOf = (scheduleId: string, date: string): string =>
  `${scheduleId}-${date.replaceAll('-', '').replace('+', '-')}`

/** Whether one of a message's custom ids carries the mark. */
export const carries = (customIds: readonly string[], slotKey: string): boolean =>
  customIds.some(id => id.split(/[:,]/).includes(slotKey))
