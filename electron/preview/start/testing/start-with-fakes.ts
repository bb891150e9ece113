import path from 'node:path'
import { runStart } from '../run-start.ts'

/** `npm start` over stand-ins, as a process of its own. The first argument is the folder that holds the stand-ins. */
const [, , root = '', ...args] = process.argv
process.exitCode = await runStart(args, {
  root,
  server: path.join(root, 'server.mjs'),
  preview: path.join(root, 'preview.mjs'),
  samples: path.join(root, 'samples.mjs'),
  patients: path.join(root, 'patients.json'),
})
