/** Colours of a picture, in hexadecimal. */
export interface Theme {
  readonly background: string
  readonly text: string
  /** For what is less important, still readable on the background. */
  readonly quiet: string
  readonly line: string
  /** Around what is marked. */
  readonly mark: string
  readonly onMark: string
  /** For up to ten groups; told apart in the usual kinds of colour blindness as far as ten colours can be. */
  readonly groups: readonly string[]
}

/** Okabe and Ito's colours, and four between them. */
const onLight = '#0072b2 #d55e00 #009e73 #cc79a7 #b8860b #4b4b9f #8c510a #5aa9d6 #7a7a7a #a6323e'.split(' ')
const onDark = '#56b4e9 #ff9d4d #35c9a1 #e39ac1 #f0e442 #a3a3f0 #d6a56b #8fd3ff #b0b0b0 #ff7d87'.split(' ')

export const themes = {
  light: {
    background: '#ffffff',
    text: '#1b1d21',
    quiet: '#565b66',
    line: '#d5d8de',
    mark: '#1b1d21',
    onMark: '#ffffff',
    groups: onLight,
  },
  dark: {
    background: '#1e1f22',
    text: '#f2f3f5',
    quiet: '#b5bac1',
    line: '#43464d',
    mark: '#ffffff',
    onMark: '#1b1d21',
    groups: onDark,
  },
} as const satisfies Readonly<Record<string, Theme>>

/** Pixels of a picture's side. Phones show it at some 350 points: text of 24 pixels is then as large as their small print. */
export const side = 1000

/** Sizes of letters, in pixels; none is smaller. */
export const sizes = { title: 38, label: 28, small: 24 } as const

/** The group's colour; groups beyond the tenth share them. */
export const colorOf = (theme: Theme, group: number): string =>
  theme.groups[group % theme.groups.length] ?? theme.text
