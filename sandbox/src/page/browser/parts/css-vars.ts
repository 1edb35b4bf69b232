import { Directive, directive, type ElementPart } from 'lit/directive.js'

/**
 * Sets custom properties on its element. The page's security policy forbids style attributes, which lit's own
 * styleMap writes at first; properties set from script are allowed.
 */
class CssVars extends Directive {
  override render(_values: Readonly<Record<`--${string}`, string>>): void {}

  override update(part: ElementPart, [values]: [Readonly<Record<string, string>>]): void {
    const { style } = part.element as HTMLElement
    for (const [name, value] of Object.entries(values)) style.setProperty(name, value)
  }
}

export const cssVars = directive(CssVars)
