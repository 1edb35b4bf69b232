import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
} from 'discord-api-types/v10'
import type { CommandView } from '../../../person-api.ts'

export type BasicOption = APIApplicationCommandBasicOption

/** One thing to run: a command without subcommands, or one subcommand. */
export interface Leaf {
  readonly command: CommandView
  /** What is typed after the slash: `picks channel add`. */
  readonly path: string
  readonly group?: string
  readonly subcommand?: string
  readonly description: string
  readonly options: readonly BasicOption[]
}

/** In the order in which the bot has registered its commands. */
export function leavesOf(commands: readonly CommandView[]): readonly Leaf[] {
  return commands.filter(command => command.type === ApplicationCommandType.ChatInput).flatMap(commandLeaves)
}

function commandLeaves(command: CommandView): Leaf[] {
  const options = command.options ?? []
  const nested = options.flatMap((option): Leaf[] => {
    if (option.type === ApplicationCommandOptionType.Subcommand) return [subLeaf(command, option)]
    if (option.type !== ApplicationCommandOptionType.SubcommandGroup) return []
    return (option.options ?? []).map(sub => subLeaf(command, sub, option.name))
  })
  if (nested.length > 0) return nested
  const { name: path, description } = command
  return [{ command, path, description, options: options.filter(isBasic) }]
}

function subLeaf(command: CommandView, sub: APIApplicationCommandSubcommandOption, group?: string): Leaf {
  return {
    command,
    path: [command.name, group, sub.name].filter(part => part !== undefined).join(' '),
    ...(group === undefined ? {} : { group }),
    subcommand: sub.name,
    description: sub.description,
    options: sub.options ?? [],
  }
}

const isBasic = (option: APIApplicationCommandOption): option is BasicOption =>
  option.type !== ApplicationCommandOptionType.Subcommand &&
  option.type !== ApplicationCommandOptionType.SubcommandGroup

/** Those that were sent most often first; those never sent stay in order. */
export const mostUsedFirst = (leaves: readonly Leaf[], uses: ReadonlyMap<string, number>): readonly Leaf[] =>
  leaves.toSorted((a, b) => (uses.get(b.path) ?? 0) - (uses.get(a.path) ?? 0))

/** What the picker lists for `typed` (after the slash): names that begin so, then other matches. */
export function matching(leaves: readonly Leaf[], typed: string): readonly Leaf[] {
  const wanted = typed.trim().toLowerCase()
  const rank = (leaf: Leaf) => {
    if (leaf.path.startsWith(wanted)) return 0
    if (leaf.path.includes(wanted)) return 1
    return leaf.description.toLowerCase().includes(wanted) ? 2 : 3
  }
  return leaves.filter(leaf => rank(leaf) < 3).toSorted((a, b) => rank(a) - rank(b))
}

/** The command that `text` (`/paper kv cache`) has come to, once a space ends its name, and what follows. */
export function reached(
  leaves: readonly Leaf[],
  text: string,
): { readonly leaf: Leaf; readonly rest: string } | undefined {
  if (!text.startsWith('/')) return undefined
  const typed = `${text.slice(1).replace(/\s+/gu, ' ')}`
  const leaf = leaves.find(({ path }) => typed.startsWith(`${path} `))
  return leaf && { leaf, rest: typed.slice(leaf.path.length + 1).trimStart() }
}
