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
  /** A topic to look over, where one is to be set. */
  readonly topic?: string | undefined
}

/** A form that asks for hour, time zone and days. */
export function whenForm({ id, timing, topic }: WhenForm): Reply {
  return {
    modal: {
      custom_id: encodeId(id),
      title: 'When shall I write to you?',
      components: [
        ...(topic === undefined ? [] : [topicField(topic)]),
        hourField(timing),
        zoneField(timing),
        dayField(timing),
      ],
    },
  }
}

type Field = APIModalInteractionResponseCallbackComponent & APILabelComponent

const topicField = (topic: string): Field => ({
  type: ComponentType.Label,
  label: 'Topic',
  component: {
    type: ComponentType.TextInput,
    custom_id: 'topic',
    style: TextInputStyle.Short,
    required: true,
    max_length: topicLength,
    value: topic,
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
