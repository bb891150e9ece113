import { useRef, useState } from 'react'
import type { AppState } from '../../../preload/contract/app-state.ts'
import { CommandKeys, focusScreen, useCommands, useFocusOnOpen } from '../../commands/commands-context.tsx'
import { useLiveState } from '../../ports/live-state.tsx'
import { useText } from '../../text/text-context.tsx'
import { AgreementSection } from './agreement/agreement-section.tsx'
import { KeysSection } from './keys/keys-section.tsx'
import { PracticeSection } from './practice/practice-section.tsx'
import { useRules } from './practice/use-rules.ts'
import { Preferences } from './preferences.tsx'
import { type Section, sectionOf, SECTIONS, sectionsFor } from './sections.ts'
import { StorageSection } from './storage-section.tsx'
import { ThisComputer } from './this-computer.tsx'
import { type UnsentForm, UnsentSection } from './unsent-section.tsx'
import { useStorage } from './use-storage.ts'

type Props = {
  readonly app: AppState
  /** The rest of the address. */
  readonly section: string
  readonly onSection: (section: Section) => void
}

/** Tables and lists need the room. */
const WIDE: readonly Section[] = ['keys', 'practice', 'agreement', 'storage']

export function SettingsScreen({ app, section: address, onSection }: Props) {
  const t = useText()
  const roles = app.account?.person.roles ?? []
  const sections = sectionsFor(roles)
  const section = sectionOf(address, sections)
  const { sync } = useLiveState()
  const isOnline = sync?.connection === 'online'
  const [form, setForm] = useState<UnsentForm | null>(null)
  const storage = useStorage(section === 'storage')
  const rules = useRules(section === 'practice')
  const isAdmin = roles.includes('practice_admin')
  useFocusOnOpen()

  const page = useRef<HTMLElement>(null)
  /** While a form is open other verbs rest: a letter beside its fields must not throw away what is in them. */
  const unlessForm = (verb: () => void) => () => {
    if (page.current?.querySelector('form') == null) verb()
  }
  const goTo = (to: Section) => unlessForm(() => onSection(to))
  const goToForm = (to: UnsentForm) =>
    unlessForm(() => {
      setForm(to)
      onSection('unsent')
    })
  useCommands('settings', {
    'settings.yours': goTo('yours'),
    'settings.keys': goTo('keys'),
    'settings.practice': sections.includes('practice') ? goTo('practice') : undefined,
    'settings.agreement': sections.includes('agreement') ? goTo('agreement') : undefined,
    'settings.storage': goTo('storage'),
    'settings.unsent': goTo('unsent'),
    'settings.computer': goTo('computer'),
    'settings.check': unlessForm(() => {
      onSection('storage')
      if (isOnline) storage.check()
    }),
    'settings.export': goToForm('export'),
    // In a field the field's own Escape; here from its buttons and from the page.
    'settings.close': () => {
      if (form === null) return false
      // What is on its way cannot be called back, and its result is shown nowhere else.
      if (page.current?.querySelector('[aria-busy="true"]') != null) return
      setForm(null)
      return focusScreen()
    },
    'settings.import': isAdmin ? goToForm('import') : undefined,
  })
  const { title, about } = SECTIONS[section]
  return (
    <main className="flex h-full flex-col outline-none" data-command-root tabIndex={-1}>
      <header className="flex h-10 shrink-0 items-center gap-4 border-b border-line bg-panel px-4">
        <h1 className="text-15 font-semibold">{t('settings.title')}</h1>
      </header>
      <div className="flex min-h-0 flex-1">
        <SectionList sections={sections} section={section} onSection={onSection} />
        <section
          ref={page}
          key={section}
          aria-labelledby="settings-section"
          className="min-w-0 flex-1 overflow-auto px-8 py-4 max-[800px]:px-4"
        >
          <div className={WIDE.includes(section) ? 'max-w-[960px]' : 'max-w-[760px]'}>
            <h2 id="settings-section" className="text-18 font-semibold">
              {t(title)}
            </h2>
            {about !== null && <p className="max-w-[104ch] pb-2 text-13 text-dim">{t(about)}</p>}
            {section === 'yours' && <Preferences />}
            {section === 'keys' && <KeysSection />}
            {section === 'practice' && <PracticeSection rules={rules} mayEdit={isAdmin} />}
            {section === 'agreement' && <AgreementSection />}
            {section === 'storage' && <StorageSection storage={storage} isOnline={isOnline} />}
            {section === 'unsent' && <UnsentSection form={form} onForm={setForm} mayImport={isAdmin} />}
            {section === 'computer' && <ThisComputer app={app} />}
          </div>
        </section>
      </div>
    </main>
  )
}

type ListProps = {
  readonly sections: readonly Section[]
  readonly section: Section
  readonly onSection: (section: Section) => void
}

function SectionList({ sections, section, onSection }: ListProps) {
  const t = useText()
  return (
    <nav
      aria-label={t('settings.sections')}
      className="flex w-[232px] shrink-0 flex-col gap-0.5 overflow-auto border-r border-line bg-panel p-2 max-[1400px]:w-[208px] max-[800px]:w-[168px]"
    >
      {sections.map((name) => (
        <button
          key={name}
          type="button"
          aria-current={name === section ? 'page' : undefined}
          onClick={() => onSection(name)}
          className="flex min-h-7 items-center gap-2.5 rounded-[5px] px-2 py-1 text-left text-13 text-dim hover:text-ink aria-[current]:bg-raised aria-[current]:font-medium aria-[current]:text-ink"
        >
          <span aria-hidden className="opacity-80">
            <CommandKeys id={SECTIONS[name].command} />
          </span>
          {t(SECTIONS[name].title)}
        </button>
      ))}
    </nav>
  )
}
