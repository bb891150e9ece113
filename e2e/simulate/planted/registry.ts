/** A planted fault: one module of the product is replaced by one that does a thing wrong, and is otherwise the real one. */
export type Planted = { readonly of: string; readonly by: string; readonly what: string }

const plant = (of: string, by: string, what: string): Planted => ({
  of: new URL(`../../../${of}`, import.meta.url).href,
  by: new URL(`./${by}.ts`, import.meta.url).href,
  what,
})

export const PLANTED = {
  'cursor-before-rows': plant('electron/sync/apply.ts', 'cursor-before-rows', 'the cursor is saved in a transaction of its own, before the rows of its page'),
} as const satisfies Record<string, Planted>

export type PlantedName = keyof typeof PLANTED
export const PLANTED_NAMES = Object.keys(PLANTED) as [PlantedName, ...PlantedName[]]
