import { type CommandInteraction, MessageFlags, PermissionFlagsBits } from 'discord.js'
import type { CommandContext } from '../bot/command.ts'
import type { BotContext } from '../bot/context.ts'
import { Failure } from '../errors.ts'
import { type NoticeMessage, scheduleNotices } from '../view/notices.ts'
import { sourceNotices } from '../view/source-card.ts'
import { zoteroNotices } from '../view/zotero-card.ts'
import { followUpOnce } from './follow-up.ts'
import { outgoing } from './responder.ts'

const managerPermissions = PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Administrator

type SendPendingNotices = (
  interaction: CommandInteraction,
  context: CommandContext,
  bot: BotContext,
) => Promise<void>

/**
 * Sends the member their pending notices as ephemeral follow-ups to the reply. What does not arrive, or has no room,
 * waits for their next command. Never throws: a notice that cannot be sent must not spoil the answer.
 */
export function openNoticeSender(): SendPendingNotices {
  // Of two commands at once only the first one tells them.
  const beingTold = new Set<string>()
  return async (interaction, context, bot) => {
    const { id } = context.user
    if (beingTold.has(id)) return
    beingTold.add(id)
    try {
      await sendAll(interaction, context, bot)
    } catch (error) {
      const wait = error instanceof Failure && error.kind === 'busy'
      bot.log[wait ? 'info' : 'warn']({ err: error }, 'notices could not be passed on')
    } finally {
      beingTold.delete(id)
    }
  }
}

const sendAll: SendPendingNotices = async (interaction, context, { store }) => {
  const { notices, sources, zotero } = store
  const member = {
    userId: context.user.id,
    guildId: context.guildId,
    manages: (context.permissions & managerPermissions) !== 0n,
  }
  const ofSchedules = scheduleNotices(await notices.pending(member))
  await send(interaction, ofSchedules, ({ id }) => notices.remove(id))
  const ofSources = sourceNotices(await sources.pending(member))
  await send(interaction, ofSources, ({ source }) => sources.told(source.id))
  const ofZotero = zoteroNotices(await zotero.pending(member))
  await send(interaction, ofZotero, ({ guildId }) => zotero.told(guildId))
}

/** @param settle what makes a notice count as told */
async function send<T>(
  interaction: CommandInteraction,
  { message, told }: NoticeMessage<T>,
  settle: (notice: T) => Promise<void>,
): Promise<void> {
  if (told.length === 0) return
  const body = { ...outgoing(message), flags: MessageFlags.Ephemeral } as const
  if (!(await followUpOnce(() => interaction.followUp(body)))) return
  for (const notice of told) await settle(notice)
}
