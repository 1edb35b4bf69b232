import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord-api-types/v10'
import { z } from 'zod'
import { type CommandContext, type ComponentInteraction, defineCommand } from '../src/bot/command.ts'
import type { BotContext } from '../src/bot/context.ts'
import { stringOption, subcommand, text } from '../src/bot/options.ts'
import { inServer } from '../src/bot/permissions.ts'
import { Failure } from '../src/errors.ts'
import {
  addPapers,
  everything,
  type Given,
  removePapers,
  sourceRef,
} from '../src/features/collections/collection.ts'
import { collectionStatus, importedReply, pasteForm } from '../src/view/collection-card.ts'
import { limits } from '../src/view/limits.ts'
import { missingPermissions } from '../src/view/permissions.ts'
import { label } from '../src/view/pieces.ts'
import type { Reply } from '../src/view/reply.ts'

const Attachment = z.object({ name: z.string().max(1_000), url: z.url().max(4_000) })

const Input = z.object({
  subcommand: z.enum(['add', 'status', 'remove']),
  file: Attachment.optional(),
  address: text.optional(),
  source: text.default(''),
})
type Input = z.infer<typeof Input>

async function added(given: Given, context: CommandContext, bot: BotContext): Promise<Reply> {
  return importedReply(await addPapers(given, context, bot), bot.maxServerPapers)
}

function add({ file, address }: Input, context: CommandContext, bot: BotContext): Promise<Reply> | Reply {
  if (file !== undefined && address !== undefined)
    throw new Failure('input', 'Give a file or an address, not both at once.')
  if (file !== undefined) return added({ kind: 'attachment', ...file }, context, bot)
  if (address === undefined) return pasteForm()
  if (!/^https?:\/\//iu.test(address))
    throw new Failure('input', 'An address begins with http:// or https://.')
  return added({ kind: 'address', url: address.trim() }, context, bot)
}

async function status(context: CommandContext, { store, maxServerPapers }: BotContext): Promise<Reply> {
  const collection = inServer(context)
  const [count, sources] = await Promise.all([
    store.papers.count(collection),
    store.papers.sources(collection),
  ])
  return collectionStatus(count, sources, maxServerPapers)
}

async function remove({ source }: Input, context: CommandContext, bot: BotContext): Promise<Reply> {
  const removed = await removePapers(source, context, bot)
  const what = removed === 1 ? '1 paper is' : `${removed} papers are`
  return { content: `${what} taken out. What also came from elsewhere stays.` }
}

/** A form may be answered by whoever was allowed to open it, and may have lost that right meanwhile. */
async function pasted(interaction: ComponentInteraction, bot: BotContext): Promise<Reply> {
  if (missingPermissions(interaction.permissions, PermissionFlagsBits.ManageGuild).length > 0)
    throw new Failure('forbidden', 'Whoever manages the server can add papers to it.')
  return added({ kind: 'text', text: interaction.fields['references'] ?? '' }, interaction, bot)
}

export default defineCommand({
  spec: {
    type: ApplicationCommandType.ChatInput,
    name: 'corpus',
    description: 'Papers of this server alone, beside the shared ones',
    contexts: [InteractionContextType.Guild],
    default_member_permissions: String(PermissionFlagsBits.ManageGuild),
    options: [
      subcommand('add', 'Add papers from a file, an address, or references to paste', [
        {
          type: ApplicationCommandOptionType.Attachment,
          name: 'file',
          description: 'BibTeX, RIS, CSV, JSON or what services export; also zipped',
        },
        stringOption('address', 'Where such a file is, beginning with https://'),
      ]),
      subcommand('status', 'How many papers this server has of its own, and where they come from'),
      subcommand('remove', 'Take out what came from one of these', [
        stringOption('source', 'Where the papers came from', { required: true, autocomplete: true }),
      ]),
    ],
  },
  input: Input,
  needs: PermissionFlagsBits.ManageGuild,
  audience: () => 'ephemeral',
  async run(input, context, bot) {
    if (input.subcommand === 'add') return add(input, context, bot)
    return input.subcommand === 'status' ? status(context, bot) : remove(input, context, bot)
  },
  async suggest({ focused, text: typed }, context, { store }) {
    if (focused !== 'source') return []
    const all = [...(await store.papers.sources(inServer(context))).map(({ source }) => source), everything]
    return all
      .filter(source => source.toLowerCase().includes(typed.trim().toLowerCase()))
      .slice(0, limits.choices)
      .map(source => ({ name: label(source), value: sourceRef(source) }))
  },
  actions: { pasted: { answers: 'ephemeral', run: pasted } },
})
