import { describe, expect, test } from 'vitest'
import { xml } from '../../../src/corpus/formats/xml.ts'
import { chunksOf, readWith } from '../bytes.ts'

const atom = `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom">
  <title type="html">ArXiv Query: cat:cs.CL</title>
  <opensearch:totalResults>2</opensearch:totalResults>
  <entry>
    <id>http://arxiv.org/abs/2405.12981v2</id>
    <updated>2024-06-01T10:00:00Z</updated>
    <published>2024-05-21T17:59:29Z</published>
    <title>Smaller Caches
  for Transformers</title>
    <summary>  We share keys &amp; values
between layers when n &lt; 3.
</summary>
    <author><name>Ada Lovelace</name><arxiv:affiliation>Somewhere</arxiv:affiliation></author>
    <author><name>Kurt G&#246;del</name></author>
    <arxiv:doi>10.1000/cache.1</arxiv:doi>
    <link href="http://arxiv.org/abs/2405.12981v2" rel="alternate" type="text/html"/>
    <arxiv:primary_category term="cs.LG"/>
    <category term="cs.LG"/><category term="cs.CL"/>
    <arxiv:journal_ref>Proc. X (2024)</arxiv:journal_ref>
  </entry>
  <entry><id>http://arxiv.org/api/errors#incorrect_id_format</id><title>Error</title><summary>incorrect id format for x</summary></entry>
</feed>`

test('Atom as arXiv answers it, with an error among its entries', async () => {
  const { papers, rejected } = await readWith(xml, atom)
  expect(papers).toEqual([
    {
      id: '2405.12981',
      arxiv: '2405.12981',
      title: 'Smaller Caches for Transformers',
      abstract: 'We share keys & values between layers when n < 3.',
      authors: ['Ada Lovelace', 'Kurt Gödel'],
      url: 'http://arxiv.org/abs/2405.12981v2',
      published: '2024-05-21T17:59:29Z',
      doi: '10.1000/cache.1',
      venue: 'Proc. X (2024)',
      categories: ['cs.LG', 'cs.CL'],
    },
  ])
  expect(rejected).toEqual(['22: is an error of the source: incorrect id format for x'])
})

const oai = (metadata: string, header = '') => `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>
<record><header${header}><identifier>oai:arXiv.org:0704.0001</identifier><datestamp>2008-11-26</datestamp></header>${metadata}</record>
<resumptionToken>123|1001</resumptionToken></ListRecords></OAI-PMH>`

describe('OAI-PMH', () => {
  test('arXiv', async () => {
    const { papers } = await readWith(
      xml,
      oai(`<metadata><arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>math/0309136</id><created>2003-09-08</created><updated>2004-01-01</updated>
      <authors><author><keyname>van der Berg</keyname><forenames>Jan</forenames><suffix>Jr.</suffix></author><author><keyname>LIGO Collaboration</keyname></author></authors>
      <title>On $x^2$</title><categories>math.GT math.AG</categories><doi>10.1/a 10.1/b</doi><abstract>  We count. </abstract></arXiv></metadata>`),
    )
    expect(papers).toMatchObject([
      {
        id: 'math/0309136',
        published: '2003-09-08',
        authors: ['Jan van der Berg Jr.', 'LIGO Collaboration'],
        categories: ['math.GT', 'math.AG'],
        abstract: 'We count.',
      },
    ])
  })

  test('arXivRaw takes the date of the first version', async () => {
    const { papers } = await readWith(
      xml,
      oai(`<metadata><arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>0704.0001</id><submitter>S</submitter>
      <version version="v1"><date>Mon, 2 Apr 2007 19:18:42 GMT</date></version><version version="v2"><date>Tue, 24 Jul 2007 20:10:27 GMT</date></version>
      <title>Diphotons</title><authors>C. Bal\\'azs, E. L. Berger (Argonne) and P. M. Nadolsky</authors><categories>hep-ph</categories><abstract>A calculation.</abstract></arXivRaw></metadata>`),
    )
    expect(papers).toMatchObject([
      {
        id: '0704.0001',
        published: '2007-04-02T19:18:42.000Z',
        authors: ['C. Balázs', 'E. L. Berger', 'P. M. Nadolsky'],
      },
    ])
  })

  test('Dublin Core', async () => {
    const { papers } = await readWith(
      xml,
      oai(`<metadata><oai_dc:dc xmlns:oai_dc="o" xmlns:dc="d"><dc:title>Soil</dc:title><dc:creator>One, Ada</dc:creator><dc:creator>Two, Bob</dc:creator>
      <dc:description>Comment: 9 pages</dc:description><dc:description>We map all the soil there is.</dc:description><dc:date>2021-03-01</dc:date><dc:date>2020-01-02</dc:date>
      <dc:identifier>http://arxiv.org/abs/2001.00001</dc:identifier></oai_dc:dc></metadata>`),
    )
    expect(papers).toMatchObject([
      { arxiv: '2001.00001', published: '2020-01-02', abstract: 'We map all the soil there is.' },
    ])
  })

  test('a deleted record is told, and is no damage', async () => {
    expect((await readWith(xml, oai('', ' status="deleted"'))).rejected).toEqual([
      '3: is a record that its source deleted',
    ])
  })
})

test('RSS as arXiv announces it', async () => {
  const { papers } = await readWith(
    xml,
    `<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel><title>cs.CL updates</title>
<item><title>Caches</title><link>https://arxiv.org/abs/2405.12981</link><description>arXiv:2405.12981v1 Announce Type: new
Abstract: We share keys.</description><guid isPermaLink="false">oai:arXiv.org:2405.12981v1</guid><category>cs.CL</category>
<pubDate>Wed, 22 May 2024 00:00:00 -0400</pubDate><arxiv:announce_type>new</arxiv:announce_type><dc:creator>Ada One, Bob Two</dc:creator></item></channel></rss>`,
  )
  expect(papers).toEqual([
    {
      id: '2405.12981',
      arxiv: '2405.12981',
      url: 'https://arxiv.org/abs/2405.12981',
      title: 'Caches',
      abstract: 'We share keys.',
      authors: ['Ada One', 'Bob Two'],
      categories: ['cs.CL'],
      published: '2024-05-22T04:00:00.000Z',
    },
  ])
})

test('PubMed, with a structured abstract, marks inside a title and a group', async () => {
  const { papers } = await readWith(
    xml,
    `<?xml version="1.0"?><!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">12345</PMID><Article><Journal><JournalIssue><PubDate><Year>2020</Year><Month>Mar</Month></PubDate></JournalIssue><Title>Journal of X</Title></Journal>
<ArticleTitle>CO<sub>2</sub> and <i>E. coli</i>.</ArticleTitle><ELocationID EIdType="doi">10.1000/x1</ELocationID>
<Abstract><AbstractText Label="BACKGROUND">We ask.</AbstractText><AbstractText Label="RESULTS">P &lt; 0.05 for CO<sub>2</sub>.</AbstractText></Abstract>
<AuthorList><Author><LastName>One</LastName><ForeName>Ada B</ForeName></Author><Author><CollectiveName>The X Group</CollectiveName></Author></AuthorList></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>`,
  )
  expect(papers).toMatchObject([
    {
      id: 'pmid:12345',
      title: 'CO<sub>2</sub> and <i>E. coli</i>.',
      abstract: 'BACKGROUND: We ask. RESULTS: P &lt; 0.05 for CO<sub>2</sub>.',
      authors: ['Ada B One', 'The X Group'],
      published: '2020-03',
      venue: 'Journal of X',
      doi: '10.1000/x1',
    },
  ])
})

test.each([
  ['another one', '<ELocationID EIdType="doi" ValidYN="Y">10.1000/good</ELocationID>'],
  ['the list of identifiers', ''],
])('a DOI that PubMed marks as wrong yields to %s', async (_, right) => {
  const { papers } = await readWith(
    xml,
    `<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>Bees.</ArticleTitle>
<ELocationID EIdType="doi" ValidYN="N">10.1000/bad</ELocationID>${right}</Article></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="doi">10.1000/good</ArticleId></ArticleIdList></PubmedData></PubmedArticle></PubmedArticleSet>`,
  )
  expect(papers[0]?.doi).toBe('10.1000/good')
})

test('the ACL Anthology, with facts of the volume', async () => {
  const { papers } = await readWith(
    xml,
    `<?xml version='1.0' encoding='UTF-8'?>
<collection id="2020.acl"><volume id="main"><meta><booktitle>Proceedings of ACL</booktitle><year>2020</year></meta>
<paper id="1"><title>Learning with <fixed-case>BERT</fixed-case> in <tex-math>n^2</tex-math></title><author><first>Ada</first><last>One</last></author><abstract>We learn.</abstract><url hash="x">2020.acl-main.1</url><doi>10.18653/v1/2020.acl-main.1</doi></paper></volume></collection>`,
  )
  expect(papers).toMatchObject([
    {
      id: '2020.acl-main.1',
      title: 'Learning with BERT in $n^2$',
      authors: ['Ada One'],
      venue: 'Proceedings of ACL',
      published: '2020',
      url: 'https://aclanthology.org/2020.acl-main.1/',
    },
  ])
})

test('JATS, with a subtitle', async () => {
  const { papers } = await readWith(
    xml,
    `<article><front><article-meta><title-group><article-title>Bees</article-title><subtitle>A study of <italic>Apis</italic></subtitle></title-group></article-meta></front></article>`,
  )
  expect(papers[0]?.title).toBe('Bees: A study of Apis')
})

describe('hostile XML', () => {
  test('entities that a document defines are text as they stand', async () => {
    const { papers, rejected } = await readWith(
      xml,
      `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>
<feed><entry><id>i:1</id><title>Sound</title></entry><entry><id>i:2</id><title>&b;&x;</title></entry></feed>`,
    )
    expect(papers.map(paper => paper.title)).toEqual(['Sound', '&b;&x;'])
    expect(rejected).toEqual([])
  })

  test('elements without end are told', async () => {
    const deep = `<feed><entry>${'<a>'.repeat(100_000)}`
    const { rejected } = await readWith(xml, deep)
    expect(rejected).toEqual(['1: the XML breaks off here: “elements are nested too deep”'])
  })

  test.each([' encoding="ISO-8859-1"', ' encoding="UTF-8"', ''])(
    'Latin-1 is read, declared by%s',
    async declared => {
      const text = `<?xml version="1.0"${declared}?><feed><entry><id>i:1</id><title>Caf\u00e9</title></entry></feed>`
      expect((await readWith(xml, Buffer.from(text, 'latin1'))).papers[0]?.title).toBe('Café')
    },
  )

  test.each([1, 7, 65_536])('an & that begins no reference is text, in chunks of %i', async size => {
    const text = `<rss><channel><!-- A & B; - ><item><title>Nothing</title></item> --><title>A&B</title>
<item><title>R&D at A & B</title><link>https://example.org/?a=1&b=2</link><guid>1</guid></item>
<item><title>&nothing; &#xFFFE; &#0; &amp;&#38;&#x26; AT&T;&lt;</title><guid>2</guid></item>
<item a="1&2"><title><![CDATA[C & D &amp; ]] E]]></title><guid>3</guid></item>
<item><title>Bell\u0007 and\u000b tab</title><guid>4</guid></item>
<item><title>The end &</title><guid>5</guid></item></channel></rss>`
    const { papers, rejected } = await readWith(xml, chunksOf(text, size))
    expect(rejected).toEqual([])
    expect(papers.map(paper => paper.title)).toEqual([
      'R&D at A & B',
      '&nothing; &#xFFFE; &#0; &&& AT&T;<',
      'C & D &amp; ]] E',
      'Bell and tab',
      'The end &',
    ])
    expect(papers[0]?.url).toBe('https://example.org/?a=1&b=2')
  })

  test('names for characters, as HTML has them, are read', async () => {
    const text =
      '<?xml version="1.0"?><feed><entry><id>i:1</id><title>Caf&eacute;&nbsp;&amp; M&uuml;ller</title></entry></feed>'
    expect((await readWith(xml, text)).papers[0]?.title).toBe('Café & Müller')
  })
})
