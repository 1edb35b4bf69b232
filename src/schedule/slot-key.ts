/**
 * A slot's idempotency key: the nonce of the slot's message, and the first argument of its buttons' custom ids, where
 * it can still be read when Discord has forgotten the nonce. Made of [a-z0-9-], at most 25 characters.
 * @param date a slot's date: 2026-11-23, or 2026-11-23+1 for an extra post
 */
export const slotKeyOf = (scheduleId: string, date: string): string =>
  `${scheduleId}-${date.replaceAll('-', '').replace('+', '-')}`

/** Whether one of a message's custom ids carries the slot key. */
export const carries = (customIds: readonly string[], slotKey: string): boolean =>
  customIds.some(id => id.split(/[:,]/).includes(slotKey))
