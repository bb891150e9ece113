import { Ellipsis } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { CommandKeys, focusScreen, useDispatcher } from '../../commands/commands-context.tsx'
import { type CommandId, commandSpec } from '../../commands/table.ts'
import { useText } from '../../text/text-context.tsx'

/** Verbs about the whole case that have no button of their own. Withdrawing comes last, away from the others. */
const ABOUT_CASE = ['review.patient', 'review.goals', 'review.ask'] as const satisfies readonly CommandId[]
const DRASTIC = ['review.withdraw'] as const satisfies readonly CommandId[]

/** For the mouse, beside the patient's name; every verb has its key as well. */
export function CaseMenu() {
  const t = useText()
  return (
    // Not modal: Radix would lock the page's scrolling by a <style> element, which the content policy forbids.
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        aria-label={t('review.caseMenu')}
        title={t('review.caseMenu')}
        className="grid size-6 shrink-0 place-items-center rounded-[3px] border border-transparent text-dim hover:text-ink data-[state=open]:border-line data-[state=open]:text-ink"
      >
        <Ellipsis size={16} aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          data-modal
          data-surface="photo"
          align="start"
          sideOffset={4}
          loop
          onCloseAutoFocus={(event) => {
            // To the case, not to the button; a dialog that was opened from here has the focus already.
            event.preventDefault()
            if (document.activeElement === document.body) focusScreen()
          }}
          className="z-30 min-w-56 rounded-[5px] border border-line bg-panel p-1 text-13 text-ink outline-none"
        >
          <Items />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

/** Asked when the menu opens: who may not withdraw a scan does not find it here. */
function Items() {
  const here = useDispatcher().available()
  const drastic = DRASTIC.filter((id) => here.includes(id))
  return (
    <>
      {ABOUT_CASE.filter((id) => here.includes(id)).map((id) => (
        <Item key={id} id={id} />
      ))}
      {drastic.length > 0 && <DropdownMenu.Separator className="my-1 border-t border-line" />}
      {drastic.map((id) => (
        <Item key={id} id={id} />
      ))}
    </>
  )
}

function Item({ id }: { readonly id: CommandId }) {
  const t = useText()
  const dispatcher = useDispatcher()
  return (
    <DropdownMenu.Item
      onSelect={() => dispatcher.run(id)}
      className="flex min-h-7 cursor-default items-center justify-between gap-6 rounded-[3px] px-2 data-[highlighted]:bg-selected data-[highlighted]:outline-none"
    >
      {t(commandSpec(id).title)}… <CommandKeys id={id} />
    </DropdownMenu.Item>
  )
}
