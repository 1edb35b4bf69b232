/** What a check of the set-up has found. */
export interface Finding {
  readonly level: 'ok' | 'warning' | 'error'
  /** What was checked, one or two words. */
  readonly subject: string
  /** What is so. Safe to show: no token, no address with a password. */
  readonly text: string
  /** What to do about it; undefined where nothing has to be done. */
  readonly advice?: string | undefined
}

export const ok = (subject: string, text: string): Finding => ({ level: 'ok', subject, text })
export const warning = (subject: string, text: string, advice: string): Finding => ({
  level: 'warning',
  subject,
  text,
  advice,
})
export const fault = (subject: string, text: string, advice: string): Finding => ({
  level: 'error',
  subject,
  text,
  advice,
})
