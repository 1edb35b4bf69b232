import type { APIEmbed } from 'discord-api-types/v10'
import { html, nothing, type TemplateResult } from 'lit'

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
