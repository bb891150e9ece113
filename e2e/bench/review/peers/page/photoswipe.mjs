import PhotoSwipe from 'photoswipe'
import 'photoswipe/style.css'

// Shows one photo at a time over the whole window: one of the ten, with its own preloading of the next two.
export async function mount({ urls, size }) {
  const dataSource = urls.map((of) => ({ src: of[0], width: size.widthPx, height: size.heightPx }))
  const options = { dataSource, index: 0, preload: [1, 2], loop: false, showHideAnimationType: 'none', bgOpacity: 1 }
  const viewer = new PhotoSwipe({ ...options, mainClass: 'bench' })
  viewer.init()
  return {
    show: (index) => viewer.goTo(index),
    isSharp: () => {
      const content = viewer.currSlide?.content
      return content?.state === 'loaded' && content.element?.complete === true
    },
  }
}
