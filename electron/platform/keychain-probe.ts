import { keychainWorks, systemKeychain } from './keychain.ts'

/** Started by tests inside a session bus of its own: says whether this computer's keychain can be used. */
process.stdout.write((await keychainWorks(systemKeychain)) ? 'works\n' : 'absent\n')
process.exit(0)
