import { z } from 'zod'

export const Component: z.ZodType<{ custom_id?: string | undefined; components?: unknown[] | undefined }> =
  z.object({
    custom_id: z.string().optional(),
    components: z.array(z.unknown()).optional(),
  })

/** The custom ids of a message's components, however deep. */
export function customIdsIn(components: readonly unknown[]): string[] {
  return components.flatMap(raw => {
    const part = Component.safeParse(raw)
    if (!part.success) return []
    return [
      ...(part.data.custom_id === undefined ? [] : [part.data.custom_id]),
      ...customIdsIn(part.data.components ?? []),
    ]
  })
}
