import { channelName, isDirect, memberName } from '../state/channels.ts'
import { type Leaf, matching } from './leaves.ts'
import { fitting, type Known, type Offer, users } from './offers.ts'

/** The name being typed at the caret: `@lec` or `#pa`. */
export interface Token {
  readonly start: number
  readonly end: number
  readonly mark: '@' | '#'
  readonly text: string
}

export function tokenAt(text: string, caret: number): Token | undefined {
  const [, mark, name] = /(?:^|\s)([@#])([^\s@#]{0,40})$/u.exec(text.slice(0, caret)) ?? []
  if (mark === undefined || name === undefined) return undefined
  return { start: caret - name.length - 1, end: caret, mark: mark === '@' ? '@' : '#', text: name }
}

export function mentionOffers({ mark, text }: Token, known: Known): readonly Offer[] {
  if (mark === '@') return fitting(users(known), text).slice(0, 8)
  const channels = known.channels
    .filter(channel => !isDirect(channel))
    .map((channel): Offer => ({ label: channelName(channel), value: channel.id, kind: 'channel' }))
  return fitting(channels, text).slice(0, 8)
}

/** Puts a chosen name in the token's place; returns the text and where the caret goes. */
export function complete(text: string, token: Token, name: string): { text: string; caret: number } {
  const put = `${token.mark}${name} `
  const rest = text.slice(token.end).replace(/^ /u, '')
  return { text: text.slice(0, token.start) + put + rest, caret: token.start + put.length }
}

/** Names as people read them, turned into the mentions that Discord reads; longer names go first. */
export function encodeMentions(text: string, known: Known): string {
  const names = [
    ...known.members.flatMap(member =>
      [memberName(member), member.user.username].map(name => [`@${name}`, `<@${member.user.id}>`] as const),
    ),
    ...known.channels
      .filter(channel => !isDirect(channel))
      .map(channel => [`#${channelName(channel)}`, `<#${channel.id}>`] as const),
  ].toSorted(([a], [b]) => b.length - a.length)
  return names.reduce((out, [name, mention]) => {
    const pattern = new RegExp(`(^|[\\s(])${RegExp.escape(name)}(?![\\p{L}\\p{N}_])`, 'giu')
    return out.replace(pattern, (_, before: string) => before + mention)
  }, text)
}

/** Mentions as names again, for editing. */
export function decodeMentions(text: string, known: Known): string {
  return text.replace(/<([@#])!?(\d{17,20})>/gu, (whole, mark: string, id: string) => {
    if (mark === '@') {
      const member = known.members.find(({ user }) => user.id === id)
      return member === undefined ? whole : `@${memberName(member)}`
    }
    const channel = known.channels.find(each => each.id === id)
    return channel === undefined ? whole : `#${channelName(channel)}`
  })
}

/** What the list above the line offers for what is typed there. */
export type Completion =
  | {
      readonly kind: 'commands'
      readonly label: string
      readonly offers: readonly Offer[]
      readonly found: readonly Leaf[]
    }
  | {
      readonly kind: 'names'
      readonly label: string
      readonly offers: readonly Offer[]
      readonly token: Token
    }

/** Commands after a slash, even where none matches; names after `@` and `#`; else nothing. */
export function completionFor(
  text: string,
  caret: number,
  leaves: readonly Leaf[],
  known: Known,
): Completion | undefined {
  if (/^\/[^\n]*$/u.test(text)) {
    const found = matching(leaves, text.slice(1))
    const offers = found.map(({ path, description, command }) => ({
      label: `/${path}`,
      detail: description,
      value: path,
      member: known.members.find(({ user }) => user.id === command.application_id),
    }))
    return { kind: 'commands', label: 'Commands', offers, found }
  }
  const token = tokenAt(text, caret)
  const offers = token === undefined ? [] : mentionOffers(token, known)
  if (token === undefined || offers.length === 0) return undefined
  return { kind: 'names', label: token.mark === '@' ? 'Members' : 'Channels', offers, token }
}
