import { substituteModules } from './seams/module-hooks.ts'

process.env['TZ'] = 'UTC' // what happens at night must not depend on where it runs
const seam = (name: string) => new URL(`./seams/${name}.ts`, import.meta.url).href
substituteModules([
  { of: 'uuid', by: seam('seeded-uuid') },
  { of: 'node:timers/promises', by: seam('timers-promises') },
])
const { startMachine } = await import('./machine.ts')
const { runPlan } = await import('./run-plan.ts')
const { makePlan } = await import('./plan/make-plan.ts')
const { realTimers } = await import('./seams/timers.ts')
const args = process.argv.slice(2)
const from = Number(args[0] ?? 1)
const to = Number(args[1] ?? from)
const machine = await startMachine()
const began = realTimers.nowMs()
let failed = 0
for (let seed = from; seed <= to; seed += 1) {
  const outcome = await runPlan(machine, makePlan(seed), args.includes('-v'))
  if (args.includes('-v')) process.stderr.write(`${outcome.lines.join('\n')}\n`)
  if (outcome.failure !== null) failed += 1
  if (outcome.failure !== null || args.includes('-h'))
    process.stderr.write(
      `${seed} ${outcome.hash.slice(0, 12)} ${JSON.stringify(outcome.counts)} ${outcome.failure ?? 'ok'}\n`,
    )
}
process.stderr.write(
  `${to - from + 1} seeds, ${failed} failed, ${((realTimers.nowMs() - began) / 1000).toFixed(1)} s, cpu ${process.cpuUsage().user / 1e6}\n`,
)
await machine.stop()
process.exit(0)
