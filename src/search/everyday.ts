import { analyze } from './analysis.ts'

/**
 * Groups of words that people and papers use for one thing. It is general English of research, tied to no
 * collection; a word may stand in several groups, and words of one group need not mean quite the same.
 */
const groups = `
  chatbot assistant bot dialogue conversational llm | shrink compress compact reduce smaller
  picture image photo photograph visual | video footage clip | robot robotic arm manipulation
  fast quick rapid accelerate speed efficient | cheap inexpensive affordable low-cost efficient
  memory storage footprint | guess predict forecast estimate infer | payoff reward return
  goal objective aim target purpose | mistake error failure fault | wrong incorrect erroneous false
  fabricate made-up hallucination confabulation | lie deceive dishonest honesty truthful
  moral ethic ethical | fair fairness equity equitable unbiased | bias prejudice stereotype discrimination
  harm harmful unsafe dangerous toxic | safe safety harmless | rule principle guideline norm
  vote ballot election voting | people human person user individual | worker employee
  kid child pediatric | baby infant newborn neonatal | elderly older aged aging
  doctor physician clinician | drug medication medicine pharmaceutical | treatment therapy intervention
  illness disease disorder | sick patient | heart cardiac cardiovascular | kidney renal nephropathy
  liver hepatic | lung pulmonary respiratory | brain cerebral neural cortical | stomach gastric
  gut intestinal bowel | skin dermal cutaneous | bone skeletal osseous
  cancer tumor carcinoma malignancy neoplasm | eye ocular visual | fat obesity adipose | sugar glucose
  death mortality fatal | pregnancy pregnant gestational maternal | inherit hereditary genetic
  surgery surgical operation | teach train instruct | practice exercise training
  label annotate annotation | example sample instance | remember recall retrieve memory
  lookup retrieve retrieval search | shop shopping e-commerce retail product
  car vehicle automobile automotive driving driver | taxi cab ride-hailing
  translate translation multilingual | foreign cross-cultural | country nation national culture cultural
  opinion view belief stance attitude | argue debate disagree disagreement discussion | friend peer
  gamble bandit | chip hardware device | tiny microcontroller embedded | star stellar
  plane aircraft airplane | heat thermal temperature | velocity speed | equation formula
  proof theorem prove guarantee | unsure uncertainty uncertain confidence | average mean ensemble
  several multiple many | choose select pick choice selection | drop remove prune eliminate discard omit
  split decompose factorize partition divide | join merge combine integrate fuse unify
  swap replace substitute exchange | copy imitate replicate memorize | change shift alter modify
  old prior previous past | new novel | big large huge | small little tiny | fix correct repair
  check verify test evaluate assess audit examine | explain interpret explanation interpretable
  read parse extract comprehend | form document template | handwritten cursive handwriting
  step intermediate stage process | plan planning lookahead | move action act
  situation state context circumstance | strategy policy | critic evaluator value
  steer guide control direct | tune fine-tune adapt adjust | word token term | question query
  answer response reply | story narrative storytelling | priority value preference
  cautious conservative pessimistic | outlier anomaly outlier-robust
  missing absent incomplete imputation | unlabeled unsupervised self-supervised | budget cost resource
  website web webpage online internet | company firm enterprise organization industry
  law legal regulation | responsible accountable accountability | school education educational student
  money financial economic price | pay payment compensate reward | score rate rating rank
  group cluster community | far distant remote | near close nearby | similar alike analogous
  different distinct diverse | stable steady consistent | calm stabilize smooth
  simple easy straightforward | hard difficult challenging | enough sufficient adequate
  best optimal optimum | limit bound constraint restrict | huge massive | shared common joint
  hide hidden latent conceal | guarantee bound | simulate simulation synthetic
  fake synthetic artificial generated | test benchmark evaluation | dataset corpus collection | scan image
  weather climate | water aquatic | plant crop | animal mouse rodent | virus viral
  bacteria bacterial microbial | protect protective prevention prevent | cause lead induce trigger
  raise increase elevate boost improve | lower decrease reduce diminish | block inhibit suppress prevent
  help aid assist facilitate | show demonstrate reveal | need require necessary
  begin start onset initiate | end terminate stop | grow growth expand | spread propagate transmission
  break damage disrupt impair | crash failure fault | build construct create develop | hire recruit
  worry concern anxiety | sad depression depressive | tired fatigue | pain ache | sleep insomnia
  food diet nutrition dietary | drink alcohol | smoke smoking tobacco | weight bodyweight mass
  neuron neural | cluster grouping | speech voice spoken audio | sound acoustic audio | song music musical
  face facial | emotion affective feeling sentiment | joke humor humorous funny
  hate hateful toxic abusive | rumor misinformation disinformation fake
  privacy private confidential leak | attack adversarial adversary jailbreak threat
  defend defense protect | trick fool deceive adversarial | watch monitor surveillance | steal theft
  password authentication credential | encrypt encryption cryptography cryptographic | bug defect fault
  software program code | write generate produce | developer programmer engineer | phone mobile smartphone
  battery energy power | electricity electric power | server datacenter cloud | wireless radio
  crowd crowdsource worker | player gaming game | think reason infer | math mathematics arithmetic
  molecule chemical compound | hospital clinical medical | recommend recommender suggest suggestion
  like prefer favor preference | popular trending | newspaper news journalism media
  tweet twitter microblog | scientist researcher | paper article publication | cite citation reference
  find search retrieve discover | sort order rank | duplicate redundant redundancy repeat
  noise noisy perturbation corrupt | path route trajectory navigation | walk locomotion gait | grasp grip
  camera vision visual | teacher expert demonstrator | apprentice imitation demonstration
  punish punishment penalty penalize | explore exploration curiosity | reuse transfer share
  forget forgetting unlearn catastrophic | continual lifelong incremental | future upcoming
  trust trustworthy reliable reliability | transparent transparency explainable interpretable
  closed proprietary black-box | poor poverty deprived | woman female | man male | sex gender
  race racial ethnic | religion religious | politics political partisan | war military conflict
  crime criminal | court judicial legal | proof evidence | survey review overview
  compare comparison contrast | experiment experimental empirical | measure quantify metric
  blood haematologic vascular | artery arterial vascular | stroke ischemia ischemic
  breath breathing respiratory | muscle muscular | tooth dental | mouth oral | hearing auditory
  nerve neural neuronal | womb uterine | breast mammary | hormone endocrine
  vaccine vaccination immunization | immune immunity immunological | infect infection infectious
  swelling inflammation inflammatory | scar fibrosis | gene genetic genomic | cell cellular
  protein proteomic | germ pathogen microbe | cure heal recovery remission | symptom sign
  test diagnose diagnosis screening | risk danger hazard | nurse nursing caregiver | wing airfoil aerofoil
  shock shockwave | flow stream fluid | friction drag viscous | pressure stress load
  bend deflection buckling | crack fracture | melt melting fusion | flame combustion burning
  engine propulsion motor | ship vessel marine | light optical luminous | magnet magnetic
  wave oscillation vibration | earthquake seismic | soil earth ground | river stream hydrological
  wood forest tree | sun solar | moon lunar | planet planetary | universe cosmological cosmic cosmology
  telescope observatory observation | age era epoch
`

let byTerm: ReadonlyMap<string, ReadonlySet<string>> | undefined

/** The terms that say in other everyday or scholarly words what a term says. */
export function everydayWordsFor(term: string): ReadonlySet<string> {
  byTerm ??= readGroups()
  return byTerm.get(term) ?? none
}

const none: ReadonlySet<string> = new Set()

function readGroups(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const group of groups.split(/[|\n]/)) {
    const terms = new Set(group.split(' ').flatMap(word => analyze(word).at(-1) ?? []))
    for (const term of terms) {
      const others = found.get(term) ?? new Set<string>()
      for (const other of terms) if (other !== term) others.add(other)
      found.set(term, others)
    }
  }
  return found
}
