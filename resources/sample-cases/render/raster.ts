import { type Matrix4, transformPoint } from '../anatomy/matrix.ts'
import type { Mesh } from '../anatomy/mesh.ts'
import type { Camera } from './camera.ts'

/** A mesh put into the world. */
export type Placed = { readonly mesh: Mesh; readonly toWorld: Matrix4 }

/** Which triangle is seen in every pixel, and how near. Everything else is worked out from it for visible pixels only. */
export type Visible = {
  readonly widthPx: number
  readonly heightPx: number
  /** Index of the triangle + 1; 0 where nothing is. */
  readonly triangle: Int32Array
  /** One over the distance along the camera's axis, 1/mm; 0 where nothing is. */
  readonly nearness: Float32Array
  readonly geometry: Geometry
}

/** All triangles of a scene in one set of arrays. */
export type Geometry = {
  readonly placed: readonly Placed[]
  /** Per vertex: screen x and y in pixels, 1/depth. */
  readonly screen: Float32Array
  /** Per vertex, camera frame. */
  readonly normals: Float32Array
  /** Per vertex, in the frame of its own mesh: textures hang on it, so they move with the tooth. */
  readonly local: Float32Array
  readonly traits: Float32Array
  readonly corners: Uint32Array
  /** Per triangle: index into `placed`. */
  readonly owner: Uint8Array
}

/** Nearer than this nothing is drawn; a triangle that reaches closer is dropped whole. */
const NEAR_MM = 40

export function gather(placed: readonly Placed[], camera: Camera, widthPx: number): Geometry {
  const vertexCount = placed.reduce((sum, { mesh }) => sum + mesh.positions.length / 3, 0)
  const triangleCount = placed.reduce((sum, { mesh }) => sum + mesh.indices.length / 3, 0)
  const geometry: Geometry = {
    placed,
    screen: new Float32Array(vertexCount * 3),
    normals: new Float32Array(vertexCount * 3),
    local: new Float32Array(vertexCount * 3),
    traits: new Float32Array(vertexCount * 2),
    corners: new Uint32Array(triangleCount * 3),
    owner: new Uint8Array(triangleCount),
  }
  let [vertex, triangle] = [0, 0]
  placed.forEach((one, index) => {
    placeVertices(one, camera, widthPx / camera.widthPx, vertex, geometry)
    geometry.local.set(one.mesh.positions, vertex * 3)
    geometry.traits.set(one.mesh.traits, vertex * 2)
    one.mesh.indices.forEach((corner, i) => {
      geometry.corners[triangle * 3 + i] = corner + vertex
    })
    geometry.owner.fill(index, triangle, triangle + one.mesh.indices.length / 3)
    vertex += one.mesh.positions.length / 3
    triangle += one.mesh.indices.length / 3
  })
  return geometry
}

function placeVertices({ mesh, toWorld }: Placed, camera: Camera, scale: number, first: number, out: Geometry): void {
  const p = camera.projection
  for (let i = 0; i < mesh.positions.length; i += 3) {
    const point = [mesh.positions[i] ?? 0, mesh.positions[i + 1] ?? 0, mesh.positions[i + 2] ?? 0] as const
    const [x, y, z] = transformPoint(toWorld, point)
    const depth = (p[8] ?? 0) * x + (p[9] ?? 0) * y + (p[10] ?? 0) * z + (p[11] ?? 0)
    const at = first * 3 + i
    out.screen[at] = (((p[0] ?? 0) * x + (p[1] ?? 0) * y + (p[2] ?? 0) * z + (p[3] ?? 0)) / depth) * scale
    out.screen[at + 1] = (((p[4] ?? 0) * x + (p[5] ?? 0) * y + (p[6] ?? 0) * z + (p[7] ?? 0)) / depth) * scale
    out.screen[at + 2] = depth > NEAR_MM ? 1 / depth : -1
    turnNormal(mesh, i, toWorld, camera.worldToCamera, out.normals, at)
  }
}

function turnNormal(mesh: Mesh, i: number, a: Matrix4, b: Matrix4, out: Float32Array, at: number): void {
  const [x, y, z] = [mesh.normals[i] ?? 0, mesh.normals[i + 1] ?? 0, mesh.normals[i + 2] ?? 0]
  const wx = (a[0] ?? 0) * x + (a[1] ?? 0) * y + (a[2] ?? 0) * z
  const wy = (a[4] ?? 0) * x + (a[5] ?? 0) * y + (a[6] ?? 0) * z
  const wz = (a[8] ?? 0) * x + (a[9] ?? 0) * y + (a[10] ?? 0) * z
  out[at] = (b[0] ?? 0) * wx + (b[1] ?? 0) * wy + (b[2] ?? 0) * wz
  out[at + 1] = (b[4] ?? 0) * wx + (b[5] ?? 0) * wy + (b[6] ?? 0) * wz
  out[at + 2] = (b[8] ?? 0) * wx + (b[9] ?? 0) * wy + (b[10] ?? 0) * wz
}

export function rasterize(geometry: Geometry, widthPx: number, heightPx: number): Visible {
  const triangle = new Int32Array(widthPx * heightPx)
  const nearness = new Float32Array(widthPx * heightPx)
  const visible = { widthPx, heightPx, triangle, nearness, geometry }
  for (let i = 0; i < geometry.owner.length; i++) fillTriangle(visible, i)
  return visible
}

function fillTriangle({ widthPx, heightPx, triangle, nearness, geometry }: Visible, index: number): void {
  const { corners, screen } = geometry
  const a = (corners[index * 3] ?? 0) * 3
  const b = (corners[index * 3 + 1] ?? 0) * 3
  const c = (corners[index * 3 + 2] ?? 0) * 3
  const [ax, ay, az] = [screen[a] ?? 0, screen[a + 1] ?? 0, screen[a + 2] ?? 0]
  const [bx, by, bz] = [screen[b] ?? 0, screen[b + 1] ?? 0, screen[b + 2] ?? 0]
  const [cx, cy, cz] = [screen[c] ?? 0, screen[c + 1] ?? 0, screen[c + 2] ?? 0]
  if (az <= 0 || bz <= 0 || cz <= 0) return
  const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
  if (area === 0) return
  const minX = Math.max(0, Math.floor(Math.min(ax, bx, cx)))
  const maxX = Math.min(widthPx - 1, Math.ceil(Math.max(ax, bx, cx)))
  const minY = Math.max(0, Math.floor(Math.min(ay, by, cy)))
  const maxY = Math.min(heightPx - 1, Math.ceil(Math.max(ay, by, cy)))
  const inverse = 1 / area
  for (let y = minY; y <= maxY; y++) {
    const py = y + 0.5
    for (let x = minX; x <= maxX; x++) {
      const px = x + 0.5
      const wa = ((bx - px) * (cy - py) - (by - py) * (cx - px)) * inverse
      const wb = ((cx - px) * (ay - py) - (cy - py) * (ax - px)) * inverse
      const wc = 1 - wa - wb
      if (wa < 0 || wb < 0 || wc < 0) continue
      const near = wa * az + wb * bz + wc * cz
      const at = y * widthPx + x
      if (near > (nearness[at] ?? 0)) {
        nearness[at] = near
        triangle[at] = index + 1
      }
    }
  }
}
