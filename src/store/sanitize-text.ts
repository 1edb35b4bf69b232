/** What both databases can hold: Postgres takes neither NUL nor lone surrogates. */
export const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed()
