import { ApplicationCommandType } from 'discord-api-types/v10'
import { z } from 'zod'
import { defineCommand } from '../src/bot/command.ts'
import { privately, privateOption } from '../src/bot/options.ts'
import { theme, themeOption } from '../src/features/charts/picture.ts'
import { showStats } from '../src/features/charts/stats.ts'

export default defineCommand({
  spec: {
    type: ApplicationCommandType.ChatInput,
    name: 'stats',
    description: 'A picture of the papers over time, and of what this server shares, picks and votes for',
    options: [themeOption, privateOption],
  },
  input: z.object({ theme, private: privately }),
  audience: input => (input.private ? 'ephemeral' : 'public'),
  run: (input, context, bot) => showStats(input.theme, context, bot),
})
