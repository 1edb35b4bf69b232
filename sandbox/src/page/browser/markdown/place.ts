import type { APIUser } from 'discord-api-types/v10'
import type { Page } from '../page.ts'

/** Where the text stands: names to look up, and users that the message brought along. */
export interface Place {
  readonly page: Page
  readonly mentioned?: readonly APIUser[] | undefined
}
