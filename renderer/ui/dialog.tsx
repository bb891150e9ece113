import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react'
import { useText } from '../text/text-context.tsx'

type Props = {
  readonly open: boolean
  readonly title: string
  /** Said to screen readers with the title; null when the body speaks for itself. */
  readonly description: string | null
  readonly onClose: () => void
  readonly children: ReactNode
  readonly wide?: boolean
  readonly hideTitle?: boolean
  /** Over photos: neutral dark whatever the theme, so that no white sheet blinds the eye. */
  readonly overPhotos?: boolean
}

const HoldContext = createContext<(isHeld: boolean) => void>(() => undefined)

/** For what is entered in a dialog: as long as closing would lose it, closing asks first, and a second time closes. */
export function useHeldDialog(isHeld: boolean): void {
  const hold = useContext(HoldContext)
  useEffect(() => {
    hold(isHeld)
    return () => hold(false)
  }, [hold, isHeld])
}

/** Modal; scrolls as a whole, so that the keyboard scrolls it from the close button. `data-modal` tells the command dispatcher to rest while it is open. */
export function Dialog({
  open,
  title,
  description,
  onClose,
  children,
  wide = false,
  hideTitle = false,
  overPhotos = false,
}: Props) {
  const t = useText()
  const before = useRef<Element | null>(null)
  const held = useRef(false)
  const hold = useCallback((isHeld: boolean) => {
    held.current = isHeld
  }, [])
  /** Somebody was about to close it, and was told what that would lose. */
  const [asked, setAsked] = useState(false)
  function leave() {
    const asks = held.current && !asked
    setAsked(asks)
    if (!asks) onClose()
  }
  if (!open && asked) setAsked(false)
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && leave()}>
      <Radix.Portal>
        {/* Not Radix's own overlay: it locks the page's scrolling by a <style> element, which the content policy forbids. */}
        <div className="fixed inset-0 z-40 bg-black/50" />
        <Radix.Content
          data-modal
          onInput={() => setAsked(false)}
          // A key that is held down is one press; an input method that composes needs it for itself.
          onEscapeKeyDown={(event) => (event.repeat || event.isComposing) && event.preventDefault()}
          onOpenAutoFocus={() => void (before.current = document.activeElement)}
          onCloseAutoFocus={(event) => {
            // Radix knows only a trigger inside of it, and ours are opened by keys.
            event.preventDefault()
            returnFocus(before.current)
          }}
          {...(overPhotos && { 'data-surface': 'photo' })}
          {...(description === null && { 'aria-describedby': undefined })}
          className={`fixed top-[10vh] left-1/2 z-50 flex max-h-[80vh] w-[calc(100vw-48px)] -translate-x-1/2 flex-col overflow-auto rounded-[6px] border border-line bg-panel text-ink outline-none ${wide ? 'max-w-[920px]' : 'max-w-[560px]'}`}
        >
          <div
            className={
              hideTitle
                ? 'sr-only'
                : 'sticky top-0 z-10 flex h-10 shrink-0 items-center justify-between border-b border-line bg-panel pr-2 pl-4'
            }
          >
            <Radix.Title className="text-15 font-semibold">{title}</Radix.Title>
            {!hideTitle && (
              <Radix.Close
                aria-label={t('common.close')}
                className="grid size-7 place-items-center rounded-[5px] text-dim hover:text-ink"
              >
                <X size={16} aria-hidden />
              </Radix.Close>
            )}
          </div>
          {description !== null && <Radix.Description className="sr-only">{description}</Radix.Description>}
          <HoldContext value={hold}>{children}</HoldContext>
          {asked && (
            <p
              role="alert"
              className="sticky bottom-0 shrink-0 border-t border-line bg-panel px-4 py-2 text-13 text-off"
            >
              {t('common.closeLoses')}
            </p>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** Back to where it was, unless somebody has taken the focus already: a verb of the palette, a field that opened. */
function returnFocus(before: Element | null) {
  const nobody = document.activeElement === null || document.activeElement === document.body
  if (nobody && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
}
