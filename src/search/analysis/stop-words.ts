/** English words that say nothing about a paper's subject, in normal form (lower case, no apostrophes). */
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
