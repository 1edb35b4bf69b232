import { readFileSync } from 'node:fs'
import { parser } from '@prometheus-io/lezer-promql'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const read = (file: string) => readFileSync(new URL(`../../docs/deploy/${file}`, import.meta.url), 'utf8')

/** What Prometheus takes for a time. */
const duration = z.string().regex(/^(?:\d+[smhdwy])+$/u)

const rules = z.strictObject({
  groups: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        rules: z
          .array(
            z.strictObject({
              alert: z.string().regex(/^[A-Z]\w*$/u),
              expr: z.string(),
              for: duration.optional(),
              labels: z.record(z.string(), z.string()).optional(),
              annotations: z.record(z.string(), z.string()),
            }),
          )
          .min(1),
      }),
    )
    .min(1),
})

const panels = z.object({
  panels: z.array(
    z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).optional() }),
  ),
})

const alerts = rules
  .parse(parse(read('alerts.yaml')))
  .groups.flatMap(group => group.rules.map(({ alert, expr }) => ({ name: alert, expr })))
const drawn = panels
  .parse(JSON.parse(read('dashboard.json')))
  .panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ name: title, expr })))

/** The first place that Prometheus' own grammar does not take. */
function faultIn(expr: string): string | undefined {
  let fault: string | undefined
  parser.parse(expr).iterate({
    enter: node => {
      if (node.type.isError) fault ??= `at ${node.from}: ${expr.slice(node.from, node.from + 20)}`
    },
  })
  return fault
}

describe('what Prometheus is asked', () => {
  it.each([...alerts, ...drawn])('is PromQL: $name', ({ expr }) => {
    expect(faultIn(expr)).toBeUndefined()
  })

  it.each(['rate(lectern_x[5m]', 'sum by le (x)', 'x > ', 'histogram_quantile(0.9,, x)'])(
    'would not be, were it %s',
    expr => expect(faultIn(expr)).toBeDefined(),
  )

  it('names every alert once', () => {
    const names = alerts.map(({ name }) => name)
    expect(names).toHaveLength(new Set(names).size)
  })
})
