import { type Kinds, kindNames, kindsOf } from './kinds.ts'
import { asks } from './question-patterns.ts'

/** What each of several papers may be asked for; every repetition is bounded. */
const asked = {
  finds:
    /\bwhat (?:came|comes) (?:out|of it)\b|\bwhat (?:do|did|does|have|has) (?:the |our |these |those )?(?:\w{1,40} ){0,2}(?:see|saw|seen|find|found|learn|learned|show|shown|say|said|bring|report|know|conclude|observe)\b|\bwhat(?:'?s| is| was) (?:already )?(?:known|passed|found|shown)\b|\b(?:what|which) (?:\w{1,40} )?(?:effects?|results?|numbers?|figures?|outcomes?|findings?|gains?)\b|\b(?:does|do|did) (?:it|this|that|they) (?:\w{1,40} )?(?:help|work|pay|matter|hold|gain|bring)\b|\bhow (?:did|do) (?:they|it) (?:do|fare|perform|compare)\b|\bhow well\b|\bhow (?:common|frequent|likely)\b|\blinked\b|\bany (?:evidence|numbers|figures)\b|\b(?:do|does) .{1,40} do\W{0,9}$|\bwhat happens\b/iu,
  how: /\bhow(?:\W{0,9}$|[,;] )|\band how(?! (?:well|many|much|large|big|long|far|often|fast|small|high|low|good)\b)|\bhow (?:do|does|did|can|could|might|would|should|to|have|has|are|is) |\b(?:ways|approaches|methods|techniques|tricks|strategies|schemes|solutions)\b|\bwhat can\b|\bwhat (?:do|does) (?:they|people|ppl) do\b/iu,
  use: /\b(?:what|which purpose|whatever) for\b|\bfor what\b|\b(?:good|used?) for\b/iu,
  reason: /\bwhy\b|\bwhat (?:makes|explains|causes|drives)\b|\b(?:reasons?|causes?|risk factors?)\b/iu,
  trouble:
    /\b(?:what|which) (?:\w{1,40} ){0,2}(?:problems?|troubles?|attacks?|dangers?|risks?|challenges?|obstacles?|issues?|limitations?|limits?|drawbacks?|biases)\b/iu,
  named:
    /\b(?:what|which) (?!(?:other )?(?:papers?|studies|articles|ones|ways|approaches|tricks|works?|about|for|effects?|numbers?|is|are|was|were|do|does|did|can|could|has|have|came|makes|explains)\b)(?:[\w-]{1,40} ){0,2}[\w-]{1,40}s\b/iu,
} as const satisfies Record<string, RegExp>

const none = Object.fromEntries(kindNames.map(name => [name, false])) as Kinds

/**
 * What each of several papers is asked for: "who combines gaze with speech, and what for?" asks each for a use. The words
 * that choose the papers ask for nothing, so much of what `kindsOf` reads in a question about one paper does not hold here.
 */
export function kindsOfSurvey(text: string): Kinds {
  const one = kindsOf(text)
  const trouble = asked.trouble.test(text)
  const why = asked.reason.test(text) && !trouble
  const finds = asked.finds.test(text)
  const how = !finds && !why && asked.how.test(text)
  const use = asked.use.test(text)
  const kinds = {
    ...none,
    why,
    trouble,
    finds,
    how,
    use,
    number: one.number,
    yesno: asks.yesNo.test(text) && !how,
    gain: one.yesno && one.gain,
    which: !trouble && !how && !finds && asked.named.test(text),
    trial: one.trial && asked.named.test(text),
  }
  return { ...kinds, other: !Object.values(kinds).some(holds => holds) }
}
