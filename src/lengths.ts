/**
 * How much of each text is read, in UTF-16 units, whoever wrote it. What is longer is cut before any analysis, or
 * refused where a cut would change what it means. `test/pump.test.ts` holds every entry to a time at these lengths.
 */
export const lengths = {
  /** An option, a form's field, a message to the bot or one that a menu was opened on. Discord's own limit is 6,000. */
  typed: 4_000,
  /** A question: what follows asks nothing that the beginning did not. */
  question: 1_000,
  /** A query; whole abstracts are pasted too. */
  query: 6_000,
  /** What autocomplete looks at, at every key: no title is longer. */
  completed: 300,
  /** A paper's fields in a corpus file. Longer ones reject the paper: a title cut short is another title. The longest
   * titles have some 500, the longest abstracts some 10,000. */
  paperId: 1_000,
  title: 2_000,
  abstract: 100_000,
  /** A paper's authors in one text, and one of them. The largest collaborations have some 3,000 names in 60,000 units. */
  authors: 100_000,
  author: 1_000,
  /** What else a paper's record has. Longer ones no person wrote: they would neither fit a database's index nor a backup. */
  identifier: 500,
  venue: 1_000,
  category: 200,
  /** Categories of one paper, of all its records. */
  categories: 500,
  /** An address in an abstract: what is longer no person wrote. */
  address: 2_000,
} as const
