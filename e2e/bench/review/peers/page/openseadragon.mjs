import OpenSeadragon from 'openseadragon'
import { boxElement } from './main.mjs'

// A viewer for each box; the next two photos preloaded into its world with opacity 0, as its documentation advises.
export async function mount({ root, boxes, urls }) {
  const viewers = boxes.map((box) => {
    const element = root.appendChild(boxElement(box))
    return OpenSeadragon({
      element,
      drawer: 'canvas',
      showNavigationControl: false,
      animationTime: 0,
      immediateRender: true,
      blendTime: 0,
      mouseNavEnabled: true,
      visibilityRatio: 1,
      preload: true,
    })
  })
  const worlds = viewers.map(() => new Map())
  let current = 0
  const add = (v, index, opacity) => {
    if (index >= urls.length || worlds[v].has(index)) return
    worlds[v].set(index, null)
    viewers[v].addTiledImage({
      tileSource: { type: 'image', url: urls[index][v], buildPyramid: false },
      opacity: opacity,
      preload: true,
      success: ({ item }) => {
        worlds[v].set(index, item)
        if (index === current) item.setOpacity(1)
      },
    })
  }
  return {
    show(index) {
      const before = current
      current = index
      viewers.forEach((viewer, v) => {
        add(v, index, 1)
        worlds[v].get(index)?.setOpacity(1)
        if (before !== index) {
          const old = worlds[v].get(before)
          if (old) viewer.world.removeItem(old)
          worlds[v].delete(before)
        }
      })
      requestAnimationFrame(() =>
        setTimeout(() => viewers.forEach((_, v) => [1, 2].forEach((n) => add(v, index + n, 0)))),
      )
    },
    isSharp: () =>
      viewers.every((viewer, v) => {
        const item = worlds[v].get(current)
        return item != null && item.getFullyLoaded() && !viewer.world.needsDraw()
      }),
  }
}
