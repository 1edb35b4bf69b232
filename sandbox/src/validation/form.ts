import type { z } from 'zod'
import type { ZodMiniType } from 'zod/mini'
import { Refusal } from './refusal.ts'

type Path = readonly PropertyKey[]

/** One thing wrong with a body: where, and Discord's code and text for it. */
export interface ValidationError {
  readonly path: Path
  readonly code: string
  readonly message: string
}

export const validationError = (path: Path, code: string, message: string): ValidationError => ({
  path,
  code,
  message,
})

export const required = (path: Path): ValidationError =>
  validationError(path, 'BASE_TYPE_REQUIRED', 'This field is required')

export const tooLong = (path: Path, max: number): ValidationError =>
  validationError(path, 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`)

export const badLength = (path: Path, min: number, max: number): ValidationError =>
  validationError(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`)

/** @throws Refusal 50035 when there is any complaint */
export function check(errors: readonly ValidationError[]): void {
  if (errors.length > 0) throw new Refusal(400, 50035, 'Invalid Form Body', { ...treeOf(errors) })
}

interface Tree {
  [key: string]: Tree | { code: string; message: string }[]
}

function treeOf(errors: readonly ValidationError[]): Tree {
  const root: Tree = {}
  for (const { path, code, message } of errors) {
    let node = root
    for (const key of path) {
      node[String(key)] ??= {}
      node = node[String(key)] as Tree
    }
    node._errors ??= []
    ;(node._errors as { code: string; message: string }[]).push({ code, message })
  }
  return root
}

/**
 * Reads a body that the published schema has passed.
 * @throws Refusal 50035 where the two schemas disagree
 */
export function readAs<T>(schema: z.ZodType<T>, value: unknown, at: Path = []): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const errors = parsed.error.issues.flatMap(issue => translate(issue, at, value))
  throw new Refusal(400, 50035, 'Invalid Form Body', { ...treeOf(errors) })
}

/** What Discord's published schema finds wrong with a body. */
export function errorsOf(schema: ZodMiniType, value: unknown, at: Path = []): ValidationError[] {
  const parsed = schema.safeParse(value)
  if (parsed.success) return []
  return parsed.error.issues.flatMap(issue => translate(issue as z.core.$ZodIssue, at, value))
}

function translate(issue: z.core.$ZodIssue, at: Path, root: unknown): ValidationError[] {
  const path = [...at, ...issue.path]
  if (issue.code === 'invalid_union') return branch(issue.errors, path, valueAt(root, issue.path))
  return [{ path, ...wording(issue, valueAt(root, issue.path)) }]
}

/** Of a union, the branch that the object's own `type` chose; without one, the branch with the least to say. */
function branch(branches: readonly z.core.$ZodIssue[][], path: Path, value: unknown): ValidationError[] {
  const named = branches.filter(issues => !issues.some(issue => issue.path[0] === 'type'))
  const typed = typeof value === 'object' && value !== null && 'type' in value
  if (typed && named.length === 0)
    return [
      validationError(
        [...path, 'type'],
        'UNION_TYPE_CHOICES',
        'Value of field "type" must be one of the known types.',
      ),
    ]
  const [best] = [...(named.length > 0 ? named : branches)].sort((a, b) => a.length - b.length)
  return (best ?? []).flatMap(issue => translate(issue, path, value))
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null)?.[key], root)
}

const wrongType: Record<string, readonly [code: string, message: string]> = {
  string: ['STRING_TYPE_CONVERT', 'Could not interpret the value as string.'],
  int: ['NUMBER_TYPE_COERCE', 'Value is not int.'],
  number: ['NUMBER_TYPE_COERCE', 'Value is not int.'],
  boolean: ['BOOLEAN_TYPE_CONVERT', 'Must be either true or false.'],
  array: ['LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType'],
  object: ['DICT_TYPE_CONVERT', 'Only dictionaries may be used in a DictType'],
}

function wording(issue: z.core.$ZodIssue, value: unknown): { code: string; message: string } {
  const [code, message] = pair(issue, value)
  return { code, message }
}

function pair(issue: z.core.$ZodIssue, value: unknown): readonly [code: string, message: string] {
  if (value === undefined || value === null) return ['BASE_TYPE_REQUIRED', 'This field is required']
  switch (issue.code) {
    case 'invalid_type':
      return wrongType[issue.expected] ?? ['BASE_TYPE_INVALID', 'Invalid value.']
    case 'too_big':
      return issue.origin === 'string' || issue.origin === 'array'
        ? ['BASE_TYPE_MAX_LENGTH', `Must be ${issue.maximum} or fewer in length.`]
        : ['NUMBER_TYPE_MAX', `int value should be less than or equal to ${issue.maximum}.`]
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array'
        ? ['BASE_TYPE_MIN_LENGTH', `Must be ${issue.minimum} or more in length.`]
        : ['NUMBER_TYPE_MIN', `int value should be greater than or equal to ${issue.minimum}.`]
    case 'invalid_format':
      return format(issue.format)
    case 'invalid_value':
      return ['BASE_TYPE_CHOICES', `Value must be one of {${issue.values.join(', ')}}.`]
    default:
      return ['BASE_TYPE_INVALID', 'Invalid value.']
  }
}

function format(name: string): readonly [code: string, message: string] {
  if (name === 'url') return ['URL_TYPE_INVALID_URL', 'Not a well formed URL.']
  if (name === 'datetime') return ['DATE_TIME_TYPE_PARSE', 'Could not parse the value. Should be ISO8601.']
  return ['BASE_TYPE_INVALID', 'Invalid value.']
}
