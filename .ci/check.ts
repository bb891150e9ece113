import { readdirSync } from 'node:fs'
import { runCommand } from './run-command.ts'

/** `npm run check`: types (one project per row of the import table), lint, imports, format. Every step runs; any failure fails. */
const projects = readdirSync('.').filter((name) => /^tsconfig\.(?!base)[a-z]+\.json$/.test(name))

const steps: readonly (readonly [string, string, readonly string[]])[] = [
  ...projects.map((project) => [`types ${project}`, 'tsc', ['-p', project]] as const),
  ['lint', 'oxlint', ['--deny-warnings']],
  ['imports', 'vitest', ['run', '--project', 'unit', '.ci/imports', '--silent', '--reporter=dot']],
  ['format', 'biome', ['format', '--error-on-warnings', '.']],
]

const failed: string[] = []
for (const [name, command, args] of steps) {
  process.stderr.write(`check: ${name}\n`)
  if ((await runCommand(command, args)) !== 0) failed.push(name)
}
process.stderr.write(failed.length === 0 ? 'check: all good\n' : `check: failed: ${failed.join(', ')}\n`)
process.exitCode = failed.length === 0 ? 0 : 1
