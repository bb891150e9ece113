/** Imported first by every entry point, alone: an older Node dies in the SQLite module with a bare SIGSEGV instead. */
const OLDEST_NODE = 24

const major = Number(process.versions.node.split('.')[0])
if (major < OLDEST_NODE) {
  process.stderr.write(
    `Loupe needs Node ${OLDEST_NODE} or newer; this is ${process.versions.node}. ` +
      'Run it through npm (`npm start`), which uses the Node that `npm ci` installed.\n',
  )
  process.exit(1)
}
