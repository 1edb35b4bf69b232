const channelPath = (person: string, channel: string) => `/sandbox/people/${person}/channels/${channel}`

/** Paths by person (`ada`, or a user id), channel, message and interaction id. `paths.x(':person')` is a route pattern. */
export const paths = {
  info: () => '/sandbox/info',
  clock: () => '/sandbox/clock',
  form: (form: string) => `/sandbox/forms/${form}`,
  overview: (person: string) => `/sandbox/people/${person}/overview`,
  events: (person: string) => `/sandbox/people/${person}/events`,
  settings: (person: string) => `/sandbox/people/${person}/settings`,
  directMessages: (person: string) => `/sandbox/people/${person}/direct-messages`,
  modal: (person: string, interaction: string) =>
    `/sandbox/people/${person}/interactions/${interaction}/modal`,
  messages: (person: string, channel: string) => `${channelPath(person, channel)}/messages`,
  threads: (person: string, channel: string) => `${channelPath(person, channel)}/threads`,
  commands: (person: string, channel: string) => `${channelPath(person, channel)}/commands`,
  autocomplete: (person: string, channel: string) => `${channelPath(person, channel)}/autocomplete`,
  slash: (person: string, channel: string) => `${channelPath(person, channel)}/slash`,
  message: (person: string, channel: string, message: string) =>
    `${channelPath(person, channel)}/messages/${message}`,
  reaction: (person: string, channel: string, message: string) =>
    `${channelPath(person, channel)}/messages/${message}/reaction`,
  vote: (person: string, channel: string, message: string) =>
    `${channelPath(person, channel)}/messages/${message}/vote`,
  menu: (person: string, channel: string, message: string) =>
    `${channelPath(person, channel)}/messages/${message}/menu`,
  press: (person: string, channel: string, message: string) =>
    `${channelPath(person, channel)}/messages/${message}/press`,
  select: (person: string, channel: string, message: string) =>
    `${channelPath(person, channel)}/messages/${message}/select`,
} as const
