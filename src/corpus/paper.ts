import { z } from 'zod'

/** A link of a paper: its code, its project page, a search elsewhere. */
export const Link = z.object({
  kind: z.enum(['paper', 'code', 'project', 'lookup']),
  label: z.string(),
  url: z.url({ protocol: /^https?$/ }),
})
export type Link = z.infer<typeof Link>

/**
 * A paper as the rest of the program uses it. `title` and `abstract` are the source's own text with white space
 * collapsed, used for searching and quoting. Text shown to people goes through `readable` first.
 */
export const Paper = z.object({
  /** The source's own id, or one made from the content: see `paperId`. Unique within a library. */
  id: z.string().min(1),
  title: z.string().min(1),
  /** May be empty: some records have none. */
  abstract: z.string(),
  authors: z.array(z.string()).default([]),
  url: z.url({ protocol: /^https?$/ }).optional(),
  /** ISO 8601: a year, a month, a date or an instant. */
  published: z.string().optional(),
  doi: z.string().optional(),
  /** arXiv identifier without version, such as 2405.19320 or cs/0112017. */
  arxiv: z.string().optional(),
  venue: z.string().optional(),
  categories: z.array(z.string()).default([]),
})
export type Paper = z.infer<typeof Paper>
