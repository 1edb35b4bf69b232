const address = /(?:https?:\/\/|www\.)\S{1,300}/gu
/** Up to this many words beside an address, such as "Our code, data and models are available at". */
const mostWordsBeside = 12
const besideAddress =
  /\b(?:code|codes|data|datasets?|models?|weights|websites?|pages?|projects?|demos?|videos?|source|repository|materials?|benchmarks?|available|see)\b/iu

/** Whether a sentence only says where something is available: "Project website: https://…". */
export function isOnlyAddress(text: string): boolean {
  if (!/https?:|www\./u.test(text)) return false
  const rest = text.replace(address, ' ')
  const count = rest.match(/[\p{L}\p{N}]+/gu)?.length ?? 0
  return count <= mostWordsBeside && (count === 0 || besideAddress.test(rest))
}

const longestNotice = 200
const notice =
  /^\W{0,3}(?:©|\(c\) ?\d|copyright\b.{0,60}\d{4}|all rights reserved|(?:declaration|conflicts?) of interests?|competing interests|funding(?: sources?)?\s?[:.]|(?:clinical )?trial registration)/iu

/** Whether a sentence is the publisher's notice, no part of the abstract: "© 2012 Wiley Periodicals, Inc." */
export const isNotice = (text: string): boolean => text.length <= longestNotice && notice.test(text)
