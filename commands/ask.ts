import { ApplicationCommandType } from 'discord-api-types/v10'
import { z } from 'zod'
import type { Answer, Subject } from '../src/answer/port.ts'
import { leansOnEarlier } from '../src/answer/ranking/asked-and-said.ts'
import { type CommandContext, defineCommand, type MessageSnapshot } from '../src/bot/command.ts'
import type { BotContext } from '../src/bot/context.ts'
import { inOption, lookIn, privately, privateOption, stringOption, text } from '../src/bot/options.ts'
import { smallTalk } from '../src/bot/small-talk.ts'
import { narrowed } from '../src/features/narrowing/narrowing.ts'
import { type AnswerGenerator, mayGenerate } from '../src/generation/generate-answer.ts'
import { answerCard, questionOf } from '../src/view/answer-card.ts'
import { generatedCard, quotedInstead } from '../src/view/generated-card.ts'
import { decodeId } from '../src/view/ids.ts'
import type { Message, Reply } from '../src/view/reply.ts'
import { type Scope, scopeNote } from '../src/view/scopes.ts'

interface AskOptions {
  readonly subject?: Subject | undefined
  /** Of a list, from 0. */
  readonly page?: number
  /** Where it is looked; the bot's library is narrowed to it. */
  readonly scope?: Scope | undefined
}

function answer(
  question: string,
  context: CommandContext,
  bot: BotContext,
  { subject, page = 0, scope }: AskOptions = {},
): Reply {
  const smallTalkReply = smallTalk(question, bot.library.search.count)
  if (smallTalkReply !== undefined) return { content: smallTalkReply }
  const { answerer, search } = bot.library
  const found = answerer.ask(question, subject === undefined ? {} : { subject })
  const card = answerCard({
    question,
    answer: found,
    owner: context.user.id,
    page,
    scope,
    summaryOf: paper => answerer.summarize(paper).tldr,
    spansIn: sentence => search.matches(sentence, found.query),
  })
  const note = scopeNote(scope)
  const quoted = note === '' ? card : { content: note, ...card }
  const { generator } = bot
  if (generator === undefined || !mayGenerate(found)) return quoted
  return { ...quoted, completion: () => generated(question, found, quoted, context, generator) }
}

/** What the model wrote and the check let pass, or the quoted answer. */
async function generated(
  question: string,
  answer: Answer,
  quoted: Message,
  { user, guildId, at, signal }: CommandContext,
  generator: AnswerGenerator,
): Promise<Reply> {
  const written = await generator.generate({ question, answer, place: guildId, at }, signal)
  if (written === undefined) return quoted
  if (typeof written === 'string') return quotedInstead(quoted, written)
  return generatedCard({ question, generated: written, owner: user.id })
}

/** What the bot's own message was about, read off its components: nothing of a conversation is stored. */
export function subjectOf(message: MessageSnapshot, bot: BotContext): Subject | undefined {
  const components = message.components.flatMap(row => row.components)
  const values = components.flatMap(part =>
    'options' in part ? part.options.map(option => option.value) : [],
  )
  const args = components.flatMap(part => {
    const id = 'custom_id' in part ? decodeId(part.custom_id) : 'older'
    return id === 'older' ? [] : id.args
  })
  const papers = [...new Set([...args, ...values])]
    .map(ref => bot.library.paper(ref)?.id)
    .filter(id => id !== undefined)
  const question = questionOf(message.embeds[0]?.title ?? '')
  return question === '' && papers.length === 0 ? undefined : { question, papers }
}

/** Anybody can forge a custom id: what is no page is the first. */
const Page = z.coerce.number().int().min(0).max(1000).catch(0)

export default defineCommand({
  spec: {
    type: ApplicationCommandType.ChatInput,
    name: 'ask',
    description: 'Ask a question; the answer quotes the abstracts',
    options: [stringOption('question', 'What you want to know', { required: true }), inOption, privateOption],
  },
  input: z.object({ question: text, in: lookIn, private: privately }),
  takesTurn: true,
  searches: ({ question }) => question,
  // A member's list is theirs alone, and so is what was found on it.
  audience: input => (input.private || input.in === 'mine' ? 'ephemeral' : 'public'),
  run: async ({ question, in: place }, context, bot) => {
    const { bot: some, scope } = await narrowed(place, context, bot)
    return context.inTurn(() => answer(question, context, some, { scope }))
  },
  onMessage: async ({ text: said, replyTo, earlier }, context, bot) => {
    const goesOnFrom = replyTo ?? (leansOnEarlier(said) ? earlier : undefined)
    return answer(said, context, bot, { subject: goesOnFrom && subjectOf(goesOnFrom, bot) })
  },
  actions: {
    page: {
      answers: 'update',
      takesTurn: true,
      run: async (interaction, bot) => {
        const { args, message } = interaction
        const question = questionOf(message?.embeds[0]?.title ?? '')
        const { bot: some, scope } = await narrowed(args[1], interaction, bot)
        await some.library.search.prepare(question)
        return interaction.inTurn(() =>
          answer(question, interaction, some, { page: Page.parse(args[0]), scope }),
        )
      },
    },
  },
})
