import { type CommandInteraction, MessageFlags, PermissionFlagsBits } from 'discord.js'
import type { CommandContext } from '../bot/command.ts'
import type { BotContext } from '../bot/context.ts'
import { Failure } from '../errors.ts'
import { noticesMessage } from '../view/notices.ts'
import { followUpOnce } from './follow-up.ts'
import { outgoing } from './responder.ts'

const managerPermissions = PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Administrator

/**
 * Sends the member their pending notices as an ephemeral follow-up to the reply.
 * Never throws: a notice that cannot be sent must not spoil the answer.
 */
export async function sendPendingNotices(
  interaction: CommandInteraction,
  context: CommandContext,
  bot: BotContext,
): Promise<void> {
  try {
    const notices = await bot.store.notices.take({
      userId: context.user.id,
      guildId: context.guildId,
      manages: (context.permissions & managerPermissions) !== 0n,
    })
    if (notices.length === 0) return
    const message = { ...outgoing(noticesMessage(notices)), flags: MessageFlags.Ephemeral } as const
    await followUpOnce(() => interaction.followUp(message))
  } catch (error) {
    // When the database is away they wait for the next command.
    const wait = error instanceof Failure && error.kind === 'busy'
    bot.log[wait ? 'info' : 'warn']({ err: error }, 'notices could not be passed on')
  }
}
