/** What ends the name of the thing to be defined: its context, or a second question. */
const behind =
  /(?:,|;|\s[-–—]|\?|\.\s|\s(?:in|when|that|which|who|for which|according to|as used|used in|here)\b|\sand\s(?:what|how|why|where|who|which)\b)/iu

/** Each pattern captures the thing to be defined as its first group; every repetition is bounded. */
const forms: readonly RegExp[] = [
  /\bwhat (?:do|does|did) (?:the |an? )?(.{1,80}?) (?:stand for|mean|refer to|denote)\b/iu,
  /\bwhat (?:the |an? )?((?:[\w-]{1,60} ){1,5})(?:means?|stands? for|refers? to)\b/iu,
  /\b(?:what|which) (?:kind|sort|type)s? of (?:\w{1,40} ){1,2}(?:is|are) (?:the |an? )?(.{1,120})/iu,
  /^(.{1,80}?)(?:,|:|;|\s[-–—])\s{0,9}(?:so )?(?:what|whats|what's|who)\b/iu,
  /\b(?:what(?:'?s| exactly is| is| are| was| were)|whats|define|explain|meaning of|definition of) (?:the |an? )?(.{1,120})/iu,
]

/**
 * The thing to be defined: "PTG" in "what does PTG stand for in routing?"; the whole text when no pattern matches.
 */
export function definedIn(text: string): string {
  for (const form of forms) {
    const found = form.exec(text)?.[1]?.split(behind)[0]?.trim()
    if (found !== undefined && /[\p{L}\p{N}]/u.test(found)) return found
  }
  return text
}
