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

/**
 * The form that asks for the channel and a note.
 * @param here the channel that is preselected
 * @param seed id of the interaction that opened the form
 */
export function shareForm(
  paper: Paper,
  here: string | undefined,
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
          ...(here === undefined
            ? {}
            : { default_values: [{ id: here, type: SelectMenuDefaultValueType.Channel }] }),
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
          options: [{ label: 'Open a thread', value: 'yes' }],
        },
      },
    ],
  }
}
