/** Chromium's Battery Status API, which TypeScript's DOM does not know. */
type WithBattery = { readonly getBattery?: () => Promise<{ readonly charging: boolean }> }

/** Whether working ahead would cost somebody battery. Where nobody can tell it is taken for a computer at its plug. */
export async function isOnBattery(of: WithBattery = navigator as WithBattery): Promise<boolean> {
  const battery = await of.getBattery?.().catch(() => undefined)
  return battery?.charging === false
}
