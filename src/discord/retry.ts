import pRetry from 'p-retry'
import { isTransientError } from './rest-errors.ts'

/**
 * Retries after an error of the network or a proxy. For requests that may be carried out twice without harm.
 * @param minTimeout ms before the second try; doubled before each further one
 */
export const retryTransient = <T>(
  request: () => Promise<T>,
  { retries = 3, minTimeout = 250 }: { retries?: number; minTimeout?: number } = {},
): Promise<T> =>
  pRetry(request, { retries, minTimeout, factor: 2, shouldRetry: ({ error }) => isTransientError(error) })
