/** Of the words beside the photos. */
export type LateProps = {
  /**
   * Another case is on its way to the screen: they follow after the frame that shows its photos. What renders while it is
   * late has just appeared, and keeps its place empty for that frame.
   */
  readonly isLate: boolean
}

/**
 * For `memo`: nothing renders while it is late. The frame of a new case flips two prepared layers and lays out, paints
 * and rasters nothing; some 10 ms of words would cost it its turn. The verbs do not wait: a key that is pressed at that
 * moment acts on the case whose photos are there.
 */
export function isAsTold<P extends LateProps>(was: P, now: P): boolean {
  const names = Object.keys(now) as (keyof P)[]
  return now.isLate || names.every((name) => name === 'isLate' || was[name] === now[name])
}
