import { type Random, seededRandom } from '../../torture/random.ts'

/** Version 7: 48 bits of time, then chance. Both from the run. */
function createIds() {
  const state = { random: seededRandom(0), nowMs: () => 0 }
  const hex = (digits: number) =>
    state.random
      .between(0, 16 ** digits - 1)
      .toString(16)
      .padStart(digits, '0')
  return {
    begin: (random: Random, nowMs: () => number) => void Object.assign(state, { random, nowMs }),
    next: (): string => {
      const time = state.nowMs().toString(16).padStart(12, '0')
      const variant = (8 + state.random.between(0, 3)).toString(16)
      return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${variant}${hex(3)}-${hex(6)}${hex(6)}`
    },
  }
}

/** One stream for the process: `begin` starts it anew with each run. */
export const ids = createIds()
