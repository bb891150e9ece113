import { useText } from '../../text/text-context.tsx'

/** A password manager files a passphrase under a name; without this field it asks for one, or takes a wrong one. */
export function AccountName() {
  const t = useText()
  return <input type="text" name="username" autoComplete="username" value={t('app.name')} readOnly hidden />
}
