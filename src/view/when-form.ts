import type { APILabelComponent, APIModalInteractionResponseCallbackComponent } from 'discord-api-types/v10'
import { ComponentType, TextInputStyle } from 'discord-api-types/v10'
import type { Timing } from '../schedule/schedule.ts'
import { type ComponentId, encodeId } from './ids.ts'
import type { Reply } from './reply.ts'
import { dayChoices, digitsOf, hourChoices } from './timing.ts'
import { zoneLength } from './zones.ts'

/** UTF-16 units of a topic. */
export const topicLength = 200

export interface WhenForm {
  readonly id: ComponentId
  readonly timing: Timing
  /** What is to be followed, to look over, where it is to be set. */
  readonly asked?: Asked | undefined
}

/** What is followed in words, by the form's field for it. */
export interface Asked {
  readonly field: AskedField
  readonly text: string
}

export const askedLabels = { topic: 'Topic', author: 'Author', venue: 'Venue' } as const
export type AskedField = keyof typeof askedLabels

/** A form that asks for hour, time zone and days. */
export function whenForm({ id, timing, asked }: WhenForm): Reply {
  return {
    modal: {
      custom_id: encodeId(id),
      title: 'When shall I write to you?',
      components: [
        ...(asked === undefined ? [] : [askedField(asked)]),
        hourField(timing),
        zoneField(timing),
        dayField(timing),
      ],
    },
  }
}

type Field = APIModalInteractionResponseCallbackComponent & APILabelComponent

const askedField = ({ field, text }: Asked): Field => ({
  type: ComponentType.Label,
  label: askedLabels[field],
  component: {
    type: ComponentType.TextInput,
    custom_id: field,
    style: TextInputStyle.Short,
    required: true,
    max_length: topicLength,
    value: text,
  },
})

const hourField = ({ hour }: Timing): Field => ({
  type: ComponentType.Label,
  label: 'Hour',
  component: {
    type: ComponentType.StringSelect,
    custom_id: 'hour',
    options: hourChoices.map(({ name, value }) => ({
      label: name,
      value: String(value),
      default: value === hour,
    })),
  },
})

const zoneField = ({ zone }: Timing): Field => ({
  type: ComponentType.Label,
  label: 'Time zone',
  description: 'A city or a name such as Europe/Berlin',
  component: {
    type: ComponentType.TextInput,
    custom_id: 'zone',
    style: TextInputStyle.Short,
    required: true,
    max_length: zoneLength,
    value: zone,
  },
})

function dayField({ days }: Timing): Field {
  const digits = digitsOf(days)
  return {
    type: ComponentType.Label,
    label: 'Days',
    component: {
      type: ComponentType.StringSelect,
      custom_id: 'days',
      options: dayChoices.map(({ name, value }) => ({ label: name, value, default: value === digits })),
    },
  }
}
