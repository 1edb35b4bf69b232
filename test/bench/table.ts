/** The value below which a share of the list lies; sorts the list in place. */
export function quantile(list: number[], share: number): number {
  list.sort((a, b) => a - b)
  return list[Math.min(list.length - 1, Math.floor(share * list.length))] ?? Number.NaN
}

export const median = (list: readonly number[]): number => quantile([...list], 0.5)

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
