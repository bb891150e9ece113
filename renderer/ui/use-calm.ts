import { useEffect, useRef, useState } from 'react'

/** Words that change many times a second, handed on at most every `everyMs`: for what a screen reader says aloud. The last always comes. */
export function useCalm(words: string, everyMs = 5000): string {
  const [said, setSaid] = useState(words)
  const lastMs = useRef(0)
  useEffect(() => {
    if (words === said) return undefined
    const timer = setTimeout(
      () => {
        lastMs.current = Date.now()
        setSaid(words)
      },
      Math.max(0, lastMs.current + everyMs - Date.now()),
    )
    return () => clearTimeout(timer)
  }, [words, said, everyMs])
  return said
}
