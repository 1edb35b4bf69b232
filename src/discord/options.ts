import {
  ApplicationCommandOptionType,
  type ChatInputCommandInteraction,
  type CommandInteractionOption,
  type Message,
  type MessageContextMenuCommandInteraction,
} from 'discord.js'

/** Options as one flat object: values by name, a subcommand's name under `subcommand` (`group name` where grouped). */
export function flatOptions(data: readonly CommandInteractionOption[]): Record<string, unknown> {
  const path: string[] = []
  let level = data
  while (level[0] && isSubcommand(level[0])) {
    path.push(level[0].name)
    level = level[0].options ?? []
  }
  const subcommand = path.length > 0 ? [['subcommand', path.join(' ')] as const] : []
  // Own properties whatever their names are, `__proto__` too.
  return Object.fromEntries([
    ...subcommand,
    ...level.map(option => [option.name, givenValue(option)] as const),
  ])
}

/** An attachment as where it is; everything else as Discord sends it. */
const givenValue = ({ value, attachment }: CommandInteractionOption): unknown =>
  attachment === undefined || attachment === null ? value : { name: attachment.name, url: attachment.url }

const isSubcommand = ({ type }: CommandInteractionOption): boolean =>
  type === ApplicationCommandOptionType.Subcommand || type === ApplicationCommandOptionType.SubcommandGroup

export function inputOf(
  interaction: ChatInputCommandInteraction | MessageContextMenuCommandInteraction,
): Record<string, unknown> {
  if (interaction.isChatInputCommand()) return flatOptions(interaction.options.data)
  return { text: textOf(interaction.targetMessage), messageId: interaction.targetId }
}

/** All text of a message: its content, that of its embeds, and of what it forwards. */
function textOf(message: Message): string {
  const embeds = message.embeds.flatMap(embed => [embed.title, embed.url, embed.description])
  const forwarded = [...message.messageSnapshots.values()].map(({ content }) => content)
  return [message.content, ...embeds, ...forwarded]
    .filter(part => part)
    .join('\n')
    .replaceAll(marks, ' ')
}

/** Of bold, hidden, struck and literal text: beside an address they would be a part of it. */
const marks = /\*\*|\|\||~~|`/gu
