import {
  ApplicationCommandType,
  type RESTPostAPIApplicationCommandsJSONBody as Spec,
} from 'discord-api-types/v10'
import { z } from 'zod'
import { defineCommand } from '../src/bot/command.ts'
import { accent, fitLines } from '../src/view/pieces.ts'

const line = (spec: Spec): string =>
  'description' in spec && spec.description
    ? `**/${spec.name}** — ${spec.description}`
    : `**${spec.name}** — in a message’s menu under Apps`

export default defineCommand({
  spec: { type: ApplicationCommandType.ChatInput, name: 'help', description: 'What this bot can do' },
  input: z.object({}),
  audience: () => 'ephemeral',
  run: async (_input, _visit, { specs }) => ({
    embeds: [
      {
        color: accent,
        title: 'What Lectern can do',
        description: fitLines(
          [
            ...specs.map(line),
            '',
            'Mention me or send me a direct message to ask a question. Reply to an answer to ask a follow-up.',
            'In a search: `"an exact phrase"`, `-without`, `title:word`.',
          ],
          4000,
        ),
      },
    ],
  }),
})
