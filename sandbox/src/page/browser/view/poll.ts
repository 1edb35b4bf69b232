import type { APIEmbed, APIPoll, APIPollAnswer } from 'discord-api-types/v10'
import { html, nothing, type TemplateResult } from 'lit'
import type { MessageView } from '../../../person-api.ts'
import { timestampText } from '../markdown/time.ts'
import type { Page } from '../page.ts'
import { cssVars } from '../parts/css-vars.ts'
import { icons } from '../parts/icons.ts'
import { vote } from '../state/messages.ts'

export function poll(message: MessageView, page: Page): unknown {
  const data = message.poll
  if (data === undefined) return nothing
  const mine = votesOf(data)
  const closed = isClosed(data, page.session.state.now)
  const results = closed || mine.length > 0
  const answers = data.answers.map(answer => (results ? result(answer, data) : ballot(answer, data, message)))
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const chosen = new FormData(event.currentTarget as HTMLFormElement).getAll('answer').map(Number)
    if (chosen.length > 0) void vote(page.session, message, chosen)
  }
  return html`<form class="poll" aria-label="Poll" @submit=${submit}>
    <div class="poll-question">${data.question.text}</div>
    <small>${data.allow_multiselect ? 'Select one or more answers' : 'Select one answer'}</small>
    ${answers}
    <footer>
      <small>${countText(data)} · ${closed ? 'Poll closed' : endText(data, page.session.state.now)}</small>
      ${closed ? nothing : results ? takeBack(message, page) : html`<button class="button primary">Vote</button>`}
    </footer>
  </form>`
}

const votesOf = (data: APIPoll): readonly number[] =>
  (data.results?.answer_counts ?? []).filter(({ me_voted }) => me_voted).map(({ id }) => id)

const isClosed = (data: APIPoll, now: number) =>
  data.results?.is_finalized === true || (data.expiry !== null && Date.parse(data.expiry) < now)

const countOf = (data: APIPoll, answer: number) =>
  data.results?.answer_counts.find(({ id }) => id === answer)?.count ?? 0

const total = (data: APIPoll) =>
  (data.results?.answer_counts ?? []).reduce((sum, { count }) => sum + count, 0)

const countText = (data: APIPoll) => `${total(data)} ${total(data) === 1 ? 'vote' : 'votes'}`

const endText = (data: APIPoll, now: number) =>
  data.expiry === null ? '' : `ends ${timestampText(Date.parse(data.expiry) / 1000, 'R', now)}`

const answerText = ({ poll_media: { text, emoji } }: APIPollAnswer) =>
  [emoji?.name, text].filter(part => part != null).join(' ')

function ballot(answer: APIPollAnswer, data: APIPoll, message: MessageView) {
  return html`<label class="poll-answer">
    <span>${answerText(answer)}</span>
    <input
      type=${data.allow_multiselect ? 'checkbox' : 'radio'}
      name="answer"
      value=${answer.answer_id}
      id="poll-${message.id}-${answer.answer_id}"
    />
  </label>`
}

function result(answer: APIPollAnswer, data: APIPoll) {
  const count = countOf(data, answer.answer_id)
  const share = total(data) === 0 ? 0 : Math.round((count / total(data)) * 100)
  const mine = votesOf(data).includes(answer.answer_id)
  return html`<div class="poll-answer ${mine ? 'mine' : ''}" ${cssVars({ '--share': `${share}%` })}>
    <span>${answerText(answer)}</span>
    <span class="poll-count">${count} · ${share} % ${mine ? icons.check : nothing}</span>
  </div>`
}

const takeBack = (message: MessageView, page: Page) =>
  html`<button type="button" class="link" @click=${() => void vote(page.session, message, [])}>Remove vote</button>`

/** How a poll ended: Discord sends it as an embed whose fields have fixed names. */
export function pollResult({ fields = [] }: APIEmbed): TemplateResult {
  const of = (name: string) => fields.find(field => field.name === name)?.value
  const [most, all] = [Number(of('victor_answer_votes') ?? 0), Number(of('total_votes') ?? 0)]
  const winner = of('victor_answer_text')
  const share = all === 0 ? 0 : Math.round((most / all) * 100)
  return html`<section class="embed" aria-label="Poll result">
    <div class="embed-text">
      <div class="embed-title">${of('poll_question_text') ?? 'The poll'}</div>
      <div class="embed-description">${outcome(winner, all)}${winner === undefined ? nothing : html` <small>${most} of ${all} votes, ${share} %</small>`}</div>
    </div>
  </section>`
}

function outcome(winner: string | undefined, votes: number): string {
  if (winner !== undefined) return `Winner: ${winner}`
  return votes === 0 ? 'Nobody voted.' : 'A draw.'
}
