import { html, svg, type TemplateResult } from 'lit'

const icon = (paths: TemplateResult): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${paths}</svg>`

const line = (d: string) => svg`<path d=${d} fill="none" stroke="currentColor" stroke-width="2"
  stroke-linecap="round" stroke-linejoin="round" />`

export const icons = {
  hash: icon(line('M5 9h15M4 15h15M10 4 8 20M16 4l-2 16')),
  forum: icon(line('M4 5h12v8H9l-4 3v-3H4zM19 9h1v8h-1v3l-4-3h-4')),
  thread: icon(line('M6 4v9a3 3 0 0 0 3 3h10M15 12l4 4-4 4')),
  down: icon(line('m6 9 6 6 6-6')),
  close: icon(line('M6 6l12 12M18 6 6 18')),
  menu: icon(line('M4 7h16M4 12h16M4 17h16')),
  plus: icon(line('M12 5v14M5 12h14')),
  check: icon(line('m5 12 5 5 9-10')),
  reply: icon(line('M9 7 4 12l5 5M4 12h10a6 6 0 0 1 6 6')),
  smile: icon(line('M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 14c1 2 2.400 3 4 3s3-1 4-3M9 9v.5M15 9v.5')),
  more: icon(line('M5 12h.01M12 12h.01M19 12h.01')),
  download: icon(line('M12 4v11M7 11l5 5 5-5M5 20h14')),
  file: icon(line('M7 3h7l4 4v14H7zM14 3v4h4')),
  outside: icon(line('M14 5h5v5M19 5l-8 8M17 14v5H5V7h5')),
  people: icon(
    line(
      'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM3 20c0-4 3-6 6-6s6 2 6 6M16 5a3 3 0 0 1 0 6M17 14c3 1 4 3 4 6',
    ),
  ),
  pencil: icon(line('M4 20l1-4L16 5l3 3L8 19zM14 7l3 3')),
  bin: icon(line('M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13')),
  copy: icon(line('M8 8h12v12H8zM4 16V4h12')),
  eye: icon(line('M2 12c3-5 6-7 10-7s7 2 10 7c-3 5-6 7-10 7s-7-2-10-7zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z')),
  alert: icon(line('M12 4 2 20h20zM12 10v4M12 17v.01')),
  book: icon(line('M12 6C9 4 6 4 3 5v13c3-1 6-1 9 1 3-2 6-2 9-1V5c-3-1-6-1-9 1zM12 6v13')),
  gear: icon(
    line(
      'M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM12 3v3M12 18v3M3 12h3M18 12h3M5.600 5.600l2 2M16.400 16.400l2 2M18.400 5.600l-2 2M7.600 16.400l-2 2',
    ),
  ),
  theme: icon(
    svg`${line('M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z')}<path d="M12 3a9 9 0 0 1 0 18z" fill="currentColor" />`,
  ),
  clock: icon(line('M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.500 2')),
  send: icon(line('M4 12 20 4l-6 16-3-7zM11 13l9-9')),
  slash: icon(line('M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zM14 7l-4 10')),
} as const
