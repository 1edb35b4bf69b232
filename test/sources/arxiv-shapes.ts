/** arXiv's answers in their real shapes. Sources: the templates of its browse service, its manuals of RSS, API and OAI. */

export interface Entry {
  readonly id: string
  readonly title: string
  readonly abstract: string
  readonly authors: readonly string[]
  readonly categories: readonly string[]
  /** Date of its first version. */
  readonly submitted: string
}

export type Kind = 'new' | 'cross' | 'replacement'
export interface Listed {
  readonly kind: Kind
  readonly entry: Entry
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const date = (day: string, weekday: 'long' | 'short') =>
  new Date(`${day}T00:00:00Z`)
    .toLocaleDateString('en-GB', {
      timeZone: 'UTC',
      weekday,
      day: weekday === 'short' ? '2-digit' : 'numeric',
      month: weekday,
      year: 'numeric',
    })
    .replace(/^(\w+),? /, '$1, ')

const page = (inner: string) => `<!DOCTYPE html>
<html lang="en"><head><title>arXiv</title><link rel="stylesheet" href="/static/x.css"></head>
<body class="with-cu-identity"><main class="container" id="main-container"><div id='content-inner'>
<div id='dlpage'>${inner}</div></div></main></body></html>`

const headings = {
  new: 'New submissions',
  cross: 'Cross submissions',
  replacement: 'Replacement submissions',
}

function item({ entry, kind }: Listed, number: number): string {
  const { id } = entry
  const note = kind === 'cross' ? '(cross-list from cs.LG)' : kind === 'replacement' ? '(replaced)' : ''
  return `
    <dt>
      <a name='item${number}'>[${number}]</a>
      <a href ="/abs/${id}" title="Abstract" id="${id}">
        arXiv:${id}
      </a>
      ${note}
      [<a href="/pdf/${id}" title="Download PDF" id="pdf-${id}" aria-labelledby="pdf-${id}">pdf</a>, <a href="https://arxiv.org/html/${id}v1" title="View HTML" id="html-${id}" rel="noopener noreferrer" target="_blank">html</a>, <a href="/format/${id}" title="Other formats" id="oth-${id}">other</a>]
    </dt>
    <dd>
      <div class='meta'>
        <div class='list-title mathjax'><span class='descriptor'>Title:</span>
          ${escaped(entry.title)}
        </div>
        <div class='list-authors'>${entry.authors
          .map(
            name =>
              `<a href="https://arxiv.org/search/cs?searchtype=author&amp;query=X" rel="nofollow">${escaped(name)}</a>`,
          )
          .join(', ')}</div>
        <div class='list-comments mathjax'><span class='descriptor'>Comments:</span>
          12 pages, code at <a href="https://example.org">this https URL</a>
        </div>
        <div class='list-subjects'><span class='descriptor'>Subjects:</span>
          <span class="primary-subject">Some subject (${entry.categories[0]})</span>${entry.categories
            .slice(1)
            .map(one => `; Another (${one})`)
            .join('')}
        </div>
        ${kind === 'replacement' ? '' : `<p class='mathjax'>\n          ${escaped(entry.abstract)}\n        </p>`}
      </div>
    </dd>`
}

function sections(listed: readonly Listed[]): string {
  let number = 0
  return (['new', 'cross', 'replacement'] as const)
    .map(kind => listed.filter(one => one.kind === kind))
    .filter(some => some.length > 0)
    .map(
      some =>
        `<dl id='articles'>
  <h3>${headings[some[0]!.kind]} (showing ${some.length} of ${some.length} entries)</h3>${some.map(one => item(one, ++number)).join('')}
</dl>`,
    )
    .join('\n')
}

/** `/list/CATEGORY/new`. */
export const newPage = (category: string, day: string, listed: readonly Listed[]) =>
  page(`
    <h1>Computation and Language</h1>
    <ul><li><a href="#item1" rel="nofollow">New submissions</a></li></ul>
<p>See <a id="recent-${category}" aria-labelledby="recent-${category}" href="/list/${category}/recent">recent</a> articles</p>
<h3>Showing new listings for ${date(day, 'long')}</h3>
  ${
    listed.length === 0
      ? '<p>No updates today.</p>'
      : `<div class='paging'>Total of ${listed.length} entries
    </div>
    <div class='morefewer'>Showing up to 2000 entries per page:
      <a href=/list/${category}/new?skip=0&amp;show=1000 rel="nofollow">
      fewer</a> | <span style="color: #454545">more</span></div>
${sections(listed)}`
  }`)

/** `/catchup/CATEGORY/DATE`. */
export const catchupPage = (category: string, day: string, listed: readonly Listed[]) =>
  page(`
  <h1>Catchup results for ${category} on ${date(day, 'short')}</h1>
    <ul></ul>
    <div>
      Total of ${listed.length} entries for ${date(day, 'short')}
      <br>
    </div>
${
  listed.length === 0
    ? `<br><div><p>No updates for ${date(day, 'short')}. There was either no announcement for this day, or no updates within the requested subject.</p></div><br>`
    : sections(listed)
}
    <div></div>
    Total of ${listed.length} entries for ${date(day, 'short')}`)

const rfc = (day: string) => `${date(day, 'short').replace(/^(\w+), /, '$1, ')} 00:00:00 -0500`

/** `rss.arxiv.org/rss/CATEGORY`. @param built the channel's build date; @param dated the items' dates */
export const rss = (category: string, built: string, dated: string, listed: readonly Listed[]) =>
  `<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" version="2.0">
  <channel>
    <title>${category} updates on arXiv.org</title>
    <link>http://rss.arxiv.org/rss/${category}</link>
    <description>${category} updates on the arXiv.org e-print archive.</description>
    <lastBuildDate>${rfc(built)}</lastBuildDate>
    <pubDate>${rfc(built)}</pubDate>
    <skipDays><day>Sunday</day><day>Saturday</day></skipDays>
${listed
  .map(
    ({ entry, kind }) => `    <item>
      <title>${escaped(entry.title)}</title>
      <link>https://arxiv.org/abs/${entry.id}</link>
      <description>arXiv:${entry.id}v1 Announce Type: ${kind === 'replacement' ? 'replace' : kind}
Abstract: ${escaped(entry.abstract)}</description>
      <guid isPermaLink="false">oai:arXiv.org:${entry.id}v1</guid>
${entry.categories.map(one => `      <category>${one}</category>`).join('\n')}
      <pubDate>${rfc(dated)}</pubDate>
      <arxiv:announce_type>${kind === 'replacement' ? 'replace' : kind}</arxiv:announce_type>
      <dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights>
      <dc:creator>${escaped(entry.authors.join(', '))}</dc:creator>
    </item>`,
  )
  .join('\n')}
  </channel>
</rss>`

/** `oaipmh.arxiv.org/oai`, ListRecords in arXivRaw. */
export const oai = (
  records: readonly { entry: Entry; datestamp: string }[],
  token: { text: string; total: number; cursor: number } | undefined,
) => `<?xml version='1.0' encoding='UTF-8'?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<responseDate>2026-11-24T09:00:00Z</responseDate>
<request verb="ListRecords" metadataPrefix="arXivRaw">https://oaipmh.arxiv.org/oai</request>
<ListRecords>
${records
  .map(
    ({ entry, datestamp }) => `<record>
<header><identifier>oai:arXiv.org:${entry.id}</identifier><datestamp>${datestamp}</datestamp><setSpec>cs:cs:CL</setSpec></header>
<metadata><arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>${entry.id}</id><submitter>S</submitter>
<version version="v1"><date>${new Date(`${entry.submitted}T12:00:00Z`).toUTCString()}</date><size>10kb</size></version>
<title>${escaped(entry.title)}</title><authors>${escaped(entry.authors.join(', '))}</authors>
<categories>${entry.categories.join(' ')}</categories><abstract>  ${escaped(entry.abstract)}
</abstract></arXivRaw></metadata>
</record>`,
  )
  .join('\n')}
${token === undefined ? '' : `<resumptionToken cursor="${token.cursor}" completeListSize="${token.total}">${token.text}</resumptionToken>`}
</ListRecords>
</OAI-PMH>`

export const oaiError = (code: string, text: string) => `<?xml version='1.0' encoding='UTF-8'?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-11-24T09:00:00Z</responseDate>
<request>https://oaipmh.arxiv.org/oai</request><error code="${code}">${text}</error></OAI-PMH>`

/** `export.arxiv.org/api/query`. */
export const atom = (
  entries: readonly Entry[],
  total: number,
  start: number,
) => `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <link href="http://arxiv.org/api/query?x" rel="self" type="application/atom+xml"/>
  <title type="html">ArXiv Query: x</title>
  <id>http://arxiv.org/api/abc</id>
  <updated>2026-11-24T00:00:00-05:00</updated>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">${total}</opensearch:totalResults>
  <opensearch:startIndex xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">${start}</opensearch:startIndex>
  <opensearch:itemsPerPage xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">200</opensearch:itemsPerPage>
${entries
  .map(
    entry => `  <entry>
    <id>http://arxiv.org/abs/${entry.id}v1</id>
    <updated>${entry.submitted}T17:00:00Z</updated>
    <published>${entry.submitted}T17:00:00Z</published>
    <title>${escaped(entry.title)}</title>
    <summary>  ${escaped(entry.abstract)}
</summary>
${entry.authors.map(name => `    <author>\n      <name>${escaped(name)}</name>\n    </author>`).join('\n')}
    <link href="http://arxiv.org/abs/${entry.id}v1" rel="alternate" type="text/html"/>
    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="${entry.categories[0]}" scheme="http://arxiv.org/schemas/atom"/>
${entry.categories.map(one => `    <category term="${one}" scheme="http://arxiv.org/schemas/atom"/>`).join('\n')}
  </entry>`,
  )
  .join('\n')}
</feed>`
