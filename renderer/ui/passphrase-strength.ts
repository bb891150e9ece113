export type Strength = 'too-short' | 'weak' | 'fair' | 'strong'

/** The contract's own bounds: for this computer's store, and for a file that leaves it. */
export const MIN_PASSPHRASE = 10
export const MIN_EXPORT_PASSPHRASE = 12

/**
 * A hint while typing, not a gate beyond the length: Argon2id makes each guess expensive, so words count more than
 * signs. Rough bits: distinct characters times the alphabet in use; repeats and runs count little.
 */
export function judgePassphrase(passphrase: string, atLeast = MIN_PASSPHRASE): Strength {
  if (passphrase.length < atLeast) return 'too-short'
  const words = passphrase
    .trim()
    .split(/[\s\-_.,]+/)
    .filter((word) => word.length >= 3)
  const distinct = new Set(passphrase.toLowerCase()).size
  if (distinct < 6 || /^(.{1,4})\1+$/.test(passphrase)) return 'weak'
  const alphabet =
    (/\p{Ll}/u.test(passphrase) ? 26 : 0) +
    (/\p{Lu}/u.test(passphrase) ? 26 : 0) +
    (/\d/.test(passphrase) ? 10 : 0) +
    (/[^\p{L}\d]/u.test(passphrase) ? 20 : 0)
  // A word is worth about 13 bits (8,000 common words), however many letters it has.
  const bits =
    words.length > 1
      ? new Set(words).size * 13
      : Math.min(passphrase.length, distinct * 1.5) * Math.log2(alphabet) * 0.6
  if (bits < 39) return 'weak'
  return bits < 52 ? 'fair' : 'strong'
}
