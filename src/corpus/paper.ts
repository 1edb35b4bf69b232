import { z } from 'zod'

/** A link that belongs to a paper: its code, its project page, a look-up elsewhere. */
export const Link = z.object({
  kind: z.enum(['paper', 'code', 'project', 'lookup']),
  label: z.string(),
  url: z.url({ protocol: /^https?$/ }),
})
export type Link = z.infer<typeof Link>

/**
 * One paper as the rest of the program knows it. `title` and `abstract` are the source's own words with white
 * space folded: they are what is searched and quoted. What people are shown goes through `readable` first.
 */
export const Paper = z.object({
  /** The source's own id, or one made from the content: see `paperId`. Unique within a library. */
  id: z.string().min(1),
  title: z.string().min(1),
  /** May be empty: some records have none. */
  abstract: z.string(),
  authors: z.array(z.string()).default([]),
  url: z.url({ protocol: /^https?$/ }).optional(),
  /** ISO 8601, a date or an instant. */
  published: z.string().optional(),
  doi: z.string().optional(),
  /** arXiv identifier without version, such as 2405.19320 or cs/0112017. */
  arxiv: z.string().optional(),
  venue: z.string().optional(),
  categories: z.array(z.string()).default([]),
})
export type Paper = z.infer<typeof Paper>
