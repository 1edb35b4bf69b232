import { PermissionFlagsBits } from 'discord-api-types/v10'

/** Permissions that the bot may lack or ask for, by the names that Discord's settings show. */
const names: readonly (readonly [bigint, string])[] = [
  [PermissionFlagsBits.ViewChannel, 'View Channel'],
  [PermissionFlagsBits.SendMessages, 'Send Messages'],
  [PermissionFlagsBits.SendMessagesInThreads, 'Send Messages in Threads'],
  [PermissionFlagsBits.EmbedLinks, 'Embed Links'],
  [PermissionFlagsBits.AttachFiles, 'Attach Files'],
  [PermissionFlagsBits.ReadMessageHistory, 'Read Message History'],
  [PermissionFlagsBits.CreatePublicThreads, 'Create Public Threads'],
  [PermissionFlagsBits.SendPolls, 'Create Polls'],
  [PermissionFlagsBits.ManageMessages, 'Manage Messages'],
  [PermissionFlagsBits.ManageGuild, 'Manage Server'],
]

/** Names of the permissions in `needed` that `given` lacks; administrators lack none. */
export function missingPermissions(given: bigint, needed: bigint): string[] {
  if ((given & PermissionFlagsBits.Administrator) !== 0n) return []
  const missing = needed & ~given
  const named = names.filter(([bit]) => (missing & bit) !== 0n)
  const unnamed = named.reduce((rest, [bit]) => rest & ~bit, missing)
  return [...named.map(([, name]) => name), ...(unnamed === 0n ? [] : [`permissions ${unnamed}`])]
}
