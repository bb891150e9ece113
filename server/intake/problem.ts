/** Something wrong in the manifest. `row` counts as a spreadsheet does: the header is row 1. */
export type Problem = { readonly row: number; readonly say: string }
