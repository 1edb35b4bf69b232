import { ApplicationCommandType } from 'discord-api-types/v10'
import { z } from 'zod'
import { defineCommand } from '../src/bot/command.ts'
import { privately, privateOption, stringOption, text } from '../src/bot/options.ts'
import { mostMarked } from '../src/charts/map-chart.ts'
import { showMap } from '../src/features/charts/maps.ts'
import { theme, themeOption } from '../src/features/charts/picture.ts'
import { visible } from '../src/view/escape.ts'

export default defineCommand({
  spec: {
    type: ApplicationCommandType.ChatInput,
    name: 'map',
    description: 'A picture of all papers by similarity, with the hits of a search marked',
    options: [stringOption('query', 'Mark the papers that fit this'), themeOption, privateOption],
  },
  input: z.object({ query: text.default(''), theme, private: privately }),
  searches: ({ query }) => query,
  audience: input => (input.private ? 'ephemeral' : 'public'),
  run: async ({ query, theme: colors }, context, bot) => {
    const isSearched = visible(query) !== ''
    const hits = isSearched
      ? await context.inTurn(() =>
          bot.library.search.search(query, { limit: mostMarked }).hits.map(({ paper }) => paper),
        )
      : undefined
    return showMap({ hits, query, theme: colors }, bot)
  },
})
