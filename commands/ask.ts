import { ApplicationCommandType } from 'discord-api-types/v10'
import { z } from 'zod'
import type { Answer, Subject } from '../src/answer/port.ts'
import { referenceIn } from '../src/answer/question/reference.ts'
import { leansOnEarlier } from '../src/answer/ranking/asked-and-said.ts'
import { type CommandContext, defineCommand, type MessageSnapshot } from '../src/bot/command.ts'
import type { BotContext } from '../src/bot/context.ts'
import { inOption, lookIn, privately, privateOption, stringOption, text } from '../src/bot/options.ts'
import { narrowed } from '../src/features/narrowing/narrowing.ts'
import { type AnswerGenerator, mayGenerate } from '../src/generation/generate-answer.ts'
import { answerCard, questionOf } from '../src/view/answer-card.ts'
import { generatedCard, quotedInstead } from '../src/view/generated-card.ts'
import { decodeId } from '../src/view/ids.ts'
import { type Listing, listCard } from '../src/view/list-card.ts'
import type { Message, Reply } from '../src/view/reply.ts'
import { type Scope, scopeNote } from '../src/view/scopes.ts'
import { smallTalk } from '../src/view/small-talk.ts'

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
  const card = generatedCard({ question, generated: written, owner: user.id })
  return answer.among === undefined ? card : { ...card, components: quoted.components ?? [] }
}

/** The values that the menus of a message offer. */
const optionsOf = ({ components }: MessageSnapshot): string[] =>
  components
    .flatMap(row => row.components)
    .flatMap(part => ('options' in part ? part.options.map(({ value }) => value) : []))

/** What the bot's own message was about, read off its components: nothing of a conversation is stored. */
export function subjectOf(message: MessageSnapshot, bot: BotContext): Subject | undefined {
  const values = optionsOf(message)
  const args = message.components
    .flatMap(row => row.components)
    .flatMap(part => {
      const id = 'custom_id' in part ? decodeId(part.custom_id) : 'older'
      // Those of its own buttons are pages and scopes.
      return id === 'older' || id.command === 'ask' ? [] : id.args
    })
  const known = (refs: readonly string[]) => refs.flatMap(ref => bot.library.paper(ref)?.id ?? [])
  const [about] = known(args)
  const listed = known(values)
  // A card's own paper is not in its menu; one that was chosen from a list is, at its place.
  const papers = about === undefined || listed.includes(about) ? listed : [...known(args), ...listed]
  const question = questionOf(message.embeds[0]?.title ?? '')
  if (question === '' && papers.length === 0) return undefined
  return { question, papers: [...new Set(papers)], about }
}

/** Anybody can forge a custom id: what is no page is the first. */
const Page = z.coerce.number().int().min(0).max(1000).catch(0)

/** The list that the message shows a page of, read off its menu: what it was narrowed from is not asked again. */
function shownList(
  message: MessageSnapshot | undefined,
  of: string,
  order: string,
  bot: BotContext,
): Listing {
  return {
    papers: message === undefined ? [] : optionsOf(message).flatMap(value => bot.library.paper(value) ?? []),
    fromEarlier: true,
    quotes: [],
    ...(Page.parse(of) > 0 ? { of: Page.parse(of) } : {}),
    ...(order === 'newest' || order === 'oldest' ? { order } : {}),
  }
}

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
    const goesOnFrom =
      replyTo ?? (leansOnEarlier(said) || referenceIn(said) !== undefined ? earlier : undefined)
    return answer(said, context, bot, { subject: goesOnFrom && subjectOf(goesOnFrom, bot) })
  },
  actions: {
    page: {
      answers: 'update',
      takesTurn: true,
      run: async (interaction, bot) => {
        const { args, message } = interaction
        const question = questionOf(message?.embeds[0]?.title ?? '')
        const [page, place, of, order] = args
        const { bot: some, scope } = await narrowed(place === '' ? undefined : place, interaction, bot)
        if (of !== undefined)
          return interaction.inTurn(() =>
            listCard({
              question,
              answer: shownList(message, of, order ?? '', some),
              owner: interaction.user.id,
              page: Page.parse(page),
              scope,
              summaryOf: paper => some.library.answerer.summarize(paper).tldr,
            }),
          )
        await some.library.search.prepare(question)
        return interaction.inTurn(() =>
          answer(question, interaction, some, { page: Page.parse(page), scope }),
        )
      },
    },
  },
})
