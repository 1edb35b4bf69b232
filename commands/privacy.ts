import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord-api-types/v10'
import { z } from 'zod'
import { type CommandContext, defineCommand } from '../src/bot/command.ts'
import type { BotContext } from '../src/bot/context.ts'
import { erase, holdingsOf } from '../src/features/privacy/erase.ts'
import { fileOf } from '../src/view/file.ts'
import { deletionDone, deletionQuestion, holdsNothing, nothingStored } from '../src/view/privacy-card.ts'
import type { Reply } from '../src/view/reply.ts'

/** Everything stored about the member, as a file. */
async function exported({ user, at }: CommandContext, bot: BotContext): Promise<Reply> {
  const stored = await bot.store.members.export(user.id)
  const data = { member: user.id, exportedAt: at.toISOString(), ...stored }
  const file = await fileOf('lectern-about-me.json', `${JSON.stringify(data, undefined, 2)}\n`)
  return { content: 'Everything stored about you.', files: [file] }
}

async function askToDelete({ user }: CommandContext, bot: BotContext): Promise<Reply> {
  const holdings = await holdingsOf(user.id, bot)
  return holdsNothing(holdings) ? nothingStored : deletionQuestion(holdings)
}

async function deleted({ user, at }: CommandContext, bot: BotContext): Promise<Reply> {
  const holdings = await erase(user.id, at.getTime(), bot)
  return holdsNothing(holdings) ? nothingStored : deletionDone(holdings)
}

const subcommand = (name: string, description: string) =>
  ({ type: ApplicationCommandOptionType.Subcommand, name, description }) as const

export default defineCommand({
  spec: {
    type: ApplicationCommandType.ChatInput,
    name: 'privacy',
    description: 'What is stored about me: take it along, or delete it',
    options: [
      subcommand('export', 'Everything stored about me, as a file only I can see'),
      subcommand('delete', 'Permanently delete everything stored about me'),
    ],
  },
  input: z.object({ subcommand: z.enum(['export', 'delete']) }),
  audience: () => 'ephemeral',
  run: ({ subcommand: what }, context, bot) =>
    what === 'export' ? exported(context, bot) : askToDelete(context, bot),
  actions: {
    export: { answers: 'ephemeral', run: exported },
    // A click that does not come from the question asks it first: one click alone deletes nothing.
    delete: {
      answers: 'update-ephemeral',
      run: (interaction, bot) =>
        interaction.args[0] === 'yes' ? deleted(interaction, bot) : askToDelete(interaction, bot),
    },
    keep: {
      answers: 'update-ephemeral',
      run: async () => ({ content: 'Nothing was deleted.', embeds: [], components: [] }),
    },
  },
})
