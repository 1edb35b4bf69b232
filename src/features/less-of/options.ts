import type { APIApplicationCommandStringOption } from 'discord-api-types/v10'
import { stringOption } from '../../bot/options.ts'
import { muteLength } from './less-of.ts'

/** The options of `mute`, in `/daily` and `/follow` alike. */
export const muteOptions: readonly APIApplicationCommandStringOption[] = [
  stringOption('word', 'A word, or several in a row', { max_length: muteLength }),
  stringOption('author', 'An author', { autocomplete: true, max_length: muteLength }),
]

export const mutedOption: APIApplicationCommandStringOption = stringOption(
  'muted',
  'A muted word or author',
  { required: true, autocomplete: true, max_length: muteLength },
)
