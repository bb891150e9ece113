import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { PracticeDetail } from '../../../../server/contract/domain/practice-rules.ts'
import type { DetailTag } from '../../../../server/contract/domain/tags.ts'
import { useSettings } from '../../../ports/live-state.tsx'
import { useText } from '../../../text/text-context.tsx'
import { detailLabel } from '../../../text/detail-label.ts'
import { detailWords } from '../detail-words.ts'

const VocabularyContext = createContext<readonly PracticeDetail[]>([])

type Props = { readonly details: readonly PracticeDetail[]; readonly children: ReactNode }

/** The practice's own words for details, beside the built-in ones. */
export function VocabularyProvider({ details, children }: Props) {
  return <VocabularyContext value={details}>{children}</VocabularyContext>
}

/** What may be typed: the built-in words in this person's language and the practice's own that are not retired. */
export function useDetailWords() {
  const t = useText()
  const own = useContext(VocabularyContext)
  return useMemo(() => detailWords(t, own), [t, own])
}

/** `unseat 22, 12 · 0.5 mm` of a tag, in this person's language and tooth numbers; retired words keep their name. */
export function useDetailLabel(): (tag: DetailTag) => string {
  const t = useText()
  const own = useContext(VocabularyContext)
  const { toothNumbers } = useSettings()
  return (tag) => detailLabel(tag, t, toothNumbers, own)
}
