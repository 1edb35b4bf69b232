const longest = 100

/**
 * A live source, or a place that papers were imported from, as it may be named in public: of an address its host alone,
 * since addresses can hold keys; of a path its last part, since paths tell of the machine.
 *
 * @example
 * sourceLabel('rss https://example.org/feed?key=abc') // 'rss example.org'
 */
export function sourceLabel(name: string): string {
  const said = name
    .replace(/^folder .*$/su, 'a folder')
    .replace(/https?:\/\/(?:[^\s/@]{0,200}@)?([^\s/:?#]{1,200})\S*/giu, '$1')
    .replace(/(?:[^\s/\\]{0,200}[/\\]){1,50}([^\s/\\]{1,200})$/u, (path, last: string) =>
      isPath(path) ? last : path,
    )
  return said.trim().slice(0, longest) || 'a source'
}

/** A category such as `ICLR.cc/2026/Conference` is none. */
const isPath = (text: string): boolean =>
  /^(?:[/\\~.]|[A-Za-z]:)/u.test(text) || /\.[a-z0-9]{1,6}$/u.test(text)
