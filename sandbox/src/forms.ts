/** A field of a form, as the page shows it. */
export interface HostField {
  readonly name: string
  readonly label: string
  /** More than one line. */
  readonly long?: boolean
  readonly required?: boolean
  /** Characters, at most. */
  readonly max: number
}

export interface HostFormView {
  /** Letters, digits and `-`: a part of an address. */
  readonly id: string
  /** What the page's button says, such as "Add a paper". */
  readonly label: string
  readonly fields: readonly HostField[]
}

/** What came of a form. Not done: it stays open with what was typed, and the text says why. */
export interface HostAnswer {
  readonly done: boolean
  readonly text: string
}

/**
 * What the program that started the sandbox lets people do on its page besides what Discord does: it has a button of
 * its own there.
 *
 * @example
 * startSandbox({
 *   forms: [{
 *     id: 'greet', label: 'Greet', fields: [{ name: 'who', label: 'Whom', required: true, max: 100 }],
 *     submit: async ({ who }) => ({ done: true, text: `Hello, ${who}.` }),
 *   }],
 * })
 */
export interface HostForm extends HostFormView {
  /** @param values by field, trimmed; each is there, empty or not, and as long as its field allows */
  submit(values: Readonly<Record<string, string>>): Promise<HostAnswer>
}

export const formView = ({ id, label, fields }: HostForm): HostFormView => ({ id, label, fields })

/** @returns what is wrong with the first field that cannot be sent */
export function problemWith(
  fields: readonly HostField[],
  values: Readonly<Record<string, string>>,
): string | undefined {
  for (const { name, label, required, max } of fields) {
    const { length } = (values[name] ?? '').trim()
    if (required === true && length === 0) return `${label} is needed.`
    if (length > max) return `${label} has ${length} characters; ${max} fit.`
  }
  return undefined
}
