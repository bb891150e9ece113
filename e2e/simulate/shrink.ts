import type { Fate } from './plan/fates.ts'
import type { Plan, Scene, Step } from './plan/steps.ts'

/**
 * The shortest list of steps that still fails, by leaving out ever smaller parts (delta debugging), then by taking the
 * faults off the steps that are left.
 * @param fails whether a run of these steps breaks a rule: any rule counts, the first break is often not the deepest
 */
export async function shrink(plan: Plan, fails: (plan: Plan) => Promise<boolean>, budget = 250): Promise<Plan> {
  const state = { left: budget }
  let scene = plan.scene
  const stillFails = async (steps: readonly Step[], of = scene): Promise<boolean> => {
    if (state.left === 0) return false
    state.left -= 1
    return fails({ ...plan, scene: of, steps })
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
    for (let simpler = simplerThan(steps[at]); simpler.length > 0; simpler = simpler.slice(1)) {
      const [next] = simpler
      if (next === undefined || !(await stillFails(steps.with(at, next)))) continue
      steps = steps.with(at, next)
      simpler = [next, ...simplerThan(next)]
    }
  }
  for (let calm = calmerScenes(scene); calm.length > 0; calm = calm.slice(1)) {
    const [next] = calm
    if (next === undefined || !(await stillFails(steps, next))) continue
    scene = next
    calm = [scene, ...calmerScenes(scene)]
  }
  return { ...plan, scene, steps }
}

/** The same step with less that goes wrong. */
function simplerThan(step: Step | undefined): Step[] {
  if (step === undefined) return []
  const simpler: Step[] = []
  if ('crash' in step && step.crash !== undefined) {
    const { crash: _, ...without } = step
    simpler.push(without) // a crash is optional wherever it may stand
  }
  if (step.do === 'sync') {
    for (const push of calmer(step.push)) simpler.push({ ...step, push })
    for (const pull of calmer(step.pull)) simpler.push({ ...step, pull })
  }
  if (step.do === 'show') for (const fates of calmer(step.fates)) simpler.push({ ...step, fates })
  if (step.do === 'wait' && step.ms > 900) simpler.push({ ...step, ms: 900 })
  return simpler
}

/** None at all, or one after the other taken off. */
function calmer(fates: readonly Fate[]): Fate[][] {
  const broken = fates.flatMap(({ kind }, index) => (kind === 'ok' ? [] : [index]))
  if (broken.length === 0) return []
  return [[], ...broken.map((index) => fates.with(index, { kind: 'ok' }))]
}

/** Workstations whose first copy goes well. */
function calmerScenes(scene: Scene): Scene[] {
  const { stations } = scene
  return stations.flatMap((station, index) => {
    if (station.crash === undefined && station.first.every(({ kind }) => kind === 'ok')) return []
    const { crash: _, ...calm } = { ...station, first: [] }
    return [{ ...scene, stations: stations.with(index, calm) }]
  })
}
