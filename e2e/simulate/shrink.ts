import type { Plan, Step } from './plan/steps.ts'

/**
 * The shortest list of steps that still fails, by leaving out ever smaller parts (delta debugging), then by taking the
 * faults off the steps that are left.
 * @param fails whether a run of these steps breaks a rule: any rule counts, the first break is often not the deepest
 */
export async function shrink(plan: Plan, fails: (plan: Plan) => Promise<boolean>, budget = 400): Promise<Plan> {
  const state = { left: budget }
  const stillFails = async (steps: readonly Step[]): Promise<boolean> => {
    if (state.left === 0) return false
    state.left -= 1
    return fails({ ...plan, steps })
  }
  let steps = plan.steps
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < steps.length; ) {
      const without = [...steps.slice(0, at), ...steps.slice(at + size)]
      if (await stillFails(without)) steps = without
      else at += size
    }
  }
  for (let at = steps.length - 1; at >= 0; at -= 1) {
    for (const simpler of simplerThan(steps[at])) {
      const tried = steps.with(at, simpler)
      if (await stillFails(tried)) steps = tried
    }
  }
  return { ...plan, steps }
}

/** The same step with less that goes wrong. */
function simplerThan(step: Step | undefined): Step[] {
  if (step === undefined) return []
  const simpler: Step[] = []
  if ('crash' in step && step.crash !== undefined) {
    const { crash: _, ...without } = step
    simpler.push(without as Step) // a crash is optional wherever it may stand
  }
  if (step.do === 'sync' || step.do === 'show') {
    step.fates.forEach((fate, index) => {
      if (fate.kind !== 'ok') simpler.push({ ...step, fates: step.fates.with(index, { kind: 'ok' }) })
    })
    if (step.fates.every(({ kind }) => kind === 'ok') && step.fates.length > 0) simpler.push({ ...step, fates: [] })
  }
  if (step.do === 'wait' && step.ms > 900) simpler.push({ ...step, ms: 900 })
  return simpler
}
