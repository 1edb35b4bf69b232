/** Why a person cannot do what they asked for, with an HTTP status. */
export class Trouble extends Error {
  override readonly name = 'Trouble'
  readonly status: 400 | 403 | 404 | 409

  constructor(status: Trouble['status'], message: string) {
    super(message)
    this.status = status
  }
}
