/** How well typed words fit a word of the vocabulary; both folded (`fold`). 0: not at all. */
export function rankWord(typed: readonly string[], word: string): number {
  if (typed.length === 0) return 1
  const joined = typed.join(' ')
  if (word.startsWith(joined)) return 6
  const parts = word.split(/[\s:]+/)
  if (typed.every((token) => parts.some((part) => part.startsWith(token)))) return 5
  if (word.includes(joined)) return 4
  if (typed.every((token) => parts.some((part) => isNear(token, part)))) return 3
  if (joined.length < 3) return 0
  const letters = joined.replaceAll(' ', '')
  // Letters in order, from the beginning of the word: `gngvts`. From elsewhere they fit too much.
  return letters[0] === word[0] && isSubsequence(letters, word) ? 2 : isSubsequence(letters, word) ? 1 : 0
}

/** Lower case without accents: nobody types an accent to find a word. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
}

/** One slip of the finger: a letter too much, too few, another one, or two that changed places. From four letters on. */
function isNear(typed: string, word: string): boolean {
  if (typed.length < 4) return false
  // The word may go on after what was typed: its beginning counts, as long as the slip leaves it.
  return [-1, 0, 1].some((more) => isOneSlip(typed, word.slice(0, Math.max(0, typed.length + more))))
}

function isOneSlip(a: string, b: string): boolean {
  if (a === b) return true
  let at = 0
  while (at < a.length && a[at] === b[at]) at += 1
  const [restA, restB] = [a.slice(at), b.slice(at)]
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  )
}

function isSubsequence(letters: string, word: string): boolean {
  let at = 0
  for (const letter of word) if (letter === letters[at]) at += 1
  return at === letters.length
}
