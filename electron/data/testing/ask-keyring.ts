import { Entry, findCredentials } from 'keytar'
import { KEYCHAIN_SERVICE } from '../../platform/keychain.ts'

/** Started by tests on their own session bus: prints the secrets of Loupe that lie in its keyring, or forgets them. */
const found = findCredentials(KEYCHAIN_SERVICE)
if (process.argv.includes('--forget')) {
  for (const { account } of found)
    new Entry(KEYCHAIN_SERVICE, account, { linux: { store: 'secret-service' } }).deletePassword()
}
process.stdout.write(JSON.stringify(found.map(({ password }) => password)))
