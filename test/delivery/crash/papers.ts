import { paper } from '../../fixtures/paper.ts'

const birds = ['Owls', 'Larks', 'Terns', 'Wrens', 'Swifts', 'Finches', 'Herons', 'Kites', 'Robins', 'Storks']
const fields = ['Migration', 'Song', 'Nests']

/** Thirty small papers, read in an instant. */
export const library = birds.flatMap(bird =>
  fields.map(field => paper(`${bird}-${field}`.toLowerCase(), `${field} of ${bird}`)),
)
