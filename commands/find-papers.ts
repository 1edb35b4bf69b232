import { ApplicationCommandType } from 'discord-api-types/v10'
import { z } from 'zod'
import { defineCommand } from '../src/bot/command.ts'
import { text } from '../src/bot/options.ts'
import { lookUp } from '../src/library/library.ts'
import { hitList, nothingFound } from '../src/view/lists.ts'

export default defineCommand({
  spec: { type: ApplicationCommandType.Message, name: 'Find papers' },
  input: z.object({ text }),
  isExpensive: true,
  audience: () => 'ephemeral',
  run: async ({ text: message }, _context, bot) => {
    const found = lookUp(bot.library, message)
    if (found.paper === undefined) return nothingFound(message, found.result, found.near)
    return hitList('Papers that fit this message', [found.paper, ...found.others.slice(0, 4)])
  },
})
