import { type FormEvent, useState } from 'react'
import { AppError, type ErrorCode } from '../../../server/contract/errors.ts'
import { useLiveState } from '../../ports/live-state.tsx'
import { usePort } from '../../ports/port-context.tsx'
import { useText } from '../../text/text-context.tsx'
import { errorKey } from '../../text/words.ts'
import { Button } from '../../ui/button.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { AccountName } from './account-name.tsx'
import { Card, Words } from './card.tsx'
import { judgePassphrase } from './passphrase-strength.ts'

const TONES = { weak: 'off', fair: 'minor', strong: 'ok' } as const

/** No keychain, no store yet. There is no built-in key and no way around a lost passphrase, and the page says so. */
export function ChoosePassphrase() {
  const t = useText()
  const port = usePort()
  const { setApp } = useLiveState()
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<ErrorCode | null>(null)
  const strength = judgePassphrase(first)
  const isShort = strength === 'too-short'
  const differ = first !== second

  async function choose(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (isShort || differ || busy) return
    setBusy(true)
    try {
      setApp(await port.call('app.choosePassphrase', { passphrase: first }))
    } catch (cause) {
      setFailed(AppError.from(cause).code)
      setBusy(false)
    }
  }
  return (
    <Card title={t('access.choose.title')}>
      <Words>{t('access.choose.why')}</Words>
      <form onSubmit={(event) => void choose(event)} className="flex flex-col gap-4">
        <AccountName />
        <TextField
          label={t('access.passphrase')}
          type="password"
          autoComplete="new-password"
          autoFocus
          value={first}
          onChange={(event) => setFirst(event.target.value)}
          hint={
            isShort ? (
              t('access.tooShort')
            ) : (
              <StatusDot tone={TONES[strength]}>{t(`access.strength.${strength}`)}</StatusDot>
            )
          }
          error={tried && isShort ? t('access.tooShort') : undefined}
          keepsNote
        />
        <TextField
          label={t('access.again')}
          type="password"
          autoComplete="new-password"
          value={second}
          onChange={(event) => setSecond(event.target.value)}
          error={(tried || second.length >= first.length) && second !== '' && differ ? t('access.differ') : undefined}
          keepsNote
        />
        <p className="border-l-2 border-minor pl-3 text-13">{t('access.choose.noRecovery')}</p>
        {failed !== null && (
          <p role="alert" className="text-13 text-off">
            {t(errorKey(failed))}
          </p>
        )}
        <div>
          <Button look="primary" type="submit" disabled={busy}>
            {t('access.choose.submit')}
          </Button>
        </div>
      </form>
    </Card>
  )
}
