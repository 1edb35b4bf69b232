/**
 * What can be asked of any paper and abstracts seldom tell. `asks` finds it in a question, `tells` in an abstract; where
 * `tells` is 'the word' the abstract must hold the very word that was asked, and 'nothing' no abstract tells it.
 * Written from what people want to know of papers in general, wide on purpose.
 */
export interface Attribute {
  readonly name: string
  /** How the reply names it: "It says nothing of ...". */
  readonly label: string
  readonly asks: RegExp
  readonly tells: RegExp | 'the word' | 'nothing'
}

export const attributes: readonly Attribute[] = [
  {
    name: 'people',
    label: 'its authors',
    asks: /\bwho (?:wrote|made|created|invented|built|published|reviewed|developed|ran|funded|paid|(?:are|were) the authors?|is the (?:first |last |lead )?author)|\bauthors?\b.{0,20}\b(?:from|of|affiliat\w{1,40}|work|based|name|email)|\b(?:first|last|lead|senior|corresponding|main) author\b|\bauthors? of\b|\be-?mail\b|\bwhose (?:work|paper|idea)\b|\bwho (?:were|are|was|is) the (?:\w{1,40} ){0,2}(?:speakers?|organi[sz]ers?|reviewers?|editors?|supervisors?|panel\w{0,6}|sponsors?)\b|\bnames? of (?:the|its|their) (?:\w{1,40} ){0,2}(?:author|bank|company|hospital|lab|school|vendor|developer|supplier|manufacturer)s?\b/iu,
    tells: 'nothing',
  },
  {
    name: 'place',
    label: 'where it was done',
    asks: /\b(?:universit\w{1,40}|affiliat\w{1,40}|institut\w{1,40}|company|compan\w{1,40}|lab|country|countries|cities|city|hospitals?|where (?:are|were|is|was|did) (?:the|they|it|this)|in which (?:country|city|hospital|place)|how many (?:sites|centers|centres|hospitals))\b(?!.{0,200}(?:code|data|download))/iu,
    tells:
      /\b(?:universit\w{1,40}|compan\w{1,40}|countr\w{1,40}|cities|city|nation\w{0,40}|hospitals?|cent(?:er|re)s?|clinics?|in (?:the )?(?:[A-Z][a-z]{2,20}))\b/u,
  },
  {
    name: 'venue',
    label: 'where and when it was published',
    asks: /\b(?:conference|venue|journal|workshop|published|publication|publish|accepted|cited|citations?|references|(?:what|which|in what|in which) year|what date|when (?:was|were|did) .{0,60}(?:published|come out|appear|released|accepted|presented|written|out|done|conducted|recruited|collected)|preprint|peer[- ]reviewed|reviewed|arxiv|doi)\b/iu,
    tells: 'nothing',
  },
  {
    name: 'date',
    label: 'when it was done',
    asks: /\b(?:(?:what|which|in what|in which|between which|over which|from which) years|which (?:month|season|decade)s?|from when to when|what dates)\b/iu,
    tells: /\b(?:19|20)\d\d/u,
  },
  {
    name: 'measure of the thing',
    label: 'such a measure',
    asks: /\bhow (?:heavy|thick|wide|tall|hot|cold|loud|bright|deep in)\b|\bweighs?\b|\b(?:diameter|voltage|wavelength|resolution|frame rate|sampling rate)\b/iu,
    tells:
      /\d\s?(?:mg|g|kg|nm|mm|cm|m|km|v|hz|khz|mhz|ghz|fps|k|degrees?|pixels?|dpi)\b|\b(?:weigh\w{0,5}|thick\w{0,5}|wide|width|diameter|voltage|wavelength|resolution|frame rate|sampling rate)\b/iu,
  },
  {
    name: 'money',
    label: 'money',
    asks: /\b(?:cost|costs|price|priced|paid|pay|payed|payment|dollars?|usd|fund\w{0,40}|sponsor\w{0,40}|grants?|budget|salary|money|euros?|compensat\w{1,40}|conflicts? of interest)\b|\$/iu,
    tells: /\b(?:cost\w{0,40}|price|paid|dollars?|fund\w{0,40}|monetary|budget|compensat\w{1,40})\b|\$/iu,
  },
  {
    name: 'licence',
    label: 'a licence',
    asks: /\blicen[sc]e\w{0,40}\b/iu,
    tells: /\blicen[sc]e\w{0,40}\b/iu,
  },
  {
    name: 'hardware',
    label: 'hardware',
    asks: /\b(?:gpus?|tpus?|cpus?|hardware|a100s?|h100s?|v100s?|nvidia|microcontroller|boards?|phone|cluster|gigabytes?|gb|vram|ram|machines?|scanner|microscope|sequencer|device model)\b/iu,
    tells:
      /\b(?:gpus?|tpus?|a100|h100|nvidia|boards?|real[- ]world robot\w{0,40}|real robot\w{0,40}|hardware|phones?|machines?|scanner|microscop\w{1,20}|sequenc\w{1,20})\b/iu,
  },
  {
    name: 'time',
    label: 'how long it took',
    asks: /\b(?:how long|how many (?:hours|days|weeks|months|minutes|seconds)|training time|wall[- ]?clock|latenc\w{1,40}|milliseconds?|runtime|hours|duration|follow[- ]?up (?:time|period|length))\b(?!.{0,200}\b(?:context|sequence|input|prompt)s?\b)/iu,
    tells: /\b(?:hours?|days?|weeks?|months?|years?|minutes?|seconds|wall[- ]?clock|latency)\b/iu,
  },
  {
    name: 'setting',
    label: 'such a setting',
    asks: /\b(?:batch size|learning rate\w{0,40}|epochs?|optimi[sz]er|seeds?|hyper-?parameters?|weight decay|dropout rate|temperature|warm-?up|penalty weight|layers?|heads|hidden (?:size|units?)|context length|context window|beam (?:width|size)|rank|block size|vocabulary|tokenizer|steps|rollouts|critics|coefficient|alpha|lambda|discount|buffer|threshold|radius|how many (?:particles|iterations|neurons|filters)|value of \w{1,12}|schedule|ablation|kernel size|activation|k value|cut-?off|stopping criterion)\b/iu,
    tells: 'the word',
  },
  {
    name: 'software',
    label: 'software',
    asks: /\b(?:programming language|pytorch|tensorflow|jax|matlab|python|java|spss|stata|(?:which|what) (?:version|software|package|tool|operating system|browser)|library|written in|implemented (?:in|with)|lines of code|repository stars|stars)\b/iu,
    tells:
      /\b(?:pytorch|tensorflow|jax|python|java|matlab|software|package|version|implemented (?:in|with|as))\b/iu,
  },
  {
    name: 'code',
    label: 'code or data to get',
    asks: /\b(?:code|github|repo(?:sitory)?|download\w{0,40}|weights|checkpoints?|open[- ]?source\w{0,40}|where can i (?:get|find|download)|link|website|demo|videos?)\b/iu,
    tells: /https?:\/\/|\b(?:available|released?|open[- ]source\w{0,40}|publicly|github|website|release)\b/iu,
  },
  {
    name: 'metric',
    label: 'that measure',
    asks: /\b(?:psnr|ssim|f-?score|m?iou|dice|mean squared error|word error rate|bleu|rouge|f1|top-1|top-5|pass@\w{1,40}|win rate|error rate|accuracy|perplexity|auc|precision|recall|elo|score on|fid|mrr|ndcg|success rate|percentage points?|p-?values?|confidence interval|odds ratio|hazard ratio|effect size|standard deviation|sensitivity|specificity|kappa|r-?squared|rmse)\b/iu,
    tells: 'the word',
  },
  {
    name: 'people studied',
    label: 'the people or animals studied',
    asks: /\b(?:how old|mean age|average age|age (?:range|group|of)|what age|ages|gender|sex|males? or females?|females? or males?|men or women|how tall|how heavy were|men and women|women|ethnicit\w{1,10}|race|inclusion criteria|exclusion criteria|excluded|dropouts?|dropped out|recruit\w{0,10}|which strain|what strain|which species|what species|cell lines?)\b/iu,
    tells:
      /\b(?:aged?|ages|years old|male|female|men|women|boys|girls|gender|sex|ethnic\w{0,10}|race|criteria|excluded|dropped out|recruit\w{0,10}|strains?|species|mice|mouse|rats?|cell lines?|cells)\b/iu,
  },
  {
    name: 'dose',
    label: 'doses or side effects',
    asks: /\b(?:dos(?:e|es|age|ing)|milligrams?|mg|concentration|how often .{0,40}(?:taken|given)|side[- ]effects?|adverse|complications?|mortality|survival rate|placebo)\b/iu,
    tells:
      /\b(?:dos(?:e|es|age|ing)|mg|milligrams?|concentrations?|side[- ]effects?|adverse|complications?|mortality|surviv\w{1,10}|placebo)\b/iu,
  },
]
