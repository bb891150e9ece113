import * as cornerstone from '@cornerstonejs/core'
import { boxElement } from './main.mjs'

const { RenderingEngine, Enums, imageLoader, metaData, cache } = cornerstone

// A stack viewport for each box, rendered by the processor (there is no GPU here); the next two loaded into its cache.
export async function mount({ root, boxes, urls, size }) {
  await cornerstone.init()
  cornerstone.setUseCPURendering(true)
  cache.setMaxCacheSize(512 * 1024 * 1024)
  imageLoader.registerImageLoader('bench', (imageId) => ({ promise: load(imageId) }))
  metaData.addProvider((type, imageId) => (imageId.startsWith('bench:') ? moduleOf(type, size) : undefined), 10_000)
  const engine = new RenderingEngine('bench')
  const ids = boxes.map((_, v) => urls.map((of) => `bench:${of[v]}`))
  const rendered = new Map()
  boxes.forEach((box, v) => {
    const element = root.appendChild(boxElement(box))
    element.addEventListener(Enums.Events.IMAGE_RENDERED, () =>
      rendered.set(v, engine.getViewport(`v${v}`).getCurrentImageId()),
    )
    engine.enableElement({ viewportId: `v${v}`, element, type: Enums.ViewportType.STACK })
  })
  const viewports = boxes.map((_, v) => engine.getViewport(`v${v}`))
  await Promise.all(viewports.map((viewport, v) => viewport.setStack(ids[v], 0)))
  viewports.forEach((viewport) => viewport.render())
  let current = 0
  return {
    show(index) {
      current = index
      viewports.forEach((viewport) => void viewport.setImageIdIndex(index))
      requestAnimationFrame(() =>
        setTimeout(() => {
          for (const ahead of [1, 2])
            for (const stack of ids) if (stack[index + ahead]) void imageLoader.loadAndCacheImage(stack[index + ahead])
        }),
      )
    },
    isSharp: () => ids.every((stack, v) => rendered.get(v) === stack[current]),
  }
}

async function load(imageId) {
  const blob = await (await fetch(imageId.slice('bench:'.length))).blob()
  const bitmap = await createImageBitmap(blob)
  const { width, height } = bitmap
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  context.drawImage(bitmap, 0, 0)
  bitmap.close()
  const pixels = context.getImageData(0, 0, width, height).data
  const rgb = new Uint8Array(width * height * 3)
  for (let from = 0, to = 0; from < pixels.length; from += 4, to += 3) {
    rgb[to] = pixels[from]
    rgb[to + 1] = pixels[from + 1]
    rgb[to + 2] = pixels[from + 2]
  }
  const voxels = cornerstone.utilities.VoxelManager.createImageVoxelManager({
    width,
    height,
    scalarData: rgb,
    numberOfComponents: 3,
  })
  return {
    imageId,
    minPixelValue: 0,
    maxPixelValue: 255,
    slope: 1,
    intercept: 0,
    windowCenter: 128,
    windowWidth: 255,
    rows: height,
    columns: width,
    height,
    width,
    color: true,
    rgba: false,
    numberOfComponents: 3,
    dataType: 'Uint8Array',
    columnPixelSpacing: 1,
    rowPixelSpacing: 1,
    invert: false,
    photometricInterpretation: 'RGB',
    sizeInBytes: rgb.byteLength,
    voxelManager: voxels,
    getPixelData: () => rgb,
    getCanvas: undefined,
  }
}

function moduleOf(type, { widthPx, heightPx }) {
  if (type === 'imagePixelModule')
    return {
      bitsAllocated: 8,
      bitsStored: 8,
      highBit: 7,
      samplesPerPixel: 3,
      pixelRepresentation: 0,
      photometricInterpretation: 'RGB',
      rows: heightPx,
      columns: widthPx,
    }
  if (type === 'imagePlaneModule')
    return {
      rows: heightPx,
      columns: widthPx,
      imageOrientationPatient: [1, 0, 0, 0, 1, 0],
      rowCosines: [1, 0, 0],
      columnCosines: [0, 1, 0],
      imagePositionPatient: [0, 0, 0],
      pixelSpacing: [1, 1],
      rowPixelSpacing: 1,
      columnPixelSpacing: 1,
      frameOfReferenceUID: 'bench',
    }
  if (type === 'generalSeriesModule') return { modality: 'XC' }
  if (type === 'voiLutModule') return { windowCenter: [128], windowWidth: [255] }
  if (type === 'modalityLutModule') return { rescaleSlope: 1, rescaleIntercept: 0 }
  return undefined
}
