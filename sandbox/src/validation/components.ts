import type { Component } from './body.ts'
import { badScheme } from './embeds.ts'
import { badLength, required, type ValidationError, validationError } from './form.ts'

type Path = readonly (string | number)[]

const row = 1
const button = 2
const selects = new Set([3, 5, 6, 7, 8])
/** From here on components exist only in messages that set the "components v2" flag. */
const firstOfV2 = 9
const maxRows = 5
const maxV2 = 40
const link = 5
const premium = 6

/** Rules for components that Discord's published schema leaves out. */
export function validateComponents(components: readonly Component[], v2: boolean): ValidationError[] {
  const found: ValidationError[] = []
  const all = [...walk(components, ['components'])]
  if (v2 && all.length > maxV2) found.push(badLength(['components'], 1, maxV2))
  if (!v2 && components.length > maxRows) found.push(badLength(['components'], 1, maxRows))
  if (!v2)
    for (const [index, { type }] of components.entries())
      if (type >= firstOfV2)
        found.push(
          validationError(['components', index, 'type'], 'BASE_TYPE_CHOICES', 'Value must be one of {1}.'),
        )
  const seen = new Set<string>()
  for (const { component, path } of all) {
    found.push(...validateOne(component, path))
    const id = component.custom_id
    if (id == null) continue
    if (seen.has(id)) found.push(duplicated(path))
    seen.add(id)
  }
  return found
}

export const duplicated = (path: Path): ValidationError =>
  validationError(
    [...path, 'custom_id'],
    'COMPONENT_CUSTOM_ID_DUPLICATED',
    'Component custom id cannot be duplicated',
  )

/** Every component of a tree with where it stands. */
export function* walk(
  components: readonly Component[],
  path: Path,
): Generator<{ component: Component; path: Path }> {
  for (const [index, component] of components.entries()) yield* walkOne(component, [...path, index])
}

function* walkOne(component: Component, path: Path): Generator<{ component: Component; path: Path }> {
  yield { component, path }
  yield* walk(component.components ?? [], [...path, 'components'])
  if (component.component != null) yield* walkOne(component.component, [...path, 'component'])
  if (component.accessory != null) yield* walkOne(component.accessory, [...path, 'accessory'])
}

function validateOne(component: Component, path: Path): ValidationError[] {
  if (component.type === row) return validateRow(component, path)
  if (component.type === button) return validateButton(component, path)
  if (selects.has(component.type)) return validateSelect(component, path)
  return []
}

function validateRow(component: Component, path: Path): ValidationError[] {
  const children = component.components ?? []
  const wide = children.filter(child => selects.has(child.type)).length
  if (wide === 0 || children.length === 1) return []
  const text = 'The specified component exceeds the maximum width'
  return [validationError([...path, 'components', 1], 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', text)]
}

function validateButton(component: Component, path: Path): ValidationError[] {
  const { label, emoji, style, url } = component
  const found = validateTarget(component, path)
  if (!label?.trim() && emoji == null && style !== premium)
    found.push(
      validationError(
        [...path, 'label'],
        'BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED',
        'A label or emoji is required',
      ),
    )
  const scheme = url == null ? undefined : badScheme([...path, 'url'], url, ['http', 'https', 'discord'])
  if (scheme !== undefined) found.push(scheme)
  return [...found, ...validateEmoji(component, path)]
}

/** A link button has an address, a premium one an article, any other a custom id; never two of them. */
function validateTarget({ style, url, custom_id, sku_id }: Component, path: Path): ValidationError[] {
  if (style === premium) return sku_id == null ? [required([...path, 'sku_id'])] : []
  const [needed, other] = style === link ? [url, custom_id] : [custom_id, url]
  const [name, text] = style === link ? (['url', 'url'] as const) : (['custom_id', 'custom id'] as const)
  const found: ValidationError[] = []
  if (needed == null)
    found.push(
      validationError(
        [...path, name],
        `BUTTON_COMPONENT_${name.toUpperCase()}_REQUIRED`,
        `A ${text} is required`,
      ),
    )
  if (other != null)
    found.push(
      validationError(
        [...path, style === link ? 'custom_id' : 'url'],
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      ),
    )
  return found
}

function validateSelect(component: Component, path: Path): ValidationError[] {
  const found: ValidationError[] = []
  const options = component.options ?? []
  const most = component.max_values ?? 1
  const least = component.min_values ?? 1
  if (least > most)
    found.push(
      validationError(
        [...path, 'min_values'],
        'SELECT_COMPONENT_MIN_VALUES_MORE_THAN_MAX',
        'Minimum values cannot exceed maximum values',
      ),
    )
  if (component.type === 3 && Math.max(least, component.max_values ?? 0) > options.length)
    found.push(
      validationError(
        [...path, 'options'],
        'SELECT_COMPONENT_MAX_VALUES_MORE_THAN_OPTIONS',
        'Maximum values cannot exceed the number of options',
      ),
    )
  if (options.filter(option => option.default).length > most)
    found.push(
      validationError(
        [...path, 'options'],
        'SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES',
        'Too many options are selected by default',
      ),
    )
  const seen = new Set<string>()
  for (const [index, option] of options.entries()) {
    if (option.label.trim() === '') found.push(required([...path, 'options', index, 'label']))
    if (seen.has(option.value))
      found.push(
        validationError(
          [...path, 'options', index, 'value'],
          'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
          'The specified option value is already used',
        ),
      )
    seen.add(option.value)
  }
  return found
}

function validateEmoji({ emoji }: Component, path: Path): ValidationError[] {
  if (emoji == null || emoji.id != null || isEmoji(emoji.name ?? '')) return []
  return [validationError([...path, 'emoji', 'name'], 'COMPONENT_INVALID_EMOJI', 'Invalid emoji')]
}

/** One emoji of Unicode's, keycaps, flags and joined ones included. */
export const isEmoji = (text: string): boolean =>
  /^\p{RGI_Emoji}$/v.test(text) || /^\p{RGI_Emoji}$/v.test(`${text}\uFE0F`)
