import {
  IncomingWebhookInteractionRequestSchema,
  IncomingWebhookUpdateForInteractionCallbackRequestPartialSchema,
  IncomingWebhookUpdateRequestPartialSchema,
  MessageCreateRequestSchema,
  MessageEditRequestPartialSchema,
} from 'discord-api-spec/zod'
import { MessageFlags } from 'discord-api-types/v10'
import { MessageBody } from './body.ts'
import { isEmoji, validateComponents } from './components.ts'
import { validateEmbeds } from './embeds.ts'
import { check, errorsOf, readAs, required, tooLong, type ValidationError, validationError } from './form.ts'
import { refusal } from './refusal.ts'

const schemas = {
  create: MessageCreateRequestSchema,
  edit: MessageEditRequestPartialSchema,
  reply: IncomingWebhookInteractionRequestSchema,
  update: IncomingWebhookUpdateForInteractionCallbackRequestPartialSchema,
  'webhook-edit': IncomingWebhookUpdateRequestPartialSchema,
} as const

export type MessageKind = keyof typeof schemas

const maxContent = 2000

/**
 * @param kind what the body is for; creating kinds must say something
 * @param files how many came with it
 * @param at where the message stands in the whole body
 * @throws Refusal 50035 or 50006
 */
export function validateMessage(
  raw: unknown,
  kind: MessageKind,
  files: number,
  at: readonly string[] = [],
): MessageBody {
  check(errorsOf(schemas[kind], raw ?? {}, at))
  const body = readAs(MessageBody, raw ?? {}, at)
  check(validateParts(body).map(found => ({ ...found, path: [...at, ...found.path] })))
  if ((kind === 'create' || kind === 'reply') && files === 0 && isEmpty(body)) throw refusal(50006)
  return body
}

export function isEmpty(body: Pick<MessageBody, 'content' | 'embeds' | 'components' | 'poll'>): boolean {
  return !body.content?.trim() && !body.embeds?.length && !body.components?.length && body.poll == null
}

function validateParts(body: MessageBody): ValidationError[] {
  const v2 = ((body.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0
  const found = [
    ...validateEmbeds(body.embeds ?? []),
    ...validateComponents(body.components ?? [], v2),
    ...validateMentions(body),
    ...validatePoll(body),
  ]
  if ((body.content?.length ?? 0) > maxContent) found.push(tooLong(['content'], maxContent))
  return v2 ? [...found, ...validateLegacy(body)] : found
}

/** A message of "components v2" has nothing but components. */
function validateLegacy(body: MessageBody): ValidationError[] {
  const text = 'The field cannot be used with components v2'
  const used = [
    ['content', Boolean(body.content)],
    ['embeds', Boolean(body.embeds?.length)],
    ['poll', body.poll != null],
  ] as const
  return used
    .filter(([, present]) => present)
    .map(([name]) => validationError([name], 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', text))
}

function validateMentions({ allowed_mentions: allowed }: MessageBody): ValidationError[] {
  const code = 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE'
  return (['users', 'roles'] as const)
    .filter(name => allowed?.[name]?.length && allowed.parse?.includes(name))
    .map(name =>
      validationError(
        ['allowed_mentions'],
        code,
        `parse:["${name}"] and ${name}: [ids...] are mutually exclusive.`,
      ),
    )
}

function validatePoll({ poll }: MessageBody): ValidationError[] {
  if (poll == null) return []
  const found: ValidationError[] = []
  if (!poll.question.text?.trim()) found.push(required(['poll', 'question', 'text']))
  for (const [index, { poll_media: media }] of poll.answers.entries()) {
    const path = ['poll', 'answers', index, 'poll_media']
    if (!media.text?.trim()) found.push(required([...path, 'text']))
    if ((media.text?.length ?? 0) > 55) found.push(tooLong([...path, 'text'], 55))
    const emoji = media.emoji as { id?: unknown; name?: string } | null | undefined
    if (emoji != null && emoji.id == null && !isEmoji(emoji.name ?? ''))
      found.push(validationError([...path, 'emoji', 'name'], 'COMPONENT_INVALID_EMOJI', 'Invalid emoji'))
  }
  return found
}
