// The one file that an old Node can read: everything else is TypeScript that only Node 24 and newer runs as it is.
// `npm ci` installs that Node into node_modules/.bin, and npm's scripts find it there before the system's own.
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const OLDEST_NODE = 24
const entry = resolve(process.argv[2] ?? '')

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  process.stderr.write(
    `Loupe needs Node ${OLDEST_NODE} or newer, and this is ${process.versions.node}.\n` +
      'Run `npm ci` first: it brings its own Node, which `npm start`, `npm test` and the other commands then use.\n',
  )
  process.exitCode = 1
} else {
  process.argv.splice(1, 2, entry) // as if the entry itself had been started
  await import(pathToFileURL(entry).href)
}
