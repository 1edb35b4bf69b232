import { type Paper, Paper as PaperSchema } from '../../src/corpus/paper.ts'

export const paper = (id: string, title: string, change: Partial<Paper> = {}): Paper =>
  PaperSchema.parse({
    id,
    title,
    abstract: `${title}. We study ${title.toLowerCase()} at length.`,
    ...change,
  })
