import Viewer from 'viewerjs'
import 'viewerjs/dist/viewer.css'

// Shows one photo at a time over the whole window: one of the ten. It preloads nothing; the page does it for it.
export async function mount({ root, urls }) {
  const list = document.createElement('ul')
  for (const of of urls) {
    const image = document.createElement('img')
    image.dataset.full = of[0]
    list.append(image)
  }
  root.append(list)
  let current = -1
  let viewed = -1
  const ahead = new Map()
  const viewer = new Viewer(list, {
    inline: true,
    url: 'data-full',
    transition: false,
    loading: false,
    toolbar: false,
    navbar: false,
    title: false,
    button: false,
    tooltip: false,
    keyboard: false,
    viewed: ({ detail }) => (viewed = detail.index),
  })
  return {
    show(index) {
      current = index
      viewer.view(index)
      requestAnimationFrame(() =>
        setTimeout(() => {
          for (const next of [index + 1, index + 2]) {
            if (next >= urls.length || ahead.has(next)) continue
            const image = new Image()
            image.src = urls[next][0]
            ahead.set(next, image)
            image.decode().catch(() => undefined)
          }
          for (const known of ahead.keys()) if (known < index) ahead.delete(known)
        }),
      )
    },
    isSharp: () => viewed === current,
  }
}
