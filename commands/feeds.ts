import { ApplicationCommandType, InteractionContextType, PermissionFlagsBits } from 'discord-api-types/v10'
import { z } from 'zod'
import { defineCommand } from '../src/bot/command.ts'
import { subcommand } from '../src/bot/options.ts'
import { inServer } from '../src/bot/permissions.ts'
import { newFeedKey } from '../src/features/feeds/keys.ts'
import { feedsOff, feedsReply } from '../src/view/feeds-card.ts'

export default defineCommand({
  spec: {
    type: ApplicationCommandType.ChatInput,
    name: 'feeds',
    description: 'Secret addresses at which other programs read what this server shares and picks',
    contexts: [InteractionContextType.Guild],
    default_member_permissions: String(PermissionFlagsBits.ManageGuild),
    options: [
      subcommand('show', 'Turn the feeds on, and show their addresses to me'),
      subcommand('renew', 'New addresses; the old ones are refused from now on'),
      subcommand('off', 'Turn the feeds off: their addresses are refused'),
    ],
  },
  input: z.object({ subcommand: z.enum(['show', 'renew', 'off']) }),
  needs: PermissionFlagsBits.ManageGuild,
  audience: () => 'ephemeral',
  run: async ({ subcommand: act }, context, { store, facts }) => {
    const guildId = inServer(context)
    if (act === 'off') return feedsOff(await store.feeds.close(guildId))
    const { publicUrl } = facts
    if (publicUrl === undefined)
      return {
        content: 'Whoever runs this bot has not turned feeds on: they need a public address (PUBLIC_URL).',
      }
    const at = context.at.getTime()
    const fresh = newFeedKey()
    if (act === 'renew') await store.feeds.set(guildId, fresh, at)
    const key = act === 'renew' ? fresh : await store.feeds.open(guildId, fresh, at)
    return feedsReply(publicUrl, key, act === 'renew')
  },
})
