/** Phrases that mark the role of a sentence in an abstract. Every repetition is bounded. */
export const sentenceCues = {
  /** The authors propose, make or define something. */
  proposes:
    /\b(?:we|i|authors?) (?:\w{1,40}ly |then |first |also |further |thus |therefore ){0,4}(?:propose|present|introduce|develop|describe|design|devise|formulate|put forward|offer|contribute|create|build|construct|release|derive|define|suggest|advocate|call|term|outline|extend|establish|provide|seek|aim|formali[sz]e)\b|\b(?:is|are) (?:proposed|presented|introduced|developed|defined)\b|\b(?:this|the present|our) (?:paper|work|article|study|thesis|survey|research)\b.{0,40}?\b(?:propos|present|introduc|develop|describ|seek|offer|provid|extend|argu|examin|investigat|explor|stud|address|lead)\w{0,40}|\bour \w{1,40} (?:proposes|introduces|presents)\b/iu,
  /** Refers to this paper, or responds to the sentence before. */
  thisPaper:
    /\b(?:in )?(?:this|the present|our) (?:paper|work|article|study|thesis|survey|research|chapter)\b|\bhere,? we\b|\bto this end\b|\bfor this purpose\b|^(?:to|in order to) (?:address|tackle|overcome|solve|alleviate|remedy|mitigate|fill|study|test|constrain|counteract|amend|improve)\b/iu,
  /** Says what something is. */
  isa: /\b(?:is|are|was) (?:an?|the|one of|when|defined|to)\b|\b(?:offers?|refers? to|denotes?|describes?|posits?|decomposes|allows?|enables|encompass\w{0,40}|constitut\w{0,40}|serves?|aims?|plays?|assumes?)\b|, an? (?:\w{1,40}[ -]){0,4}(?:method|framework|approach|model|algorithm|benchmark|dataset|technique|architecture|system|paradigm|agent|strateg\w{1,40}|family|class|measure)\b/iu,
  /** Contrasts with the sentence before. */
  contrast:
    /^(?:however|but|yet|unfortunately|nevertheless|nonetheless|still|on the contrary|despite|although|while|and yet|though)\b|\b(?:however|unfortunately)\b,/iu,
  /** Names a problem, a gap or a difficulty. */
  trouble:
    /\b(?:challeng\w{0,40}|difficult\w{0,40}|problem\w{0,40}|limit(?:s|ed|ation|ations|ing)?|suffer\w{0,40}|lack\w{0,40}|fail\w{0,40}|remain\w{0,40}|bottleneck\w{0,40}|expensive|costly|prohibitive\w{0,40}|inaccura\w{0,40}|ineffici\w{0,40}|inefficient|neglect\w{0,40}|ignor\w{0,40}|overlook\w{0,40}|unable|cannot|struggl\w{0,40}|degrad\w{0,40}|hinder\w{0,40}|hamper\w{0,40}|impractical|intractable|unstable|instab\w{1,40}|bias(?:es|ed)?|poor(?:ly)?|unclear|insufficien\w{0,40}|scarc\w{0,40}|heavy|exponential\w{0,40}|gap|confus\w{0,40}|conflat\w{0,40}|restrict\w{0,40}|issue\w{0,40}|drawback\w{0,40}|short(?:coming\w{0,40}| of)|mere\w{0,40}|overestimat\w{0,40}|burden\w{0,40}|not (?:fully|well|always|accurately|enough|sufficient\w{0,40})|narrow\w{0,40})\b/iu,
  /** Gives a reason or a consequence. */
  cause:
    /\b(?:because|since|due to|owing to|caus(?:e|es|ed|ing)|leads? to|led to|stems?|arises?|reasons?|therefore|thus|hence|so that|in order to|attribut\w{1,40}|motivat\w{1,40}|result(?:s|ing)? in|thereby|requir\w{1,40}|need(?:s|ed)? (?:to|for)|depends?|driven by|given)\b/iu,
  /** Says how something is done. */
  mechanism:
    /\bby (?:\w{1,40}ly )?\w{1,40}ing\b|\b(?:us(?:es|ed|ing)|utili[sz]\w{1,40}|leverag\w{1,40}|employ\w{0,40}|via|through|based on|consist\w{0,40}|combin\w{1,40}|train(?:s|ed|ing)?|optimi[sz]\w{1,40}|comput\w{1,40}|learn(?:s|ed|ing)?|decompos\w{1,40}|iterativ\w{0,40}|integrat\w{1,40}|incorporat\w{0,40}|updat\w{1,40}|approximat\w{0,40}|estimat\w{0,40}|sampl\w{1,40}|generat\w{1,40}|select\w{0,40}|weight(?:ed|ing|s)?|map(?:s|ping)|represent(?:s|ed|ing)?|encod\w{1,40}|shar(?:es|ed|ing)|reus\w{1,40}|adapt\w{0,40}|modif\w{1,40}|formulat\w{1,40}|extend\w{0,40}|exploit\w{0,40}|guid(?:es|ed|ing)|conditioned|annotat\w{0,40}|fine-?tun\w{0,40}|prompt(?:s|ed|ing)|measur\w{1,40}|scor(?:es|ing)|classif\w{1,40}|divid\w{1,40}|conver\w{1,40})\b/iu,
  /** Goes into detail. */
  specifics:
    /^(?:specifically|in particular|more specifically|concretely|first(?:ly)?|second(?:ly)?|third(?:ly)?|then|next|in detail|during|given|by|using|leveraging|with|through|at (?:inference|test|training)|our (?:approach|method|framework|algorithm|model|key|main|system)|the (?:key|core|main|proposed|resulting|framework|model|method|algorithm|approach|idea)|we (?:first|then|also|begin|use|train|employ|derive|design|formulate|utilize|leverage|adopt|apply|combine|compute|extend|start))\b/iu,
  /** Reports a finding. */
  finds:
    /\b(?:we|i|it is|results?|experiments?|evaluations?|analys[ei]s|findings?|evidence|evaluation|they|stud(?:y|ies)|simulations?) (?:\w{1,40}ly |also |further |then |on .{3,60}? )?(?:show|shows|shown|showed|demonstrate|demonstrates|demonstrated|find|finds|found|prove|proves|observe|observed|discover|reveal|reveals|report|conclude|indicate|indicates|confirm|confirms|verify|exhibit|exhibits|uncover|achieve|achieves|suggest|suggests|establish|highlight)\b|\bthis (?:shows|suggests|demonstrates|indicates)\b|\bsurprisingly\b|\b(?:is|are) (?:shown|found|demonstrated)\b/iu,
  /** Mentions an experiment or an evaluation. */
  experiments:
    /\b(?:experiment\w{0,40}|empirical\w{0,40}|evaluat\w{1,40}|benchmark\w{0,40}|ablation\w{0,40}|simulations?|numerical\w{0,40}|validat\w{1,40}|tested|case stud(?:y|ies)|trial\w{0,40}|participants|real-world|results?)\b/iu,
  /** Compares: better or worse, more or less. */
  gains:
    /\b(?:state[- ]of[- ]the[- ]art|sota|outperform\w{0,40}|superior\w{0,40}|significant\w{0,40}|better|improv\w{1,40}|achiev\w{1,40}|reduc\w{1,40}|increas\w{1,40}|effective\w{0,40}|consistently|substantial\w{0,40}|competitive|comparable|surpass\w{0,40}|exceed\w{0,40}|enhanc\w{1,40}|boost\w{0,40}|gains?|faster|more (?:\w{1,40} )?than|less (?:\w{1,40} )?than|fewer|higher|lower|best|worse|on par|close to|benefit\w{0,40}|success\w{0,40}|accura\w{1,40}|efficien\w{1,40}|drop)\b|\d[\d.,]{0,20}\s?(?:%|x\b|percent)/iu,
  numbers:
    /\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|half|twice|double|triple|third|quarter|dozen|hundreds?|thousands?|millions?|billions?)\b/iu,
  digits: /(?<![A-Za-z-])\d[\d,.]{0,20}(?:\s?(?:%|x\b|percent|times|[KMB]\b)|\b)/iu,
  /** A number with a unit or a comparison. */
  measure:
    /\d[\d.,]{0,20}\s?(?:%|x\b|percent|times|fold)|\b(?:up to|by a factor|nearly|over|more than|only about|at least|approximately) (?:an? )?\d|\bO\(/iu,
  /** What a method is tested on: data sets, tasks, participants. */
  data: /\b(?:data ?sets?|corpora|corpus|benchmarks?|suites?|environments?|tasks?|games?|scenarios?|domains?|languages?|domain|participants|models?|llms?|real-world|Atari|MuJoCo|ImageNet|GLUE|StarCraft|GPT-?\d?|D4RL)\b/iu,
  /** An enumeration. */
  enum: /\(\s?(?:1|i|a)\s?\).{0,200}\(\s?(?:2|ii|b)\s?\)|\bfirst\b.{0,200}\bsecond\b|\b(?:two|three|four|five|several) (?:\w{1,40}[ -]){0,3}(?:components?|principles?|parts?|steps?|stages?|ideas?|factors?|modules?|tasks?|categor\w{1,40}|types?|classes|dimensions|kinds|ways|phases|models|methods|datasets)\b|,[^,]{3,40},[^,]{3,60},? and\b/iu,
  /** Draws a conclusion. */
  concludes:
    /\b(?:suggest\w{0,40}|highlight\w{0,40}|implication\w{0,40}|these (?:results|findings)|findings|conclud\w{0,40}|pave\w{0,40}|future|potential\w{0,40}|need for|should|recommend\w{0,40}|promis\w{1,40}|insights?|we (?:hope|discuss|conclude|argue|believe)|call(?:s|ing)? for|direction\w{0,40}|broad\w{0,40}|in conclusion|overall|altogether|taken together|opens?|lessons?|clarif\w{1,40}|contribut\w{1,40}|guidance|foundation|towards?)\b/iu,
  /** States a limitation or a condition. */
  limit:
    /\b(?:however|but|although|while|only|not|no|fail\w{0,40}|limited|limits?|limitations?|risks?|harm\w{0,40}|unintended|depend\w{0,40}|influenced|cannot|despite|unless|still|much work|remain\w{0,40}|open|challenge\w{0,40}|further|trade-?offs?|impossib\w{0,40}|unable|short|worse|drop\w{0,40}|degrad\w{0,40}|violat\w{0,40}|caution\w{0,40}|beyond|specific cases|assum\w{1,40}|conditions?)\b/iu,
  url: /https?:\/\/|www\.|github|\.com\b|\.io\b|\.org\b|hugging ?face/iu,
  /** Says where code or data is available. */
  available:
    /\b(?:code|data|dataset|datasets|models?|benchmark|implementation|videos?|demonstrations?|weights|software|resources?|source)\b.{0,60}\b(?:available|released|open[- ]sourced?|public\w{0,40}|accessible|found|provided?)\b|\bwe (?:also |will |publicly ){0,4}(?:release|open[- ]source|provide (?:code|the code)|make .{0,40}(?:available|public))|https?:\/\//iu,
  /** Cannot be understood without the sentence before. */
  leans:
    /^(?:these|this|it|its|they|their|such|that|those|both|the (?:second|former|latter)|here)\b(?! (?:paper|work|article|study))/iu,
  we: /\b(?:we|our|us|i)\b/iu,
} as const satisfies Record<string, RegExp>

export type SentenceCue = keyof typeof sentenceCues
