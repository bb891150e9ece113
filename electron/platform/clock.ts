/** The seam that tests replace. The workstation's clock is recorded and shown, and never orders changes. */
export type Clock = { nowMs(): number }

export const systemClock: Clock = { nowMs: () => Date.now() }
