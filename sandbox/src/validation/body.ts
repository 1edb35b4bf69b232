import { z } from 'zod'

/*
 * The parts of bodies that the sandbox reads, once Discord's own schemas have passed them. The rest is kept as it is.
 */

export const Embed = z.looseObject({
  url: z.string().nullish(),
  title: z.string().nullish(),
  description: z.string().nullish(),
  author: z
    .looseObject({ name: z.string().nullish(), url: z.string().nullish(), icon_url: z.string().nullish() })
    .nullish(),
  footer: z.looseObject({ text: z.string().nullish(), icon_url: z.string().nullish() }).nullish(),
  image: z.looseObject({ url: z.string().nullish() }).nullish(),
  thumbnail: z.looseObject({ url: z.string().nullish() }).nullish(),
  fields: z.array(z.looseObject({ name: z.string(), value: z.string() })).nullish(),
})

export type Embed = z.infer<typeof Embed>

/** Any component; what belongs to which type is the component judge's business. */
export interface Component {
  type: number
  id?: number | null | undefined
  custom_id?: string | null | undefined
  style?: number | null | undefined
  label?: string | null | undefined
  url?: string | null | undefined
  sku_id?: string | null | undefined
  emoji?: { id?: string | null | undefined; name?: string | null | undefined } | null | undefined
  options?: { label: string; value: string; default?: boolean | null | undefined }[] | null | undefined
  min_values?: number | null | undefined
  max_values?: number | null | undefined
  min_length?: number | null | undefined
  max_length?: number | null | undefined
  required?: boolean | null | undefined
  value?: unknown
  disabled?: boolean | null | undefined
  channel_types?: number[] | null | undefined
  components?: Component[] | null | undefined
  component?: Component | null | undefined
  accessory?: Component | null | undefined
}

export const Component: z.ZodType<Component> = z.lazy(() =>
  z.looseObject({
    type: z.number(),
    id: z.number().nullish(),
    custom_id: z.string().nullish(),
    style: z.number().nullish(),
    label: z.string().nullish(),
    url: z.string().nullish(),
    sku_id: z.string().nullish(),
    emoji: z.looseObject({ id: z.string().nullish(), name: z.string().nullish() }).nullish(),
    options: z
      .array(z.looseObject({ label: z.string(), value: z.string(), default: z.boolean().nullish() }))
      .nullish(),
    min_values: z.number().nullish(),
    max_values: z.number().nullish(),
    min_length: z.number().nullish(),
    max_length: z.number().nullish(),
    required: z.boolean().nullish(),
    value: z.unknown().optional(),
    disabled: z.boolean().nullish(),
    channel_types: z.array(z.number()).nullish(),
    components: z.array(Component).nullish(),
    component: Component.nullish(),
    accessory: Component.nullish(),
  }),
)

export const PollBody = z.looseObject({
  question: z.looseObject({ text: z.string().nullish() }),
  answers: z.array(z.looseObject({ poll_media: z.looseObject({ text: z.string().nullish() }) })),
  allow_multiselect: z.boolean().nullish(),
  layout_type: z.number().nullish(),
  /** Hours. */
  duration: z.number().nullish(),
})

export const MessageBody = z.looseObject({
  content: z.string().nullish(),
  embeds: z.array(Embed).nullish(),
  components: z.array(Component).nullish(),
  allowed_mentions: z
    .looseObject({
      parse: z.array(z.string().nullable()).nullish(),
      users: z.array(z.string().nullable()).nullish(),
      roles: z.array(z.string().nullable()).nullish(),
      replied_user: z.boolean().nullish(),
    })
    .nullish(),
  flags: z.number().nullish(),
  attachments: z
    .array(
      z.looseObject({
        id: z.union([z.string(), z.number()]).transform(String),
        filename: z.string().nullish(),
        description: z.string().nullish(),
      }),
    )
    .nullish(),
  poll: PollBody.nullish(),
  message_reference: z
    .looseObject({
      message_id: z.string(),
      channel_id: z.string().nullish(),
      type: z.number().nullish(),
      fail_if_not_exists: z.boolean().nullish(),
    })
    .nullish(),
  nonce: z.union([z.string(), z.number()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
  tts: z.boolean().nullish(),
})

export type MessageBody = z.infer<typeof MessageBody>
export type PollBody = z.infer<typeof PollBody>
