/**
 * An attribute that can be asked of any paper and that abstracts seldom give. `asks` finds it in a question, `tells`
 * in a sentence of the abstract. Without `tells` the abstract must contain the word of the question; 'nothing' means
 * that no abstract gives it. The patterns cover what people commonly ask about papers and are wide on purpose.
 */
export interface Attribute {
  readonly name: string
  /** Its name in the reply, "says nothing about ...", unless the reply repeats the word of the question. */
  readonly label: string
  readonly asks: RegExp
  readonly tells?: RegExp | 'nothing'
}

export const attributes: readonly Attribute[] = [
  {
    name: 'people',
    label: 'its authors',
    asks: /^\W{0,9}(?:and |so |the |its |their )?authors?\W{0,9}$|\bwho (?:are|were) (?:its|their|the paper's|the study's) authors?\b|\bwho (?:wrote|made|created|invented|built|published|reviewed|developed|ran|came up with|is behind|(?:are|were) the (?:authors?|researchers)|is the (?:first |last |lead |senior )?author)|\bauthors?\b.{0,20}\b(?:from|of|affiliat\w{1,40}|work|based|name|email)|\b(?:first|last|lead|senior|corresponding|main) author\b|\bauthors? of\b|\b(?:how many|which) authors\b|\be-?mail address\w{0,2}\b|\bwhose (?:work|paper|idea|group)\b|\bwho (?:were|are|was|is) the (?:\w{1,40} ){0,2}(?:speakers?|organi[sz]ers?|reviewers?|editors?|supervisors?|panel\w{0,6}|sponsors?|surgeons?|inventors?)\b|\bnames? of (?:the|its|their) (?:\w{1,40} ){0,2}(?:author|bank|company|hospital|lab|school|vendor|developer|supplier|manufacturer)s?\b/iu,
    tells: 'nothing',
  },
  {
    name: 'performer',
    label: 'who did that',
    asks: /\bwho (?:did (?!they|it|we)|rated|labell?ed|annotated|scored|delivered|gave|gives|performed|conducted|carried|collected|checked|judged|assessed|trained|supplied|provided|operated|measured|analy[sz]ed|wrote|coded|interviewed|supervised|diagnosed|prescribed|treated|maintains?|owns?|pays|provides|runs)\b/iu,
    tells:
      /\b(?:experts?|annotators?|physicians?|doctors?|nurses?|surgeons?|specialists?|raters?|observers?|students?|teachers?|workers?|volunteers?|clinicians?|interviewers?|psychologists?|therapists?|pharmacists?|developers?|engineers?|radiologists?|pathologists?|committees?|speakers?|officials|staff|by (?:\w{1,30} ){0,3}(?:users?|people|humans?|researchers?|authors?|participants?))\b/iu,
  },
  {
    name: 'place',
    label: 'where it was done',
    asks: /\b(?:where (?:are|were|is|was|did|do) (?:the|they|it|this|these) (?:\w{1,30} ){0,3}(?:from|done|made|located|based|held|conducted|recruited|performed|collected|come from|work|tested|taken|placed|run|set|carried out|published|live|authors?|study|experiments?|trial)|how many (?:sites|centers|centres|hospitals|countries))\b(?!.{0,200}(?:code|data|download))/iu,
    tells:
      /\b(?:universit\w{1,40}|compan(?:y|ies)|countr(?:y|ies)|cities|city|nation(?:al|wide)?|hospitals?|centers?|centres?|clinics?|laborator\w{1,5}|institut\w{1,10}|schools?)\b|\b(?:in|at|from) (?:the |a |an )?(?:[A-Z][a-z]{2,20}|[A-Z]{2,4}\b)/u,
  },
  {
    name: 'institution',
    label: 'which institution or country it was',
    asks: /\b(?:(?:which|what|whose) (?:\w{1,30} ){0,2}(?:universit\w{1,40}|institut\w{1,40}|compan(?:y|ies)|manufacturers?|vendors?|suppliers?|labs?|laborator\w{1,5}|countr(?:y|ies)|cit(?:y|ies)|hospitals?|clinics?|schools?|region|state|continent|place)|affiliat\w{1,40}|what (?:was|is) the (?:company|hospital|country|city|school|university)|(?:hospital|university|company|country|city|lab) is (?:it|this|that))\b/iu,
    tells:
      /\b(?:in|at|from|of|by|across|throughout) (?:the |a |an )?(?:\w{1,20} ){0,2}?(?:[A-Z][a-z]{2,20}\b|U[SK]A?\b|EU\b)/u,
  },
  {
    name: 'venue',
    label: 'where and when it was published',
    asks: /\b(?:conference|venue|journal|workshop|published|publication|publish|accepted|cited|citations?|references|impact factor|(?:what|which|in what|in which) year|what date|deadline|when (?:was|were|did|is) (?:it|this|the (?:paper|study|article|work)|they)?\s?(?:\w{1,30} ){0,3}(?:published|come out|appear|released|accepted|presented|written|out|done|conducted|recruited|collected)|preprint|peer[- ]reviewed|reviewed|arxiv|doi|page (?:count|number)s?|how many pages|supplement\w{0,10}|appendix)\b/iu,
    tells: 'nothing',
  },
  {
    name: 'date',
    label: 'when it was done',
    asks: /\b(?:(?:what|which|in what|in which|between which|over which|from which) years|which (?:month|season|decade|day|time of (?:day|year))s?|from when to when|what dates|what (?:day|month|time)|at what time|since when|when (?:was|were) .{0,60}(?:built|founded|started|launched|invented|discovered|diagnosed|sampled|measured)|when (?:did|does|do|will) .{0,60}(?:start|begin|end|take place))\b/iu,
    tells:
      /\b(?:1[89]|20)\d\d\b|\b(?:January|February|March|April|June|July|August|September|October|November|December|spring|summer|autumn|winter|morning|evening|night|season\w{0,3})\b/iu,
  },
  {
    name: 'quantity',
    label: 'such a measure',
    asks: /\bhow (?:heavy|thick|wide|tall|high|hot|cold|loud|bright|deep|hard(?! (?:is|was|would) (?:it|that|this)\b)|dense|strong)\b|\bweigh(?:s|t)?\b|\b(?:diameter|voltage|wavelength|resolution|sampling (?:rate|frequency)|aspect ratio|wall temperature|volume|thickness|bandwidth|milliamps?|millimet\w{2,4}|amplitude|intensity|power consumption|battery|energy use|humidity|ph|pressure|viscosity|drag coefficient|blood pressure|heart rate|file size|memory (?:use|usage|footprint|size)|disk space|storage)\b/iu,
    tells:
      /\d\s?(?:[µmkMGT]?(?:g|m|V|Hz|B|W|A|l|Pa|bps)|mg|kg|nm|mm|cm|km|ml|dl|hz|khz|mhz|ghz|fps|psi|degrees?|pixels?|dpi|mph)\b|°/u,
  },
  {
    name: 'money',
    label: 'money',
    asks: /\b(?:costs?(?! (?:\w{1,20} ){0,2}?(?:more |less |extra |much |any )?(?:effort|time|accuracy|performance|quality|speed|precision|recall|bandwidth|memory)\b)|price[sd]?|pricing|pays?(?! off)|payed|paid|payment|dollars?|usd|fund(?:s|ed|ing|er|ers)?|sponsor\w{0,10}|grants?|budget|salary|salaries|money|euros?|fees?|compensat\w{1,10}|reimburs\w{1,10}|cheap to (?:buy|make)|cheaper than|(?:is|are|was|were) (?:it|that|this|they) (?:any |much |really )?(?:cheap|cheaper|expensive|affordable)\b|afford\w{0,5}|conflicts? of interest|insur\w{1,10})\b|\$/iu,
    tells:
      /\b(?:costs?|costly|prices?|paid|dollars?|USD|fund(?:s|ed|ing)|monetary|spen[dt]\w{0,3}|purchas\w{1,6}|budgets?|financial\w{0,2}|econom\w{1,10}|fees?|expens\w{1,6}|inexpensive|cheap\w{0,4}|afford\w{0,5}|compensat\w{1,10}|insur\w{1,10})\b|[$€£]\s?\d/iu,
  },
  {
    name: 'licence',
    label: 'a licence',
    asks: /\b(?:licen[sc]e\w{0,3}|patent\w{0,3}|copyright\w{0,2}|commercial(?:ly)? (?:use|available)|can i (?:buy|use it commercially|order)|where can i (?:buy|order)|on sale|for sale)\b/iu,
    tells: /\b(?:licen[sc]e\w{0,3}|patent\w{0,3}|commercial\w{0,10}|copyright\w{0,2})\b/iu,
  },
  {
    name: 'hardware',
    label: 'hardware',
    asks: /\b(?:gpus?|tpus?|cpus?|fpgas?|hardware|a100s?|h100s?|v100s?|rtx|nvidia|intel|amd|raspberry pi|arduino|microcontrollers?|clusters?(?! (?:of|analysis|coefficient))|gigabytes?|gb|vram|ram|workstations?|supercomputers?|cores|threads|(?:which|what|how many) (?:\w{1,20} )?(?:machines?|computers?|servers?|boards?|phones?|processors?|chips?|nodes))\b/iu,
    tells:
      /\b(?:gpus?|tpus?|cpus?|fpgas?|A100|H100|nvidia|intel|real[- ](?:world )?robot\w{0,5}|hardware|smartphones?|clusters?|servers?|processors?|cores|desktop|laptop|workstations?|GB|machines)\b/iu,
  },
  {
    name: 'device',
    label: 'such a device',
    asks: /\b(?:(?:mri |ct |pet )?scanners?|microscopes?|sequencers?|cameras?|sensors?|headsets?|oculus|hololens|kinect|(?:eye ?)trackers?|eeg (?:system|cap)|cytometers?|ventilators?|robot (?:arm|model)|real robots?|wind tunnels?|brand|make of|(?:which|what) (?:\w{1,20} )?(?:devices?|equipment|instruments?|apparatus|aircraft|airplanes?|vehicles?|robots?|drones?|simulators?))\b/iu,
  },
  {
    name: 'time',
    label: 'how long it took',
    asks: /\b(?:how (?:long|many (?:hours|days|weeks|months|minutes|seconds|years)) (?:did|does|do|was|were|is|are|it|the|to|after|before|until|have|had|has|would|will)|training time|wall[- ]?clock|latenc(?:y|ies)|milliseconds?|ms|run ?times?|hours|duration|median survival|(?:median |mean )?follow[- ]?up (?:time|period|length)|the (?:median |mean )?follow[- ]?up|how soon)\b(?!.{0,200}\b(?:context|sequence|input|prompt)s?\b)/iu,
    tells:
      /\b(?:hours?|days?|weeks?|months?|years?|minutes?|min|seconds|milliseconds|ms|wall[- ]?clock|latency|daily|weekly|monthly|annual\w{0,2}|times (?:a|per)|O\()/iu,
  },
  {
    name: 'frequency',
    label: 'how often it is',
    asks: /\bhow (?:often|frequent(?:ly)?|common|likely|rare)\b/iu,
    tells:
      /\d\s?%|\b(?:percent|half|third|quarter|majority|most|rates?|probabilit\w{1,4}|frequen\w{1,6}|inciden\w{1,5}|prevalen\w{1,4}|often|rare(?:ly)?|common(?:ly)?|seldom|always|never|usual(?:ly)?|likel\w{1,6}|daily|weekly|monthly|annual\w{0,2}|hourly|times|(?:per|a|each|every) (?:second|minute|hour|day|week|month|year))\b/iu,
  },
  {
    name: 'speed',
    label: 'how fast it is',
    asks: /\b(?:how (?:fast|quick(?:ly)?|much (?:faster|slower|quicker))|how many times (?:faster|slower)|speed-?ups?|per second|throughput|frame ?rate)\b/iu,
    tells:
      /\d\s?(?:%|x\b|×|percent|-?fold|times)|\b(?:fast\w{0,4}|slow\w{0,4}|speed\w{0,5}|times|orders? of magnitude|twice|half|per (?:second|minute|hour)|real[- ]time|milliseconds|seconds|minutes|linear\w{0,2}|logarithmic|polynomial\w{0,2}|polylog\w{0,12}|O\()/iu,
  },
  {
    name: 'setting',
    label: 'such a setting',
    asks: /\b(?:batch size|learning rate\w{0,3}|epochs?|optimi[sz]er|seeds?|hyper-?parameters?|weight decay|dropout(?: rate)?|temperature|warm-?up|penalty weight|(?:how many|number of) (?:layers?|heads|hidden units|blocks|nodes|workers|trees|clusters|folds|hash tables|grid points|particles|iterations|neurons|filters|runs|repetitions|replicates|rounds|restarts|samples per)|hidden (?:size|units?|dimension\w{0,3}|layers?)|embedding (?:size|dimension\w{0,3})|context (?:length|window)|beam (?:width|size)|block size|vocabulary size|tokenizer|backbone|(?:how many|number of) (?:\w{1,30} )?(?:steps|rollouts|critics)|(?:what|which) (?:rank|steps|buffer|prior|mesh|grid|medium|value|coefficient|schedule)|coefficient|alpha|beta|gamma|lambda|epsilon|discount(?: factor)?|buffer size|radius|values? of \w{1,12}(?=\W{0,3}$| (?:did|do|was|were|is|does|they))|learning schedule|ablations?|kernel size|activation|k value|stopping criterion|population size|mutation rate|regulari[sz]ation (?:weight|strength)|window size|step size|mesh size|grid (?:size|spacing)|initiali[sz]\w{1,6}|parameter values?|passage number|medium)\b/iu,
  },
  {
    name: 'cut-off',
    label: 'such a threshold',
    asks: /\b(?:cut-?offs?|thresholds?|(?:counts?|counted|defined) as (?:low|high|obese|severe|positive|abnormal|old|short|long))\b/iu,
    tells:
      /[<>≤≥]\s?\d|\b(?:below|above|under|over|less than|more than|greater than|at least|at most|within|exceed\w{0,4}) \d|\d[\d.,]{0,8}\s?(?:%|\w{1,8})? (?:or (?:more|less|higher|lower|older|younger)|and (?:over|above|older))\b|\b(?:cut-?offs?|thresholds?|defined as)\b/iu,
  },
  {
    name: 'software',
    label: 'software',
    asks: /\b(?:programming language|pytorch|tensorflow|jax|matlab|python|java|c\+\+|rust|fortran|spss|stata|sas|(?:which|what) (?:version|software|package|tool|toolbox|framework|operating system|os|browser|database|compiler|solver|statistics? program|simulation (?:tool|package))|(?:r|python) package|librar(?:y|ies)|written in|implemented (?:in|with)|lines of code|repository stars|stars|docker)\b/iu,
    tells:
      /\b(?:pytorch|tensorflow|jax|python|java|matlab|software|packages?|toolbox|librar(?:y|ies)|version|simulators?|compilers?|solvers?|implemented (?:in|with|as|on)|prototype|Linux|Windows|Android|iOS)\b/iu,
  },
  {
    name: 'code',
    label: 'code or data to get',
    asks: /\b(?:(?<!(?:eas(?:y|ier)|hard(?:er)?|simpler?|how|hard(?:er)? (?:is|was) it|eas(?:y|ier) (?:is|was) it) to )code(?! (?:review|generation|search|smell|up\b))|github|repo(?:sitory|s)?|download\w{0,3}|pre-?trained weights|checkpoints?|open[- ]?source[d]?|where can (?:i|we) (?:get|find|download|see|try)|links?|website|web ?page|url|demos?|videos?|slides|poster|(?:raw |their |the )?data (?:set )?(?:is |are )?(?:public\w{0,2}|available|shared|deposited|released)|deposited|accession)\b/iu,
    tells:
      /https?:\/\/|\b(?:github|open[- ]?sourced?|publicly|freely) ?(?:available|accessible|released|repositor\w{1,3})?\b|\b(?:code|implementation|software|data ?sets?|data|models?|weights|benchmark|library|package|tool\w{0,3}|system|resources?|corpus|demo|videos?)\b.{0,60}\b(?:(?:is|are|be|made|become) (?:\w{1,15} ){0,2}(?:available|accessible)|available (?:at|on|from|online|under|for download)|released|public)\b|\bwe (?:\w{1,15} ){0,3}(?:release|open[- ]source|share|publish)\b|\bdemo(?:s|nstration video)?\b|\bopen (?:\w{1,12} (?:and|or) open )?(?:software|hardware|source)\b/iu,
  },
  {
    name: 'metric',
    label: 'that measure',
    asks: /\b(?:psnr|ssim|f-?(?:score|measure)|m?iou|dice|(?:root )?mean squared error|word error rate|bleu|rouge|f1|top-1|top-5|pass@\w{1,10}|win rate|error rate|accuracy|perplexity|auc|auroc|precision|recall|elo|fid|mrr|map|ndcg|success rate|percentage points?|p-?values?|confidence intervals?|(?:odds|hazard|risk) ratios?|effect size|standard deviations?|variance|sensitivity|specificity|kappa|inter-?(?:rater|annotator) (?:agreement|reliability)?|r-?squared|rmse|correlation|complexity|false (?:positive|negative)s?(?: rate)?|margin of error|response rate|mortality rate|prevalence|incidence|yield|median)\b/iu,
  },
  {
    name: 'age',
    label: 'how old they were',
    asks: /\b(?:how old|(?:mean|average|median) age|ages?(?= (?:range|group|of|were|was|did|are|is)\b)|age (?:range|group|of)|what ages?|youngest|oldest)\b/iu,
    tells:
      /\b(?:aged?|ages|years? old|months? old|elderly|older|younger|adolescents?|infants?|embryonic day)\b|\d[- ](?:year|month|week|day)-old\b/iu,
  },
  {
    name: 'sex',
    label: 'men or women',
    asks: /\b(?:gender|sex|males?|females?|men or women|men and women|how many (?:men|women|girls|boys))\b/iu,
    tells: /\b(?:males?|females?|men|women|boys|girls|gender|sex)\b/iu,
  },
  {
    name: 'background',
    label: 'such a trait of the people studied',
    asks: /\b(?:ethnic\w{0,8}|race|smok\w{1,5}|education level|income|married|comorbid\w{1,8}|how tall|native speakers?|religio\w{1,4}|bmi|body mass|overweight|(?:what|which) (?:cancer|disease|tumou?r) stages?|genotype)\b/iu,
  },
  {
    name: 'enrolment',
    label: 'how people were enrolled',
    asks: /\b(?:inclusion criteria|exclusion criteria|excluded|eligib\w{1,8}|drop-?outs?|dropped out|lost to follow[- ]?up|recruit\w{0,5}|how were .{1,40}(?:chosen|selected|found|enrolled)|response rate|refused|quit|withdrew)\b/iu,
    tells:
      /\b(?:criteria|exclu\w{1,6}|eligib\w{1,8}|dropp?(?:ed)?[- ]?outs?|recruit\w{0,5}|enrol\w{1,6}|response rate|withdr\w{2,6}|randomi[sz]\w{1,6}|invited|selected)\b/iu,
  },
  {
    name: 'death',
    label: 'who died or lived on',
    asks: /\b(?:mortality|deaths?|died|die|survived|survive|survival|relapse[ds]?|recovered|recover|wake up|woke up|cured)\b/iu,
    tells:
      /\b(?:mortality|deaths?|die[sd]?|fatal\w{0,4}|surviv\w{1,5}|relaps\w{1,4}|recover\w{0,4}|cure[sd]?|lethal\w{0,4})\b/iu,
  },
  {
    name: 'animal',
    label: 'the animals or cells used',
    asks: /\b(?:which|what) (?:\w{1,30} )?(?:strains?|species|breeds?|cell lines?|animals?|mice|mouse line|cell types?|model organisms?|organisms?|passage)\b|\b(?:rats? or mice|mice or rats?)\b/iu,
    tells:
      /\b(?:strains?|species|mice|mouse|rats?|rabbits?|zebrafish|drosophila|yeast|cerevisiae|coli|elegans|monkeys?|macaques?|pigs?|dogs?|cell lines?|fibroblasts?|hela|hek\w{0,6}|mcf\w{0,4}|\w{3,20}cytes?)\b/iu,
  },
  {
    name: 'dose',
    label: 'a dose',
    asks: /\b(?:dos(?:e|es|age|ages|ing)|milligrams?|mg|concentrations?|how often .{0,40}(?:taken|given|dosed|injected)|how (?:is|was|were) it (?:taken|given|administered)|oral(?:ly)?|intravenous\w{0,2}|injected|half-?life|overdose)\b/iu,
    tells:
      /\b(?:dos(?:e|es|age|ages|ing)|mg|milligrams?|[µmn]M|concentrations?|oral(?:ly)?|intravenous\w{0,2}|inject\w{1,5}|half-?life|twice daily|daily)\b/u,
  },
  {
    name: 'harm',
    label: 'side effects',
    asks: /\b(?:side[- ]effects?|adverse|complications?|toxic\w{0,6}|allerg\w{1,6}|motion sick\w{0,4}|nause\w{1,4}|injur(?:y|ies)|safe(?: for| to)|tolerated)\b/iu,
    tells:
      /\b(?:side[- ]effects?|adverse|complications?|toxic\w{0,6}|allerg\w{1,6}|nause\w{1,4}|sickness|injur(?:y|ies)|safe\w{0,4}|toler\w{1,7}|harm\w{0,4}|danger\w{0,4}|risks?|interact\w{0,6}|contraindicat\w{1,4})\b/iu,
  },
  {
    name: 'substance',
    label: 'which substance it was',
    asks: /\b(?:which|what) (?:\w{1,30} )?(?:drugs?|antibiotics?|antibod(?:y|ies)|medications?|medicines?|chemotherap\w{1,4}|inhibitors?|vaccines?|an(?:a)?esthe\w{1,8}|primers?|reagents?|opioids?|compounds?|material|alloys?|solvents?|made of)\b|\bwhat (?:is|are|was|were) .{1,50} made (?:of|from)\b|\bplacebo\b/iu,
    tells:
      /\b\w{3,30}(?:mycin|cillin|mab|statin|olol|azole|platin|rubicin|blastine|trexate|idine|amide|formin|vir|ine|ol|one)\b(?<!\b(?:line|online|machine|medicine|routine|combine|determine|examine|baseline|one|alone|done|none|control|protocol|pool|tool|school|symbol|define|engine|decline|outline|genuine|phone|zone|bone|hormone))|\bplacebo\b|\bmade (?:of|from)\b|\bconsist\w{0,4} of\b/iu,
  },
  {
    name: 'consent',
    label: 'such a formality',
    asks: /\b(?:ethic(?:s|al) (?:approval|board|committee)|irb|informed consent|consent|pre-?registered|registered|trial (?:number|id|registration)|conflicts? of interest|disclos\w{1,6}|acknowledg\w{1,8}|carbon footprint|co2|emissions?|environmental)\b/iu,
    tells:
      /\b(?:ethic\w{1,4}|consent\w{0,3}|registered|registration|NCT\d{4,12}|carbon|CO2|emissions?|environmental\w{0,2}|greenhouse)\b/iu,
  },
]
