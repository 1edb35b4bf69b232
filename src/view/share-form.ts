import {
  type APIModalInteractionResponseCallbackData,
  ChannelType,
  ComponentType,
  SelectMenuDefaultValueType,
  TextInputStyle,
} from 'discord-api-types/v10'
import { paperRef } from '../corpus/ids.ts'
import type { Paper } from '../corpus/paper.ts'
import { readable } from '../corpus/readable.ts'
import { clip, visible } from './escape.ts'
import { encodeId } from './ids.ts'
import { noteLimit } from './share-card.ts'

/** Kinds of channels that papers can be shared in. */
export const shareable = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
  ChannelType.GuildForum,
] as const

/** Fields of the form, by custom id. */
export const shareFields = { channel: 'channel', note: 'note', thread: 'thread' } as const

interface FilledIn {
  readonly channelId: string | undefined
  readonly note: string
  readonly thread: boolean
}

/**
 * Asks where and with what words a paper is shared.
 * @param filled what its fields hold to begin with
 * @param seed id of the interaction that opened the form
 */
export function shareForm(
  paper: Paper,
  { channelId, note, thread }: FilledIn,
  seed: string,
): APIModalInteractionResponseCallbackData {
  return {
    custom_id: encodeId({ command: 'share', action: 'send', args: [paperRef(paper.id), seed] }),
    title: 'Share a paper',
    components: [
      {
        type: ComponentType.Label,
        label: 'Channel',
        description: clip(visible(readable(paper.title)), 100) || 'Untitled',
        component: {
          type: ComponentType.ChannelSelect,
          custom_id: shareFields.channel,
          channel_types: [...shareable],
          required: true,
          ...(channelId === undefined || channelId === ''
            ? {}
            : { default_values: [{ id: channelId, type: SelectMenuDefaultValueType.Channel }] }),
        },
      },
      {
        type: ComponentType.Label,
        label: 'Note',
        description: 'Why others should read it',
        component: {
          type: ComponentType.TextInput,
          custom_id: shareFields.note,
          style: TextInputStyle.Paragraph,
          max_length: noteLimit,
          required: false,
          ...(note === '' ? {} : { value: note.slice(0, noteLimit) }),
        },
      },
      {
        type: ComponentType.Label,
        label: 'Discussion',
        component: {
          type: ComponentType.StringSelect,
          custom_id: shareFields.thread,
          placeholder: 'No thread',
          required: false,
          min_values: 0,
          options: [{ label: 'Open a thread', value: 'yes', default: thread }],
        },
      },
    ],
  }
}
