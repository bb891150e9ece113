import { boxElement } from './main.mjs'

// The floor: plain images, the next two scans decoded ahead with `decode()`, swapped in whole.
export async function mount({ root, boxes, urls }) {
  const places = boxes.map((box) => root.appendChild(boxElement(box)))
  const ready = new Map()
  let current = 0
  const prepare = (index) => {
    if (index >= urls.length || ready.has(index)) return
    const images = urls[index].map((url) => {
      const image = new Image()
      image.style.cssText = 'width:100%;height:100%;object-fit:contain'
      image.src = url
      return image
    })
    const entry = { images, done: false }
    ready.set(index, entry)
    Promise.all(images.map((image) => image.decode())).then(() => (entry.done = true))
  }
  return {
    show(index) {
      current = index
      prepare(index)
      places.forEach((place, i) => place.replaceChildren(ready.get(index).images[i]))
      for (const known of ready.keys()) if (known < index - 1 || known > index + 2) ready.delete(known)
      requestAnimationFrame(() => setTimeout(() => [1, 2].forEach((ahead) => prepare(index + ahead))))
    },
    isSharp: () => ready.get(current)?.done === true,
  }
}
