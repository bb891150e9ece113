import { type FormEvent, useState } from 'react'
import type { AppState } from '../../../preload/contract/app-state.ts'
import { AppError, type ErrorCode } from '../../../server/contract/errors.ts'
import { useLiveState } from '../../ports/live-state.tsx'
import { usePort } from '../../ports/port-context.tsx'
import { useText } from '../../text/text-context.tsx'
import { errorKey } from '../../text/words.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { AccountName } from './account-name.tsx'
import { Card, Words } from './card.tsx'
import { LetGoLine } from './let-go-line.tsx'

/** Also where the store could not be opened: `problem` says why in place of the rest, and unlocking tries again. */
export function Locked({ keyGuard, problem, letGo }: Pick<AppState, 'keyGuard' | 'problem' | 'letGo'>) {
  const t = useText()
  const port = usePort()
  const { setApp } = useLiveState()
  const [passphrase, setPassphrase] = useState('')
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<ErrorCode | null>(null)
  const needsPassphrase = keyGuard === 'passphrase'

  /** The same trouble again is said beside the button: a second time the same sentence helps nobody. */
  const isNews = failed !== null && failed !== problem

  async function unlock(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setFailed(null)
    try {
      setApp(await port.call('app.unlock', { passphrase: needsPassphrase ? passphrase : null }))
    } catch (cause) {
      setFailed(AppError.from(cause).code)
      setPassphrase('')
      setBusy(false)
    }
  }
  return (
    <Card title={t(problem === null ? 'access.locked.title' : 'access.problem.title')}>
      {problem === null ? (
        <Words>{t('access.locked.why')}</Words>
      ) : (
        <>
          <p role="alert" className="border-l-2 border-off pl-3 text-13">
            {t(errorKey(problem))}
          </p>
          <Words>{t('access.problem.safe')}</Words>
        </>
      )}
      <LetGoLine letGo={letGo} />
      <form onSubmit={(event) => void unlock(event)} className="flex flex-col gap-4">
        {needsPassphrase && <AccountName />}
        {needsPassphrase && (
          <TextField
            label={t('access.passphrase')}
            type="password"
            name="passphrase"
            autoComplete="current-password"
            autoFocus
            value={passphrase}
            onChange={(event) => setPassphrase(event.target.value)}
            error={isNews ? t(errorKey(failed)) : undefined}
            keepsNote
          />
        )}
        {!needsPassphrase && isNews && (
          <p role="alert" className="text-13 text-off">
            {t(errorKey(failed))}
          </p>
        )}
        <div className="flex items-center gap-3">
          <Button
            look="primary"
            type="submit"
            disabled={busy || (needsPassphrase && passphrase === '')}
            autoFocus={!needsPassphrase}
          >
            {t(problem !== null ? 'common.retry' : needsPassphrase ? 'access.unlock' : 'access.unlockKeychain')}
          </Button>
          <span role="status" className="text-13 text-dim">
            {busy ? t('access.unlocking') : failed !== null && failed === problem && t('access.problem.still')}
          </span>
        </div>
      </form>
    </Card>
  )
}
