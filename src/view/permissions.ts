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
  [PermissionFlagsBits.ManageGuild, 'Manage Server'],
]

/** The names of what `needed` holds and `given` lacks; administrators lack nothing. */
export function missingPermissions(given: bigint, needed: bigint): string[] {
  if ((given & PermissionFlagsBits.Administrator) !== 0n) return []
  return names.filter(([bit]) => (needed & bit) !== 0n && (given & bit) === 0n).map(([, name]) => name)
}
