import { randomBytes } from 'node:crypto'
import type { FeedFormat, FeedKind } from './feed-text.ts'

/** 256 bits of chance: nobody guesses one. */
export const newFeedKey = (): string => randomBytes(32).toString('base64url')

export const isFeedKey = (text: string): boolean => /^[\w-]{43}$/u.test(text)

export const feedAddress = (publicUrl: string, key: string, kind: FeedKind, format: FeedFormat): string =>
  `${publicUrl}/feeds/${key}/${kind}.${format}`
