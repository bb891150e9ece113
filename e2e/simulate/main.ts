import { substituteModules } from './seams/module-hooks.ts'

substituteModules([{ of: 'uuid', by: new URL('./seams/seeded-uuid.ts', import.meta.url).href }])
const { startMachine } = await import('./machine.ts')
const { runPlan } = await import('./run-plan.ts')
const { makePlan } = await import('./plan/make-plan.ts')
const args = process.argv.slice(2)
const from = Number(args[0] ?? 1)
const to = Number(args[1] ?? from)
const machine = await startMachine()
const began = performance.now()
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
  `${to - from + 1} seeds, ${failed} failed, ${((performance.now() - began) / 1000).toFixed(1)} s, cpu ${process.cpuUsage().user / 1e6}\n`,
)
await machine.stop()
process.exit(0)
