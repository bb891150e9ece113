import { readdirSync } from 'node:fs'
import type { Figure } from './figure.ts'

/** `npm run bench -- NAME [NAME ...]`: each file of this folder with a `run` is a bench; one JSON line per figure on stdout. */
type Bench = { run(emit: (figure: Figure) => void): Promise<void> }

const NOT_BENCHES = new Set(['main.ts', 'figure.ts'])
const benches = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && !NOT_BENCHES.has(file) && !file.endsWith('.test.ts'))
  .map((file) => file.slice(0, -3))

const names = process.argv.slice(2)
const unknown = names.filter((name) => !benches.includes(name))
if (names.length === 0 || unknown.length > 0) {
  const what = unknown.length > 0 ? `There is no bench ${unknown.join(', ')}. ` : ''
  process.stderr.write(`${what}Usage: npm run bench -- NAME, where NAME is one of: ${benches.join(', ')}\n`)
  process.exit(2)
}
for (const name of names) {
  const bench = (await import(`./${name}.ts`)) as Bench
  await bench.run((figure) => process.stdout.write(`${JSON.stringify(figure)}\n`))
}
