const directions = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Without bidirectional control characters, which would change how the text and its surroundings are displayed. */
export const withoutDirections = (text: string): string => text.replace(directions, '')

const unfolded = /[^ -~]| {2}|^ | $/

/**
 * White space, control characters and the byte order mark become single spaces; lone surrogates become U+FFFD;
 * bidirectional control characters are removed. Databases and Discord reject some of them, and none is part of a
 * title or abstract.
 */
export function foldSpace(text: string): string {
  if (!unfolded.test(text)) return text
  return (
    withoutDirections(text)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
      .replace(/[\s\u0000-\u001f\u007f-\u009f\ufeff]+/g, ' ')
      .trim()
      .toWellFormed()
  )
}

const spelled: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'Ae',
  œ: 'oe',
  Œ: 'Oe',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  þ: 'th',
  Þ: 'Th',
  ı: 'i',
}

/** Latin letters without their accents, for slugs and citation keys; other scripts are unchanged. */
export function asciiOf(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[ßæÆœŒøØłŁđĐðþÞı]/g, letter => spelled[letter] ?? letter)
}
