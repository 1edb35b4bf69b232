import type { Paper } from '../corpus/paper.ts'
import type { Reply } from '../view/reply.ts'
import type { Action, ComponentInteraction } from './command.ts'
import type { BotContext } from './context.ts'

/** Says that a button or a menu is older than the corpus. */
const gone: Reply = { audience: 'ephemeral', content: 'That paper is no longer in this corpus.' }

/**
 * An action that runs `act` with the paper whose reference is the chosen option or, without one, the first argument.
 * @example actions: { list: withPaper('ephemeral', (paper, _interaction, bot) => neighbours(paper, bot)) }
 */
export const withPaper = (
  answers: Action['answers'],
  act: (paper: Paper, interaction: ComponentInteraction, bot: BotContext) => Promise<Reply> | Reply,
  more: Pick<Action, 'isExpensive' | 'takesTurn'> = {},
): Action => ({
  ...more,
  answers,
  run: async (interaction, bot) => {
    const paper = bot.library.paper(interaction.values[0] ?? interaction.args[0] ?? '')
    return paper === undefined ? gone : act(paper, interaction, bot)
  },
})
