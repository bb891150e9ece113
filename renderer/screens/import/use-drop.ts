import { type RefObject, useEffect, useEffectEvent, useState } from 'react'
import { type DroppedFiles, readDropped } from './dropped-files.ts'

/** Files dropped anywhere on the screen. Only a pointer can drop: the same files come in by the buttons and their key. */
export function useDrop(
  root: RefObject<HTMLElement | null>,
  onFiles: (dropped: DroppedFiles) => Promise<void>,
): boolean {
  const [isOver, setIsOver] = useState(false)
  const take = useEffectEvent((data: DataTransfer) => void readDropped(data).then(onFiles))
  useEffect(() => {
    const element = root.current
    const over = (event: DragEvent) => {
      event.preventDefault()
      setIsOver(true)
    }
    const leave = (event: DragEvent) => {
      // Passing from one element of the screen to another is no leaving.
      if (!(event.relatedTarget instanceof Node) || element?.contains(event.relatedTarget) !== true) setIsOver(false)
    }
    const drop = (event: DragEvent) => {
      event.preventDefault()
      setIsOver(false)
      if (event.dataTransfer !== null) take(event.dataTransfer)
    }
    element?.addEventListener('dragover', over)
    element?.addEventListener('dragleave', leave)
    element?.addEventListener('drop', drop)
    return () => {
      element?.removeEventListener('dragover', over)
      element?.removeEventListener('dragleave', leave)
      element?.removeEventListener('drop', drop)
    }
  }, [root])
  return isOver
}
