import { ApplicationCommandType } from 'discord-api-types/v10'
import { z } from 'zod'
import { defineCommand } from '../src/bot/command.ts'
import { text } from '../src/bot/options.ts'
import { lookUp } from '../src/library/library.ts'
import { subjectOfMessage } from '../src/library/relevance.ts'
import { shown } from '../src/view/escape.ts'
import { hitList } from '../src/view/lists.ts'
import type { Reply } from '../src/view/reply.ts'
import { smallTalk } from '../src/view/small-talk.ts'

/** Papers that are offered for a message. */
const most = 5

const nothing = (message: string): Reply => ({
  content: `No paper here fits what this message says: ${shown(message, 200) || '…'}`,
})

export default defineCommand({
  spec: { type: ApplicationCommandType.Message, name: 'Find papers' },
  input: z.object({ text }),
  isExpensive: true,
  searches: ({ text: message }) => message,
  audience: () => 'ephemeral',
  run: async ({ text: message }, _context, bot) => {
    const isChat = (sentence: string) => smallTalk(sentence, 0) !== undefined
    const subject = subjectOfMessage(bot.library, message, isChat)
    const found = subject === '' ? undefined : lookUp(bot.library, subject)
    if (found?.paper === undefined) return nothing(message)
    return hitList('Papers that fit this message', [found.paper, ...found.others].slice(0, most))
  },
})
