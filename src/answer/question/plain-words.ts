const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/u))

/** Words of questions that name no subject. */
export const genericWords = words(`
  thing framework kind sort type term tell remind eli5 wtf heard never behind counts call refer refers short
  idea ideas exactly definition define defined explained describe words simple terms paper's paper papers
  work study method methods approach model models result results experiment experiments test tested try
  tried use used using works author authors happen actually really compare compared good better best beat
  well much many large big long explain summarize summarise tldr gist sum nutshell version pls please mean
  meaning stand code available download video problem issue wrong whats thats there need know find found
  show say said people ppl folks guys fix workaround remedy`)

/** Words that ask for something. */
export const requestWords = words(`
  summarise summarize summary explain define describe tell tldr tl dr gist sum pls please paper papers overview
  meaning mean means give short version nutshell thing again about does say says`)

/** Terms for what can be asked of any paper; they never identify one. */
export const termsAskedOfAny = words(`
  gpu gpus tpu code environ dataset data benchmark task game model llm parameter cost pay paid vocabulari
  train time long hour batch size learn rate optim epoch seed ablat layer head author univers licens venu
  confer year video demo link repo github baselin metric accuraci score languag particip peopl annot user
  sampl fast faster slow slower speed cheap cheaper effici improv better wors larg larger big small smaller result
  limit drawback downsid advantag benefit fix solut remedi workaround caus explan conclus side effect dose ag sex men women patient tool softwar organism speci anim tissu strain
  countri citi hospit cohort platform devic hardwar sensor instrument statist`)

/**
 * Indefinite pronouns, light verbs and other words of conversation: common in questions, without meaning for a paper.
 */
export const talkWords = words(`
  anybody anyone somebody someone nobody everybody everyone everything anything nothing something stuff things
  ppl folks guys others else exactly really actually basically already ever yet instead apart around away besides
  get gets got getting go goes going gone went come comes came take takes took taken put puts make makes made making
  let lets keep keeps kept bring brings brought give gives gave given see sees saw seen look looks looked looking
  try tries tried trying deal deals dealt dealing turn turns turned want wants wanted happen happens happened
  exist exists existed mess messes matter matters care cares worry worries blame blames collect collecting
  help helps helped helping part parts known whats thats hows interested curious wonder wondering question questions answer answers add adds notice notices noticed`)

/** Verbs of a question that name nothing that could be missing: "where was it done?" */
export const lightVerbs = words(`
  done hold holds held base based bases cover covers covered covering include includes included contain contains contained
  involve involves involved run runs ran work works worked say says said mean means meant call calls called`)

/** Whether a word only asks, and names nothing. */
export const onlyAsks = (word: string): boolean =>
  genericWords.has(word) || requestWords.has(word) || talkWords.has(word)
