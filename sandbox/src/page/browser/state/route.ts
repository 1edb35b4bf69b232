/** Where the page stands, kept in the address so that a reload or a second tab finds it: `#/ada/123456789012345678`. */
export interface Route {
  readonly person: string | undefined
  readonly channel: string | undefined
}

export function parseRoute(hash: string): Route {
  const [, person, channel] = /^#\/([\w.-]+)(?:\/(\d{17,20}))?$/u.exec(hash) ?? []
  return { person, channel }
}

export const formatRoute = ({ person, channel }: Route): string =>
  `#/${person ?? ''}${channel === undefined ? '' : `/${channel}`}`
