import { useState } from 'react'
import type { PracticeDetail } from '../../../../server/contract/domain/practice-rules.ts'
import { BUILT_IN_DETAILS, type BuiltInDetail } from '../../../../server/contract/domain/tags.ts'
import { focusScreen } from '../../../commands/commands-context.tsx'
import { type Translate, useText } from '../../../text/text-context.tsx'
import { Button } from '../../../ui/button.tsx'
import { makeDetailCode } from './detail-code.ts'
import { WordForm } from './word-form.tsx'
import type { Known, Rules } from './use-rules.ts'

type Props = { readonly rules: Rules; readonly known: Known; readonly mayEdit: boolean }

const BUILT_IN = Object.keys(BUILT_IN_DETAILS) as readonly BuiltInDetail[]

/** The practice's own words for details: added, renamed, retired; never taken away, as reads hold them. */
export function DetailWords({ rules, known, mayEdit }: Props) {
  const t = useText()
  const { details } = known.rules
  /** The code of the word whose form is open, or `new`. */
  const [open, setOpen] = useState<string | null>(null)
  const close = () => {
    setOpen(null)
    focusScreen()
  }
  const isTaken = (label: string, except: string | null) => {
    const same = (other: string) => other.toLocaleLowerCase() === label.trim().toLocaleLowerCase()
    return (
      BUILT_IN.some((code) => same(t(`detail.${code}`))) ||
      details.some((word) => word.code !== except && same(word.label))
    )
  }
  async function save(value: readonly PracticeDetail[]) {
    if (await rules.change('details', details, [...value])) close()
  }
  const replace = (code: string, change: Partial<PracticeDetail>) =>
    save(details.map((word) => (word.code === code ? { ...word, ...change } : word)))
  return (
    <>
      <p className="max-w-[84ch] pt-1 pb-2 text-11 text-dim">{t('practice.wordsHint', { count: BUILT_IN.length })}</p>
      <details className="pb-2 text-13">
        <summary className="text-dim">{t('practice.wordsBuiltIn')}</summary>
        <p className="max-w-[84ch] pt-1">{BUILT_IN.map((code) => t(`detail.${code}`)).join(' · ')}</p>
      </details>
      {details.length === 0 && <p className="py-2 text-13 text-dim">{t('practice.wordsNone')}</p>}
      <ul>
        {details.map((word) => (
          <li key={word.code} className="border-b border-row-line">
            {open === word.code ? (
              <WordForm
                word={word}
                isTaken={(label) => isTaken(label, word.code)}
                onSave={({ label }) => void replace(word.code, { label })}
                onCancel={close}
              />
            ) : (
              <WordLine
                word={word}
                mayEdit={mayEdit}
                onRename={() => setOpen(word.code)}
                onRetire={() => void replace(word.code, { retired: !word.retired })}
              />
            )}
          </li>
        ))}
      </ul>
      {mayEdit && (
        <div className="pt-3">
          {open === 'new' ? (
            <WordForm
              word={null}
              isTaken={(label) => isTaken(label, null)}
              onSave={(word) =>
                void save([...details, { ...word, code: makeDetailCode(word.label, details), retired: false }])
              }
              onCancel={close}
            />
          ) : (
            <Button onClick={() => setOpen('new')} disabled={details.length >= 100}>
              {t('practice.wordAdd')}
            </Button>
          )}
        </div>
      )}
    </>
  )
}

type LineProps = {
  readonly word: PracticeDetail
  readonly mayEdit: boolean
  readonly onRename: () => void
  readonly onRetire: () => void
}

function WordLine({ word, mayEdit, onRename, onRetire }: LineProps) {
  const t = useText()
  const act = (name: 'practice.wordRename' | 'practice.wordRetire' | 'practice.wordBack') =>
    t('practice.of', { act: t(name), name: word.label })
  return (
    <div className="flex min-h-8 items-center gap-4 text-13 max-[800px]:flex-wrap max-[800px]:gap-y-1">
      <span className={`min-w-0 flex-1 break-words ${word.retired ? 'text-dim' : ''}`}>{word.label}</span>
      <span className="w-44 shrink-0 text-dim">{word.retired ? t('practice.wordRetired') : asksFor(word, t)}</span>
      {mayEdit && (
        <span className="flex min-w-56 shrink-0 justify-end">
          <Button look="quiet" aria-label={act('practice.wordRename')} onClick={onRename}>
            {t('practice.wordRename')}
          </Button>
          <Button
            look="quiet"
            aria-label={act(word.retired ? 'practice.wordBack' : 'practice.wordRetire')}
            onClick={onRetire}
          >
            {t(word.retired ? 'practice.wordBack' : 'practice.wordRetire')}
          </Button>
        </span>
      )}
    </div>
  )
}

function asksFor({ teeth, mm }: PracticeDetail, t: Translate): string {
  const asked = [...(teeth ? [t('practice.wordTeeth')] : []), ...(mm ? [t('practice.wordMm')] : [])]
  return asked.length === 0 ? '' : `${t('practice.wordWith')} ${asked.join(', ')}`
}
