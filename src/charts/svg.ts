import { sizes, type Theme } from './theme.ts'

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text as a part of SVG; characters that XML cannot hold are left out. */
export const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
    .replace(/[\u0000-\u001f\u007f-\u009f\ufffe\uffff]/g, ' ')
    .replace(/[&<>"]/g, mark => marks[mark] ?? '')

/** An element; attributes that are undefined are left out, numbers have one decimal at most. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  content = '',
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) => ` ${key}="${typeof value === 'number' ? rounded(value) : escapeXml(String(value))}"`,
    )
    .join('')
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`
}

const rounded = (value: number): string => String(Math.round(value * 10) / 10)

export interface TextOptions {
  readonly size?: number
  readonly weight?: 400 | 700
  readonly color: string
  readonly anchor?: 'start' | 'middle' | 'end'
  /** A line around the letters, which keeps them readable over dots. */
  readonly halo?: string
}

export const textAt = (x: number, y: number, text: string, options: TextOptions): string =>
  element(
    'text',
    {
      x,
      y,
      'font-size': options.size ?? sizes.small,
      'font-weight': options.weight,
      'text-anchor': options.anchor,
      fill: options.color,
      stroke: options.halo,
      'stroke-width': options.halo === undefined ? undefined : 8,
      'stroke-linejoin': options.halo === undefined ? undefined : 'round',
      'paint-order': options.halo === undefined ? undefined : 'stroke',
    },
    escapeXml(text) || ' ',
  )

/** About how wide a text is, in pixels: the font's letters are .53 of their size on average, capitals more. */
export const widthOf = (text: string, size: number): number =>
  [...text].reduce((sum, letter) => sum + (/[\p{Lu}mwMW%@]/u.test(letter) ? 0.68 : 0.53), 0) * size

/** The text, or its beginning with an ellipsis, in `width` pixels. */
export function fitted(text: string, size: number, width: number): string {
  if (widthOf(text, size) <= width) return text
  const letters = [...text]
  while (letters.length > 0 && widthOf(`${letters.join('')}…`, size) > width) letters.pop()
  return `${letters.join('').trimEnd()}…`
}

/** A whole picture. Nothing in it is fetched: it names no address. */
export const picture = (theme: Theme, width: number, height: number, content: readonly string[]): string =>
  element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      'font-family': 'Roboto',
    },
    element('rect', { width, height, fill: theme.background }) + content.join('\n'),
  )
