import { Agent, DecoratorHandler, type Dispatcher } from 'undici'

/**
 * An agent that reads an answer to its end, however slowly whoever asked takes it: what is not taken yet waits in memory, so
 * that the size of an answer has to be bounded by whoever asks.
 *
 * The parser of undici 6 and 7, once paused, fails an assertion when the other side closes the connection: in an event
 * handler, which ends the process. https://github.com/nodejs/undici/issues/5360
 */
export class UnpausedAgent extends Agent {
  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandlers): boolean {
    const onData = (chunk: Buffer): boolean => {
      handler.onData?.(chunk)
      // False would pause the parser.
      return true
    }
    return super.dispatch(options, Object.assign(new DecoratorHandler(handler), { onData }))
  }
}
