import { html } from 'lit'

/** Marks what a program wrote. */
export const appTag = html`<span class="tag" title="Written by an app">APP</span>`
