import type { Element } from './xml-tree.ts'

/** A record under the keys of `ownKeys`, or why the element gives none. */
export type XmlRecord = Readonly<Record<string, unknown>> | { readonly reason: string }

/** What a reader remembers of a document besides its records: the volume of the following papers. */
export interface Surroundings {
  venue?: string | undefined
  published?: string | undefined
}

export type Reader = (element: Element, surroundings: Surroundings) => XmlRecord | undefined
