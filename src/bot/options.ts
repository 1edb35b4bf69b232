import type {
  APIApplicationCommandBasicOption,
  APIApplicationCommandBooleanOption,
  APIApplicationCommandStringOption,
  APIApplicationCommandSubcommandOption,
} from 'discord-api-types/v10'
import { ApplicationCommandOptionType } from 'discord-api-types/v10'
import { z } from 'zod'
import { paperRef } from '../corpus/ids.ts'
import type { Paper } from '../corpus/paper.ts'
import { readable } from '../corpus/readable.ts'
import { lengths } from '../lengths.ts'
import type { Library } from '../library/library.ts'
import { visible } from '../view/escape.ts'
import { decodeId } from '../view/ids.ts'
import { limits } from '../view/limits.ts'
import { label } from '../view/pieces.ts'
import { scopeChoices, scopes } from '../view/scopes.ts'
import type { AutocompleteInput, Choice, MessageSnapshot } from './command.ts'

export const text = z.string().transform(value => value.slice(0, lengths.typed))

/** The `private` option that commands share: the choice is the asker's, public by default. */
export const privateOption: APIApplicationCommandBooleanOption = {
  type: ApplicationCommandOptionType.Boolean,
  name: 'private',
  description: 'Only show the reply to me',
}
export const privately = z.boolean().default(false)

/** The `in` option that commands share: where to look. */
export const inOption: APIApplicationCommandStringOption = {
  type: ApplicationCommandOptionType.String,
  name: 'in',
  description: 'Where to look; everywhere when left out',
  choices: [...scopeChoices],
}
export const lookIn = z.enum(scopes).optional()

export const stringOption = (
  name: string,
  description: string,
  more: Partial<APIApplicationCommandStringOption> = {},
): APIApplicationCommandStringOption =>
  ({
    type: ApplicationCommandOptionType.String,
    name,
    description,
    ...more,
  }) as APIApplicationCommandStringOption

export const subcommand = (
  name: string,
  description: string,
  options: APIApplicationCommandBasicOption[] = [],
): APIApplicationCommandSubcommandOption => ({
  type: ApplicationCommandOptionType.Subcommand,
  name,
  description,
  options,
})

const chosen = 'paper:'

/** The value of a choice that names a paper. */
export const choiceOf = (paperId: string): string => chosen + paperRef(paperId)

/** Papers that match the typed text, as choices whose values name the paper itself. */
export async function suggestPapers({ text: typed }: AutocompleteInput, library: Library): Promise<Choice[]> {
  await library.search.prepare({ typed })
  return library.remember('suggest', typed, () =>
    library.search.suggest(typed, limits.choices).map(({ paper }) => ({
      name: label(readable(paper.title)),
      value: choiceOf(paper.id),
    })),
  )
}

/**
 * All papers that a message leads to, best first: those of its menu, and the one that it shows, which its menu leaves out.
 * @param place of the one that it shows among them, from 0, as the menu's custom id says
 * @param shows names the button whose first argument is that paper
 */
export function papersAround(
  message: MessageSnapshot | undefined,
  place: string | undefined,
  shows: { readonly command: string; readonly action: string },
  library: Library,
): Paper[] {
  const parts = (message?.components ?? []).flatMap(row => row.components)
  const offered = parts.flatMap(part =>
    'options' in part ? part.options.map(option => library.paper(option.value)) : [],
  )
  const ids = parts.flatMap(part => ('custom_id' in part ? [decodeId(part.custom_id)] : []))
  const button = ids.find(id => id !== 'older' && id.command === shows.command && id.action === shows.action)
  const open = button === undefined || button === 'older' ? undefined : library.paper(button.args[0] ?? '')
  return offered
    .toSpliced(/^\d{1,2}$/u.test(place ?? '') ? Number(place) : 0, 0, open)
    .filter(paper => paper !== undefined)
}

/** What components call the paper that a value from autocomplete names; undefined for text that somebody typed. */
export const chosenRef = (value: string): string | undefined =>
  value.startsWith(chosen) ? value.slice(chosen.length) : undefined

/** The paper that a value from autocomplete names; undefined for text that somebody typed. */
export function chosenPaper(value: string, library: Library): Paper | undefined {
  const ref = chosenRef(value)
  return ref === undefined ? undefined : library.paper(ref)
}

/** What has been typed as a topic in words, then the papers it may mean. */
export async function suggestTopics(typed: AutocompleteInput, library: Library): Promise<Choice[]> {
  const words = visible(typed.text)
  const asTyped = { name: label(`“${words}” as a topic`), value: words }
  const papers = (await suggestPapers(typed, library)).map(({ name, value }) => ({
    name: label(`Related to ${name}`),
    value,
  }))
  return words === '' || words.length > limits.choiceText
    ? papers
    : [asTyped, ...papers].slice(0, limits.choices)
}
