import type { AttentionEntry, PracticeChange } from '../../../preload/contract/attention.ts'
import { GoalForm } from '../../patient/goal-form.tsx'
import { useText } from '../../text/text-context.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { nameOf } from './attention-words.ts'
import { AnswerForm, QuestionForm } from './words-form.tsx'
import type { Attention } from './use-attention.ts'

type Props = { readonly entry: AttentionEntry; readonly attention: Attention }

/** A goal, a question or an answer once more, opened with what the author wanted: made on what stands now. */
export function PracticeChangeDialog({ entry, attention }: Props) {
  const t = useText()
  const change = entry.practiceChange
  if (change === undefined || change.about === 'rules') return null
  const titles = {
    goal: 'goals.title',
    question: 'attention.about.question',
    answer: 'attention.about.answer',
  } as const
  return (
    <Dialog
      open={attention.openForm === 'changePractice'}
      onClose={attention.closeForm}
      title={t(titles[change.about], { name: nameOf(entry, t) })}
      description={t('attention.change.anew')}
    >
      <div className="flex flex-col gap-3 p-4">
        <p className="text-13 text-dim">{t('attention.change.anew')}</p>
        <Form entry={entry} attention={attention} change={change} />
      </div>
    </Dialog>
  )
}

type FormProps = Props & { readonly change: Exclude<PracticeChange, { about: 'rules' }> }

function Form({ entry, attention, change }: FormProps) {
  const t = useText()
  const { notice, busy, closeForm } = attention
  const failed = notice?.key === 'attention.notDone' ? notice.why : null
  const common = { busy, failed, onCancel: closeForm }
  switch (change.about) {
    case 'goal':
      return (
        <GoalForm
          {...common}
          start={change.set}
          isNew={false}
          submit={t('attention.change.save')}
          onSave={(set) => attention.changePractice(entry, { about: 'goal', set })}
        />
      )
    case 'question':
      return (
        <QuestionForm
          {...common}
          start={change}
          onSave={(question) => attention.changePractice(entry, { about: 'question', ...question })}
        />
      )
    case 'answer':
      return (
        <AnswerForm
          {...common}
          question={change.question}
          start={change.text}
          onSave={(text) => attention.changePractice(entry, { about: 'answer', text })}
        />
      )
  }
}
