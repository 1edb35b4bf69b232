import type { FileUpload } from '../../../person-api.ts'
import { readUpload } from './upload.ts'

/** Discord's limit for one message. */
const most = 10

/** The files that go with the next message. */
export class Files {
  list: readonly FileUpload[] = []
  /** Why the last one could not be taken. */
  problem: string | undefined
  private readonly changed: () => void

  constructor(changed: () => void) {
    this.changed = changed
  }

  set(list: readonly FileUpload[]): void {
    this.list = list.slice(0, most)
    this.problem = undefined
    this.changed()
  }

  readonly remove = (file: FileUpload): void => this.set(this.list.filter(each => each !== file))

  async add(files: readonly File[]): Promise<void> {
    try {
      const uploads = await Promise.all(files.map(readUpload))
      this.set([...this.list, ...uploads])
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error)
      this.changed()
    }
  }
}
