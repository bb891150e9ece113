import { type FormEvent, useState } from 'react'
import { AppError, type ErrorCode } from '../../../server/contract/errors.ts'
import { useLiveState } from '../../ports/live-state.tsx'
import { usePort } from '../../ports/port-context.tsx'
import { useText } from '../../text/text-context.tsx'
import { errorKey } from '../../text/words.ts'
import { Button } from '../../ui/button.tsx'
import { AccountName } from './account-name.tsx'
import { Card, Words } from './card.tsx'
import { NewPassphraseFields, useNewPassphrase } from '../../ui/new-passphrase.tsx'
import { MIN_PASSPHRASE } from '../../ui/passphrase-strength.ts'

/** No keychain, no store yet. There is no built-in key and no way around a lost passphrase, and the page says so. */
export function ChoosePassphrase() {
  const t = useText()
  const port = usePort()
  const { setApp } = useLiveState()
  const chosen = useNewPassphrase(MIN_PASSPHRASE)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<ErrorCode | null>(null)

  async function choose(event: FormEvent) {
    event.preventDefault()
    const passphrase = chosen.submit()
    if (passphrase === null || busy) return
    setBusy(true)
    try {
      setApp(await port.call('app.choosePassphrase', { passphrase }))
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
        <NewPassphraseFields
          passphrase={chosen}
          label={t('access.passphrase')}
          again={t('access.again')}
          tooShort={t('access.tooShort')}
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
