import type { View } from '../../../server/contract/domain/views.ts'
import { type ArchForm, type ToothOffset, toothMatrix } from '../anatomy/arch.ts'
import { crownMesh } from '../anatomy/crown-mesh.ts'
import { archOf, crownSize, LOWER_TEETH, TEETH, UPPER_TEETH, type Arch } from '../anatomy/crown-table.ts'
import { gumMesh, type TeethMatrices, vaultMesh } from '../anatomy/gum-mesh.ts'
import { IDENTITY, type Matrix4, multiply, rotation, translation } from '../anatomy/matrix.ts'
import type { Mesh } from '../anatomy/mesh.ts'
import { attachmentMesh, openingMesh, type Opening, retractorMesh, tongueMesh } from '../anatomy/mouth-mesh.ts'
import { type Camera, type CameraJitter, invertRigid, makeCamera } from './camera.ts'
import type { Look } from './colours.ts'
import { gather, type Placed, rasterize, type Visible } from './raster.ts'
import { type Exposure, shade } from './shade.ts'

/** Everything that decides one photo, before lens and film. */
export type SceneSpec = {
  readonly view: View
  readonly forms: Readonly<Record<Arch, ArchForm>>
  readonly offsets: ReadonlyMap<number, ToothOffset>
  readonly recessionMm: number
  /** FDI numbers of teeth that wear a composite attachment. */
  readonly attachments: readonly number[]
  readonly look: Look
  readonly jitter: CameraJitter
  /** How far the lower incisors are from where they bite; the occlusal views ignore it. */
  readonly jawOpenMm: number
  readonly exposure: Exposure
  readonly flip: 1 | -1
}

/** The size that photos have on disk; cameras and truth speak of these pixels. */
export const FULL_SIZE = { widthPx: 4032, heightPx: 3024 } as const
export type SizePx = { readonly widthPx: number; readonly heightPx: number }

export type Rendered = {
  /** 8-bit RGB, row by row. */
  readonly pixels: Uint8Array
  readonly size: SizePx
  readonly camera: Camera
  readonly visible: Visible
  /** Crown frame to world, with the jaw where it was in this photo. */
  readonly teeth: TeethMatrices
}

/** The lower jaw turns about a hinge behind the mouth and drops a little. */
export function jawMatrix(openMm: number): Matrix4 {
  const hinge = [0, 78, 32] as const
  const degrees = (openMm / 84) * (180 / Math.PI)
  const away = translation([-hinge[0], -hinge[1], -hinge[2]])
  return multiply(translation(hinge), multiply(rotation('x', degrees), away))
}

export function teethAt(spec: Pick<SceneSpec, 'forms' | 'offsets' | 'jawOpenMm' | 'view'>): TeethMatrices {
  const jaw = spec.view === 'occlusal_lower' ? IDENTITY : jawMatrix(spec.jawOpenMm)
  return new Map(
    TEETH.map((fdi) => {
      const arch = archOf(fdi)
      const own = toothMatrix(fdi, spec.forms[arch], spec.offsets.get(fdi))
      return [fdi, arch === 'lower' ? multiply(jaw, own) : own]
    }),
  )
}

const OPENINGS: Record<View, Opening> = {
  frontal: { halfWidthMm: 34, halfHeightMm: 23.5, rightMm: 0, downMm: 0, lipDepthMm: 176, depthMm: 62 },
  buccal_right: { halfWidthMm: 33, halfHeightMm: 21, rightMm: 1, downMm: 0, lipDepthMm: 168, depthMm: 62 },
  buccal_left: { halfWidthMm: 33, halfHeightMm: 21, rightMm: -1, downMm: 0, lipDepthMm: 168, depthMm: 62 },
  occlusal_upper: { halfWidthMm: 41, halfHeightMm: 33, rightMm: 0, downMm: 2.5, lipDepthMm: 176, depthMm: 60 },
  occlusal_lower: { halfWidthMm: 41, halfHeightMm: 33, rightMm: 0, downMm: -2.5, lipDepthMm: 176, depthMm: 60 },
}

const CROWNS: ReadonlyMap<number, Mesh> = new Map(TEETH.map((fdi) => [fdi, crownMesh(fdi)]))

function seenTeeth(view: View): readonly number[] {
  if (view === 'occlusal_upper') return UPPER_TEETH
  return view === 'occlusal_lower' ? LOWER_TEETH : TEETH
}

function placeScene(spec: SceneSpec, teeth: TeethMatrices, camera: Camera): Placed[] {
  const placed: Placed[] = []
  const soft = (mesh: Mesh) => placed.push({ mesh, toWorld: IDENTITY })
  for (const fdi of seenTeeth(spec.view)) {
    const [mesh, toWorld] = [CROWNS.get(fdi), teeth.get(fdi)]
    if (mesh === undefined || toWorld === undefined) continue
    placed.push({ mesh, toWorld })
    if (spec.attachments.includes(fdi)) {
      const size = crownSize(fdi)
      placed.push({ mesh: attachmentMesh(fdi, size.buccolingualMm * 0.46, size.lengthMm * 0.5), toWorld })
    }
  }
  if (spec.view !== 'occlusal_lower') soft(gumMesh('upper', teeth, spec.recessionMm))
  if (spec.view !== 'occlusal_upper') soft(gumMesh('lower', teeth, spec.recessionMm))
  if (spec.view === 'occlusal_upper') soft(vaultMesh('upper', teeth))
  if (spec.view === 'occlusal_lower') {
    soft(vaultMesh('lower', teeth))
    soft(tongueMesh(spec.look.textureSeed))
  }
  const opening = openingFor(spec)
  const fromCamera = invertRigid(camera.worldToCamera)
  soft(openingMesh(opening, fromCamera, spec.look.textureSeed + spec.jitter.yawDeg))
  if (spec.view !== 'buccal_left') soft(retractorMesh(opening, fromCamera, -1))
  if (spec.view !== 'buccal_right') soft(retractorMesh(opening, fromCamera, 1))
  return placed
}

/** Lips stay with the mouth when the camera comes nearer or moves aside. */
function openingFor(spec: SceneSpec): Opening {
  const usual = OPENINGS[spec.view]
  const nearer = spec.jitter.distanceMm - 190
  return {
    ...usual,
    rightMm: usual.rightMm + spec.jitter.rightMm,
    downMm: usual.downMm + spec.jitter.downMm + spec.jawOpenMm / 3,
    lipDepthMm: usual.lipDepthMm + nearer,
  }
}

/** Draws one photo, without blur and noise, at any size of the 4:3 shape. The same spec gives the same bytes. */
export function renderScene(spec: SceneSpec, size: SizePx): Rendered {
  const camera = makeCamera(spec.view, spec.jitter, FULL_SIZE, spec.flip)
  const teeth = teethAt(spec)
  const geometry = gather(placeScene(spec, teeth, camera), camera, size.widthPx)
  const visible = rasterize(geometry, size.widthPx, size.heightPx)
  return { pixels: shade(visible, camera, spec.look, spec.exposure), size, camera, visible, teeth }
}
