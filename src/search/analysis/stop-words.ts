/** English words without meaning for a paper's subject, in normal form (lower case, no apostrophes). */
export const stopWords: ReadonlySet<string> = new Set(
  `a about above after again against all also although am among an and any are arent as at be because been before
  being below between both but by can cannot cant could couldnt did didnt do does doesnt doing dont down due during
  each eg either else etc ever every few for from further get gets getting got had hadnt has hasnt have havent having
  he her here hers herself hes hi him himself his how however i id ie if ill im in into is isnt it its itself ive just
  lets like made make makes many may me might more most much must my myself neither no nor not now of off often on
  once one only onto or other others our ours out over own per please quite rather really s same say shall she should
  shouldnt since so some such t tell than that thats the their theirs them themselves then there thereby these they
  theyre this those though through thus to together too under until up upon us very via was wasnt we well were werent
  what whats when where whether which while who whom whose why will with within without wont would wouldnt yes yet
  you your youre yours yourself`.split(/\s+/),
)

/** In capitals these are emphasis, or operators of other search engines. */
const neverAcronyms: ReadonlySet<string> = new Set('AND OR NOT THE OF FOR WITH IN ON TO BY FROM'.split(' '))

/** Whether a word as written is an acronym that is spelt like a stop word: `WHO`, `IT`, `US`. */
export const isAcronym = (surface: string): boolean =>
  surface.length > 1 &&
  surface.length < 6 &&
  /^[A-Z]+$/.test(surface) &&
  stopWords.has(surface.toLowerCase()) &&
  !neverAcronyms.has(surface)

/** Whether the whole text is in capitals, so that they identify no acronyms. */
export const isShouted = (text: string): boolean => text.length > 24 && !/\p{Ll}/u.test(text)
