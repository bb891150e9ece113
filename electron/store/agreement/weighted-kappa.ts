/** How many pairs had category `first` and category `second`: `table[first][second]`. Square. */
export type PairTable = readonly (readonly number[])[]

/** Disagreement by the square of its distance: two steps apart count four times as much as one. */
export function quadratic(first: number, second: number): number {
  return (first - second) ** 2
}

/**
 * Weighted kappa (Cohen, Psychological Bulletin 70, 1968, pp. 213-220): one minus observed over chance disagreement,
 * chance being what the two readers' own totals would give. With quadratic penalties it is an intraclass correlation
 * (Fleiss and Cohen, Educational and Psychological Measurement 33, 1973, pp. 613-619).
 * @param penalty of one pair of categories, 0 for agreement
 * @returns null below two pairs, and where chance leaves no disagreement: both always said the same one thing
 */
export function weightedKappa(table: PairTable, penalty = quadratic): number | null {
  const rows = table.map((row) => row.reduce((sum, count) => sum + count, 0))
  const columns = table.map((_, second) => table.reduce((sum, row) => sum + (row[second] ?? 0), 0))
  const pairs = rows.reduce((sum, count) => sum + count, 0)
  let observed = 0
  let expected = 0
  for (const [first, row] of table.entries())
    for (const [second, count] of row.entries()) {
      observed += penalty(first, second) * count
      expected += (penalty(first, second) * (rows[first] ?? 0) * (columns[second] ?? 0)) / pairs
    }
  return pairs < 2 || expected === 0 ? null : 1 - observed / expected
}
