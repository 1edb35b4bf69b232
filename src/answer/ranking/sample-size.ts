const people =
  'people|persons|individuals|adults|men|women|males|females|boys|girls|children|kids|students|teachers|developers|workers|nurses|residents|patients|outpatients|inpatients|participants|subjects|volunteers|users|respondents|cases|families|households|pregnancies|mice|rats|animals'
const number =
  '\\d[\\d,. ]{0,9}|(?:[a-z]{3,8}-)?(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]{3,6}teen|[a-z]{3,5}ty)(?:-[a-z]{3,5})?'
const study = 'stud(?:y|ies)|trial|cohort|paper|survey|experiment|test|review|sample'

const countsPeople = new RegExp(
  `\\bhow many (?:of )?(?!new\\b)(?:[\\w'’-]{1,30} ){0,3}?(?:${people})(?: and [\\w-]{1,30})?(?![\\w-])`,
  'iu',
)
const tookPart = new RegExp(
  `^(?:(?: in total| overall| altogether)?\\W{0,9}$| (?:took part|participated|(?:was|were|are|is) (?:there |included |enrolled |studied |looked at |involved |part )?(?:(?:in|of) (?!an?\\b)|there\\b|it\\b|(?:that|this) based|enrolled|included|studied|recruited|tested|asked|interviewed|surveyed|followed|involved|randomi[sz]ed)|did (?:they|the (?:${study}|authors)) (?:ask|test|study|recruit|interview|survey|enrol|include|follow|look|use|have)|(?:in|for) (?:the|that|this) (?:[\\w'’-]{1,30} ){0,8}?(?:${study})\\b))`,
  'iu',
)
const size = /\bsample size\b|\bhow (?:big|large) (?:was|is) the (?:sample|study|trial|cohort)\b/iu

/** Whether the size of a study is asked for: "how many patients took part?", and not how many of them recovered. */
export function asksSampleSize(question: string): boolean {
  const counted = countsPeople.exec(question)
  if (counted !== null && tookPart.test(question.slice(counted.index + counted[0].length))) return true
  return size.test(question)
}

const counted = new RegExp(
  `(?<![\\w.%])(?:${number})\\s(?!%)(?:(?!%|percent)[\\w'’/.-]{1,30} ){0,4}?(?:${people})\\b|\\bn\\s?=\\s?\\d`,
  'iu',
)
const enrolled =
  /\b(?:enrol\w{0,6}|recruit\w{0,5}|includ\w{1,4}|compris\w{1,4}|consist\w{0,4}|stud(?:y|ied)|participa\w{1,6}|randomi[sz]\w{1,5}|sample|survey\w{0,3}|interview\w{0,3}|collected|screened|total of|analy[sz]ed|evaluated|examined|followed|cohort|underwent|received|involv\w{1,4}|tested)\b/iu

/** Whether a sentence says how many were studied: "We enrolled 228 patients." */
export const saysSampleSize = (sentence: string): boolean => counted.test(sentence) && enrolled.test(sentence)
