/** What both databases can hold: Postgres takes neither NUL nor lone surrogates. */
export const sanitizeText = (text: string): string => text.replaceAll('\0', '').toWellFormed()
