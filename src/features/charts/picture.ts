import { z } from 'zod'
import { stringOption } from '../../bot/options.ts'
import { pngOf } from '../../charts/png.ts'
import { themes } from '../../charts/theme.ts'
import type { Attachment } from '../../view/reply.ts'

/** The `theme` option that pictures share: Discord does not tell which one a member uses. */
export const themeOption = stringOption('theme', 'Colours of the picture; dark when left out', {
  choices: [
    { name: 'dark', value: 'dark' },
    { name: 'light', value: 'light' },
  ],
})
export const theme = z
  .enum(['dark', 'light'])
  .default('dark')
  .transform(name => themes[name])

/** Papers that a picture of more than memory holds is drawn from: a share of a tenth is told within two in a hundred. */
export const sampledPapers = 1_000

/** What Discord takes. */
const longestDescription = 1_000

/** @throws Failure `limit` when drawing takes too long */
export const pictureOf = async (name: string, svg: string, description: string): Promise<Attachment> => ({
  name: `${name}.png`,
  data: await pngOf(svg),
  description: description.slice(0, longestDescription).toWellFormed(),
})
