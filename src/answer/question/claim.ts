/** Openings of questions, requests and remarks to the bot; a statement does not begin with them. */
const begins =
  /^\W{0,9}(?:(?:and|so|but|or|ok(?:ay)?|hey|hi|hello|pls|please|also|then|well|um+|hmm+|btw|can|could|would|will|is|are|was|were|does|do|did|has|have|had|should|any(?:one|body|thing)?|some(?:one|body|thing)|explain|define|describe|summar\w{1,40}|sum|list|find|show|give|tell|compare|recommend|suggest|search|look|get|got|translate|write|say|name|thanks?|thx|remind|eli5|tl;?dr|never|about|(?:\w{1,10} )?(?:what|which|who|whom|whose|why|whys|how|where|when|whats)|i|you|let)\b)/iu
const asks = /\?|\b(?:i|[Yy]ou|[Yy]our|[Mm]e|[Mm]y|[Aa]nyone|[Aa]nybody|[Pp]ls|[Pp]lease|[Pp]apers?)\b/u
const leadsOn = /\b(?:what(?:'?s)?|which|who(?:m|se)?|why|how|where|when)\b/iu

/** Finite verbs of statements, in the base form and the third person. */
const verb =
  /\b(?:is|are|was|were|has|have|had|can(?:not)?|could|may|might|must|will|would|should|does|do|did|becomes?|remains?|seems?|appears?|tends?|fails?|(?:increas|decreas|reduc|rais|lower|improv|worsen|caus|induc|inhibit|activat|prevent|promot|affect|influenc|regulat|control|modulat|mediat|enhanc|suppress|impair|block|trigger|stimulat|lead|result|contribut|depend|rel[iy]|requir|need|us|involv|contain|includ|consist|provid|produc|generat|form|bind|interact|associat|correlat|predict|determin|indicat|show|suggest|demonstrat|reveal|confirm|support|outperform|beat|surpass|match|learn|generali[sz]|scal|converg|allow|enabl|help|hurt|harm|protect|damage|treat|cur|kill|delay|accelerat|shorten|extend|encod|express|target|recruit|releas|transport|convert|degrad|metaboli[sz]|play|lack|hav|exhibit|display|exist|occur|aris|account|represent|differ|exceed|mak|giv|tak|keep|hold)(?:e|es|s|ed|d)?)\b/iu

const leastWords = 3

/**
 * Whether a text is a statement and not a question: "4-PBA raises stress in the endoplasmic reticulum". The answer is
 * then the evidence for or against it.
 */
export function isClaim(text: string): boolean {
  const words = text.match(/[\p{L}\p{N}'’-]{1,60}/gu)?.length ?? 0
  if (words < leastWords || begins.test(text) || asks.test(text)) return false
  return /[.!]\W{0,9}$/u.test(text) || (words > leastWords && !leadsOn.test(text) && verb.test(text))
}
