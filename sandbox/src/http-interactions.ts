import { generateKeyPairSync, sign } from 'node:crypto'
import { InteractionResponseType, InteractionType } from 'discord-api-types/v10'
import type { Interaction } from './state/types.ts'
import type { World } from './state/world.ts'
import { interactionView } from './view/interaction.ts'

/**
 * Interactions over HTTP, as Discord sends them to an application that has set an interactions endpoint: the gateway
 * then hears of none. https://discord.com/developers/docs/interactions/receiving-and-responding
 */
export interface HttpInteractions {
  /** The application's public key, 64 hexadecimal digits: `verify_key` of `/applications/@me`. */
  readonly publicKey: string
  /**
   * Sends all interactions there from now on; undefined: to the gateway again.
   * @throws Error when the endpoint does not answer a PING with a PONG, or accepts one whose signature is wrong
   */
  setEndpoint(url: string | undefined): Promise<void>
  close(): void
}

/** Carries out what the endpoint answers in the body of its response. */
type AnswerInline = (interaction: Interaction, callback: unknown) => void

/** Discord waits as long for the response as for an acknowledgement, in ms. */
const responseTimeout = 3_000

export function openHttpInteractions(world: World, answerInline: AnswerInline): HttpInteractions {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)

  const post = (url: string, payload: unknown, isForged = false) => {
    const body = JSON.stringify(payload)
    const timestamp = String(Math.floor(world.clock.now() / 1000))
    const signed = sign(null, Buffer.from(`${timestamp}${isForged ? ' ' : ''}${body}`), privateKey)
    return fetch(url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'x-signature-ed25519': signed.toString('hex'),
        'x-signature-timestamp': timestamp,
      },
      signal: AbortSignal.timeout(responseTimeout),
    })
  }

  async function ping(url: string): Promise<void> {
    const payload = {
      id: world.newId(),
      application_id: world.bot.id,
      type: InteractionType.Ping,
      token: 'ping',
      version: 1,
    }
    const forged = await post(url, payload, true)
    if (forged.status !== 401)
      throw new Error(`a wrong signature was answered with ${forged.status}, not 401`)
    const answer = await post(url, payload)
    const { type } = answer.ok ? ((await answer.json()) as { type?: unknown }) : {}
    if (type !== InteractionResponseType.Pong)
      throw new Error(`a PING was answered with ${answer.status} and no PONG`)
  }

  async function deliver(url: string, interaction: Interaction): Promise<void> {
    try {
      const response = await post(url, interactionView(world, interaction))
      const text = await response.text()
      if (response.status === 200 && text !== '') answerInline(interaction, JSON.parse(text))
    } catch {
      // As with Discord: whoever is not reached has not acknowledged, and the person is told so.
    }
  }

  const stop = world.bus.on(event => {
    if (event.type === 'interaction' && world.interactionsEndpoint !== undefined)
      void deliver(world.interactionsEndpoint, event.interaction)
  })
  return {
    publicKey: raw.toString('hex'),
    async setEndpoint(url) {
      if (url !== undefined) await ping(url)
      world.interactionsEndpoint = url
    },
    close: stop,
  }
}
