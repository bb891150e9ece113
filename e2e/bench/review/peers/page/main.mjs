// One page for every contestant: the same boxes, the same photos, the same key. `window.start` is called by the bench.
const contestants = {
  img: () => import('./img.mjs'),
  openseadragon: () => import('./openseadragon.mjs'),
  cornerstone: () => import('./cornerstone.mjs'),
  photoswipe: () => import('./photoswipe.mjs'),
  viewerjs: () => import('./viewerjs.mjs'),
}

window.start = async ({ name, boxes, cases, size }) => {
  document.body.style.cssText = 'margin:0;background:#1c1c1c;overflow:hidden'
  const root = document.body.appendChild(document.createElement('div'))
  root.style.cssText = 'position:absolute;inset:0'
  const { mount } = await contestants[name]()
  const urls = cases.map((hashes) => hashes.map((hash) => `/photo/${hash}/${size.name}`))
  let index = 0
  const viewer = await mount({ root, boxes, urls, size })
  window.benchSharp = () => viewer.isSharp()
  window.addEventListener('keydown', (event) => {
    if (event.key !== 'n') return
    index = (index + 1) % urls.length
    viewer.show(index)
  })
  viewer.show(0)
}

export function boxElement(box) {
  const element = document.createElement('div')
  element.style.cssText = `position:absolute;overflow:hidden;left:${box.left}px;top:${box.top}px;width:${box.width}px;height:${box.height}px`
  return element
}
