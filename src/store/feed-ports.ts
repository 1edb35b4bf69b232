/**
 * Who may read a server's feeds: whoever knows its key. No backup holds keys, so that none that was renewed comes back with
 * one.
 */
export interface Feeds {
  /** @returns undefined: its feeds are off */
  keyOf(guildId: string): Promise<string | undefined>
  /** @returns the server whose key it is; undefined for one that is unknown, or was renewed */
  guildOf(key: string): Promise<string | undefined>
  /** Turns feeds on with this key, instead of the one before. */
  set(guildId: string, key: string, at: number): Promise<void>
  /** Turns feeds on unless they are. @returns the key that counts */
  open(guildId: string, key: string, at: number): Promise<string>
  /** Turns feeds off. @returns whether they were on */
  close(guildId: string): Promise<boolean>
}
