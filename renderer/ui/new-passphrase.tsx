import { type KeyboardEvent, useState } from 'react'
import { useText } from '../text/text-context.tsx'
import { StatusDot } from './status-dot.tsx'
import { TextField } from './text-field.tsx'
import { judgePassphrase } from './passphrase-strength.ts'

const TONES = { weak: 'off', fair: 'minor', strong: 'ok' } as const

export type NewPassphrase = ReturnType<typeof useNewPassphrase>

/** A passphrase typed twice; nobody can recover it, so a slip must show. */
export function useNewPassphrase(atLeast: number) {
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const [tried, setTried] = useState(false)
  const strength = judgePassphrase(first, atLeast)
  const differ = first !== second
  return {
    first,
    second,
    tried,
    strength,
    differ,
    setFirst,
    setSecond,
    /** @returns the passphrase, or null after having shown what is wrong with it */
    submit(): string | null {
      setTried(true)
      return strength === 'too-short' || differ ? null : first
    },
  }
}

type Props = {
  readonly passphrase: NewPassphrase
  readonly label: string
  readonly again: string
  /** What is said of one that is too short. */
  readonly tooShort: string
  readonly onEscape?: () => void
}

export function NewPassphraseFields({ passphrase, label, again, tooShort, onEscape }: Props) {
  const t = useText()
  const { first, second, tried, strength, differ } = passphrase
  const isShort = strength === 'too-short'
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing || onEscape === undefined) return
    event.preventDefault()
    onEscape()
  }
  return (
    <>
      <TextField
        label={label}
        type="password"
        autoComplete="new-password"
        autoFocus
        value={first}
        onKeyDown={leave}
        onChange={(event) => passphrase.setFirst(event.target.value)}
        hint={isShort ? tooShort : <StatusDot tone={TONES[strength]}>{t(`access.strength.${strength}`)}</StatusDot>}
        error={tried && isShort ? tooShort : undefined}
        keepsNote
      />
      <TextField
        label={again}
        type="password"
        autoComplete="new-password"
        value={second}
        onKeyDown={leave}
        onChange={(event) => passphrase.setSecond(event.target.value)}
        error={(tried || second.length >= first.length) && second !== '' && differ ? t('access.differ') : undefined}
        keepsNote
      />
    </>
  )
}
