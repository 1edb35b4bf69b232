import type { Action, ComponentInteraction } from '../../bot/command.ts'
import { Failure } from '../../errors.ts'
import { formAgain, typedIn } from '../../view/form-again.ts'
import type { Reply } from '../../view/reply.ts'
import { daysFrom } from '../../view/timing.ts'
import { type Asked, askedLabels, topicLength, whenForm } from '../../view/when-form.ts'
import { zoneLength } from '../../view/zones.ts'
import { askedFields, everyDay, usualHour } from './follows.ts'

/** Actions that a form of `whenForm` is sent to. */
const targets = ['add', 'timed', 'allTimed'] as const
type Target = (typeof targets)[number]

const zoneLabel = 'Time zone'

/** The action, but a mistake in its form brings the form back with what was typed. */
export const orAgain = (target: Target, action: Action): Action => ({
  ...action,
  run: async (interaction, bot) => {
    try {
      return await action.run(interaction, bot)
    } catch (error) {
      if (!(error instanceof Failure) || error.kind !== 'input') throw error
      const { zone = '', hour = '', days = '' } = interaction.fields
      const digits = (text: string) => text.replace(/\D/gu, '').slice(0, 7)
      const args = [target, interaction.args[0] ?? '', digits(hour), digits(days)]
      return formAgain(
        error.message,
        { command: 'follow', action: 'again', args },
        { ...typedAsked(interaction.fields), [zoneLabel]: zone },
      )
    }
  },
})

const typedAsked = (fields: ComponentInteraction['fields']): Record<string, string> =>
  Object.fromEntries(askedFields.map(field => [askedLabels[field], fields[field] ?? '']))

/** What was asked for, from the message that shows what was typed. */
function askedAgain(typed: Readonly<Record<string, string>>): Asked {
  const field = askedFields.find(one => (typed[askedLabels[one]] ?? '') !== '') ?? 'topic'
  return { field, text: (typed[askedLabels[field]] ?? '').slice(0, topicLength) }
}

/** The form as it was sent, from the message that `orAgain` answered with. */
export function whenFormAgain({ args, message }: ComponentInteraction): Reply {
  const [asked, about = '', hour = '', days = ''] = args
  const target = targets.find(one => one === asked) ?? 'add'
  const typed = typedIn(message)
  const known = target === 'add' ? about !== '' : true
  return whenForm({
    id: { command: 'follow', action: target, args: about === '' ? [] : [about] },
    timing: {
      hour: /^(?:1?\d|2[0-3])$/u.test(hour) ? Number(hour) : usualHour,
      minute: 0,
      zone: (typed[zoneLabel] ?? '').slice(0, zoneLength),
      days: daysFrom(days) ?? everyDay,
    },
    ...(known ? {} : { asked: askedAgain(typed) }),
  })
}
