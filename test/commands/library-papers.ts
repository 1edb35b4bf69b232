import library from '../../commands/library.ts'
import save from '../../commands/save.ts'
import type { BotContext } from '../../src/bot/context.ts'
import { paperRef } from '../../src/corpus/ids.ts'
import { context, openBotContext, papersFrom, press } from '../fixtures/members.ts'

const commands = [save, library]
const papers = papersFrom([
  { title: 'Key value caches for transformers', url: 'https://arxiv.org/abs/2405.00001' },
  { title: 'Speculative decoding of long answers' },
  { id: '10.1145/2407085.2407086', title: 'Mixture of experts at the edge' },
])
export const open = () => openBotContext(papers)
export const pressAs = (
  userId: string,
  id: string,
  bot: BotContext,
  more: Parameters<typeof press>[1] = {},
) => press(id, more, context(userId), bot, commands)
export const choice = (id: string) => `paper:${paperRef(id)}`
