import { type CommandInteraction, MessageFlags, PermissionFlagsBits } from 'discord.js'
import type { CommandContext } from '../bot/command.ts'
import type { BotContext } from '../bot/context.ts'
import { Failure } from '../errors.ts'
import { noticesMessage } from '../view/notices.ts'
import type { Message } from '../view/reply.ts'
import { sourceNotices } from '../view/source-card.ts'
import { zoteroNotices } from '../view/zotero-card.ts'
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
    const member = {
      userId: context.user.id,
      guildId: context.guildId,
      manages: (context.permissions & managerPermissions) !== 0n,
    }
    const notices = await bot.store.notices.take(member)
    if (notices.length > 0) await send(interaction, noticesMessage(notices))
    const ofSources = await bot.store.sources.take(member)
    if (ofSources.length > 0) await send(interaction, sourceNotices(ofSources))
    const ofZotero = await bot.store.zotero.take(member)
    if (ofZotero.length > 0) await send(interaction, zoteroNotices(ofZotero))
  } catch (error) {
    // When the database is away they wait for the next command.
    const wait = error instanceof Failure && error.kind === 'busy'
    bot.log[wait ? 'info' : 'warn']({ err: error }, 'notices could not be passed on')
  }
}

async function send(interaction: CommandInteraction, notice: Message): Promise<void> {
  const message = { ...outgoing(notice), flags: MessageFlags.Ephemeral } as const
  await followUpOnce(() => interaction.followUp(message))
}
