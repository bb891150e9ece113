/** The seam that tests replace. The server's clock stamps what it commits and never orders changes. */
export type Clock = { nowMs(): number }

export const systemClock: Clock = { nowMs: () => Date.now() }
