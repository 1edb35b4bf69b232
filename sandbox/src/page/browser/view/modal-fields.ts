import {
  type APIModalInteractionResponseCallbackData,
  type APISelectMenuComponent,
  type APITextInputComponent,
  ComponentType,
  TextInputStyle,
} from 'discord-api-types/v10'
import type { Offer } from '../composer/offers.ts'
import type { Page } from '../page.ts'
import { knownAt } from '../state/known.ts'
import { menuChosen, menuOffers } from './menu-offers.ts'

interface Common {
  readonly id: string
  readonly label: string
  readonly description: string | undefined
  readonly required: boolean
  readonly placeholder: string
  readonly min: number
  readonly max: number
}

/** A form's parts in the two ways that Discord has of writing them: labels around fields, and rows of text inputs. */
export type FormField =
  | { readonly kind: 'text'; readonly text: string }
  | (Common & { readonly kind: 'input'; readonly long: boolean; readonly value: string })
  | (Common & {
      readonly kind: 'menu'
      readonly chosen: readonly string[]
      readonly offers: (page: Page) => readonly Offer[]
    })

export function fieldsOf({ components }: APIModalInteractionResponseCallbackData): readonly FormField[] {
  return components.flatMap((part): FormField[] => {
    if (part.type === ComponentType.ActionRow)
      return part.components.flatMap(each =>
        each.type === ComponentType.TextInput ? [input(each, each.label ?? '')] : [],
      )
    if (part.type === ComponentType.TextDisplay) return [{ kind: 'text', text: part.content }]
    if (part.type !== ComponentType.Label) return []
    const child = part.component
    if (child.type === ComponentType.TextInput) return [input(child, part.label, part.description)]
    return isMenu(child) ? [menu(child, part.label, part.description)] : []
  })
}

const isMenu = (part: { readonly type: ComponentType }): part is APISelectMenuComponent =>
  [
    ComponentType.StringSelect,
    ComponentType.UserSelect,
    ComponentType.RoleSelect,
    ComponentType.MentionableSelect,
    ComponentType.ChannelSelect,
  ].includes(part.type)

const input = (part: APITextInputComponent, label: string, description?: string): FormField => ({
  kind: 'input',
  id: part.custom_id,
  label,
  description,
  required: part.required ?? true,
  placeholder: part.placeholder ?? '',
  min: part.min_length ?? 0,
  max: part.max_length ?? 4000,
  long: part.style === TextInputStyle.Paragraph,
  value: part.value ?? '',
})

const menu = (part: APISelectMenuComponent, label: string, description?: string): FormField => ({
  kind: 'menu',
  id: part.custom_id,
  label,
  description,
  required: ('required' in part ? part.required : undefined) ?? true,
  placeholder: part.placeholder ?? 'Make a selection',
  min: part.min_values ?? 1,
  max: part.max_values ?? 1,
  chosen: menuChosen(part),
  offers: page => menuOffers(part, knownAt(page.session)),
})
