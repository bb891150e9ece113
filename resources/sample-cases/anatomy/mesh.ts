/** What a surface is made of; decides its colour and shine. */
export const MATERIAL = { tooth: 0, gum: 1, palate: 2, tongue: 3, cheek: 4, attachment: 5, retractor: 6 } as const
export type Material = (typeof MATERIAL)[keyof typeof MATERIAL]

/** Triangles in mm. `traits` holds two numbers per vertex whose meaning depends on the material (see `render/colours.ts`). */
export type Mesh = {
  readonly material: Material
  /** FDI of the tooth the surface belongs to; 0 for soft tissue. */
  readonly fdi: number
  readonly positions: Float32Array
  readonly normals: Float32Array
  readonly traits: Float32Array
  readonly indices: Uint32Array
}

/** A point of a grid surface: x, y, z and the two traits. */
export type GridPoint = readonly [number, number, number, number, number]

/** A mesh over a grid of rows x columns; `closed` joins the last column to the first. Normals are averaged over the triangles. */
export function gridMesh(
  material: Material,
  fdi: number,
  rows: number,
  columns: number,
  closed: boolean,
  at: (row: number, column: number) => GridPoint,
): Mesh {
  const count = rows * columns
  const positions = new Float32Array(count * 3)
  const traits = new Float32Array(count * 2)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const i = row * columns + column
      const [x, y, z, a, b] = at(row, column)
      positions.set([x, y, z], i * 3)
      traits.set([a, b], i * 2)
    }
  const indices = gridIndices(rows, columns, closed)
  return { material, fdi, positions, normals: smoothNormals(positions, indices), traits, indices }
}

function gridIndices(rows: number, columns: number, closed: boolean): Uint32Array {
  const indices: number[] = []
  const last = closed ? columns : columns - 1
  for (let row = 0; row < rows - 1; row++)
    for (let column = 0; column < last; column++) {
      const a = row * columns + column
      const b = row * columns + ((column + 1) % columns)
      indices.push(a, b, a + columns, b, b + columns, a + columns)
    }
  return Uint32Array.from(indices)
}

export function smoothNormals(p: Float32Array, indices: Uint32Array): Float32Array {
  const n = new Float32Array(p.length)
  for (let i = 0; i < indices.length; i += 3) {
    const [a, b, c] = [(indices[i] ?? 0) * 3, (indices[i + 1] ?? 0) * 3, (indices[i + 2] ?? 0) * 3]
    const side = (from: number, to: number, axis: number) => (p[to + axis] ?? 0) - (p[from + axis] ?? 0)
    const [ux, uy, uz] = [side(a, b, 0), side(a, b, 1), side(a, b, 2)]
    const [vx, vy, vz] = [side(a, c, 0), side(a, c, 1), side(a, c, 2)]
    const normal = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx]
    for (const at of [a, b, c])
      for (let axis = 0; axis < 3; axis++) n[at + axis] = (n[at + axis] ?? 0) + (normal[axis] ?? 0)
  }
  for (let i = 0; i < n.length; i += 3) {
    const length = Math.hypot(n[i] ?? 0, n[i + 1] ?? 0, n[i + 2] ?? 0) || 1
    for (let axis = 0; axis < 3; axis++) n[i + axis] = (n[i + axis] ?? 0) / length
  }
  return n
}
