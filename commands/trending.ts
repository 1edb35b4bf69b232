import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
} from 'discord-api-types/v10'
import { z } from 'zod'
import { defineCommand } from '../src/bot/command.ts'
import { privately, privateOption } from '../src/bot/options.ts'
import { inServer } from '../src/bot/permissions.ts'
import { paperRef } from '../src/corpus/ids.ts'
import { openPlaces } from '../src/features/sharing/places.ts'
import { trending } from '../src/picks/trending.ts'
import { nothingTrends, trendingList } from '../src/view/trending-list.ts'

const usualDays = 7
const mostDays = 90

export default defineCommand({
  spec: {
    type: ApplicationCommandType.ChatInput,
    name: 'trending',
    description: 'What this server votes for and shares',
    contexts: [InteractionContextType.Guild],
    options: [
      {
        type: ApplicationCommandOptionType.Integer,
        name: 'days',
        description: `How far back to look; ${usualDays} when left out`,
        min_value: 1,
        max_value: mostDays,
      },
      privateOption,
    ],
  },
  input: z.object({ days: z.number().int().min(1).max(mostDays).default(usualDays), private: privately }),
  audience: input => (input.private ? 'ephemeral' : 'public'),
  run: async ({ days }, context, bot) => {
    const { store, library } = bot
    const guildId = inServer(context)
    const now = context.at.getTime()
    const places = await openPlaces(guildId, context.channelId, bot)
    const activities = await store.interest.sinceIn(guildId, now - days * 86_400_000, places)
    const trends = trending(activities, now, days)
    await library.search.prepare({ refs: trends.map(({ paperId }) => paperRef(paperId)) })
    const found = trends.flatMap(trend => {
      const paper = library.paper(paperRef(trend.paperId))
      return paper === undefined ? [] : [{ paper, trend }]
    })
    if (found.length === 0) return { audience: 'ephemeral', content: nothingTrends(days) }
    return trendingList(found, days)
  },
})
