import type { TextKey } from '../text/table.ts'

export type Context = 'global' | 'queue' | 'review' | 'import' | 'attention' | 'settings'

/** Places that have verbs of their own, in the order in which lists of keys name them. */
export const CONTEXTS = [
  'queue',
  'review',
  'import',
  'attention',
  'settings',
  'global',
] as const satisfies readonly Context[]

type CommandSpec = {
  readonly title: TextKey
  readonly context: Context
  /**
   * `KeyboardEvent.key` values, letters in lower case, modifiers first and joined with `+`: `Mod` is Cmd on macOS and
   * Ctrl elsewhere. The space bar is `Space`. Empty for a verb that only palette and buttons offer.
   */
  readonly keys: readonly string[]
  /** Whether holding the key down repeats the verb. Never true for anything that decides or leaves a case. */
  readonly repeat: boolean
  /** Not for everybody: whoever may not do it does not find it in the palette either. */
  readonly optional?: true
  /** The verb lasts while the key is down; its handler has `press` and `release`. */
  readonly hold?: true
}

/** Every verb, once. Dispatcher, help sheet, palette and the key caps on buttons read this table. */
export const COMMANDS = {
  'app.palette': { title: 'command.palette', context: 'global', keys: ['Mod+k'], repeat: false },
  'app.help': { title: 'command.help', context: 'global', keys: ['?'], repeat: false },
  'app.goQueue': { title: 'command.goQueue', context: 'global', keys: ['Alt+1'], repeat: false },
  'app.goImport': { title: 'command.goImport', context: 'global', keys: ['Alt+2'], repeat: false },
  'app.goSettings': { title: 'command.goSettings', context: 'global', keys: ['Alt+3'], repeat: false },
  'app.goAttention': { title: 'command.goAttention', context: 'global', keys: ['Alt+4'], repeat: false },
  'app.goStorage': { title: 'command.goStorage', context: 'global', keys: [], repeat: false },
  'app.goUnsent': { title: 'command.goUnsent', context: 'global', keys: [], repeat: false },
  'app.notices': { title: 'command.notices', context: 'global', keys: ['Alt+0'], repeat: false },
  'app.syncNow': { title: 'command.syncNow', context: 'global', keys: [], repeat: false },
  'app.lock': { title: 'command.lock', context: 'global', keys: ['Mod+Shift+l'], repeat: false },
  'app.signOut': { title: 'command.signOut', context: 'global', keys: [], repeat: false },

  'queue.next': { title: 'command.queue.next', context: 'queue', keys: ['j', 'ArrowDown'], repeat: true },
  'queue.previous': { title: 'command.queue.previous', context: 'queue', keys: ['k', 'ArrowUp'], repeat: true },
  'queue.pageDown': { title: 'command.queue.pageDown', context: 'queue', keys: ['PageDown'], repeat: true },
  'queue.pageUp': { title: 'command.queue.pageUp', context: 'queue', keys: ['PageUp'], repeat: true },
  'queue.first': { title: 'command.queue.first', context: 'queue', keys: ['Home'], repeat: false },
  'queue.last': { title: 'command.queue.last', context: 'queue', keys: ['End'], repeat: false },
  'queue.open': { title: 'command.queue.open', context: 'queue', keys: ['Enter'], repeat: false },
  'queue.patient': { title: 'command.queue.patient', context: 'queue', keys: ['i'], repeat: false },
  'queue.search': { title: 'command.queue.search', context: 'queue', keys: ['/'], repeat: false },
  'queue.laneWaiting': { title: 'lane.waiting', context: 'queue', keys: ['1'], repeat: false },
  'queue.laneFlagged': { title: 'lane.flagged', context: 'queue', keys: ['2'], repeat: false },
  'queue.laneOverdue': { title: 'lane.overdue', context: 'queue', keys: ['3'], repeat: false },
  'queue.laneFirstScan': { title: 'lane.first_scan', context: 'queue', keys: ['4'], repeat: false },
  'queue.laneRefinement': { title: 'lane.refinement', context: 'queue', keys: ['5'], repeat: false },
  'queue.laneAsked': { title: 'lane.asked', context: 'queue', keys: ['6'], repeat: false },
  'queue.laneAdjudicate': { title: 'lane.adjudicate', context: 'queue', keys: ['7'], repeat: false },
  'queue.laneReviewed': { title: 'lane.reviewed', context: 'queue', keys: ['8'], repeat: false },
  'queue.laneAll': { title: 'lane.all', context: 'queue', keys: ['9'], repeat: false },
  'queue.laneOwn1': { title: 'command.queue.laneOwn1', context: 'queue', keys: ['a'], repeat: false, optional: true },
  'queue.laneOwn2': { title: 'command.queue.laneOwn2', context: 'queue', keys: ['b'], repeat: false, optional: true },
  'queue.laneOwn3': { title: 'command.queue.laneOwn3', context: 'queue', keys: ['c'], repeat: false, optional: true },
  'queue.laneOwn4': { title: 'command.queue.laneOwn4', context: 'queue', keys: ['d'], repeat: false, optional: true },
  'queue.laneOwn5': { title: 'command.queue.laneOwn5', context: 'queue', keys: ['e'], repeat: false, optional: true },
  'queue.laneOwn6': { title: 'command.queue.laneOwn6', context: 'queue', keys: ['f'], repeat: false, optional: true },
  'queue.nextLane': { title: 'command.queue.nextLane', context: 'queue', keys: [']'], repeat: false },
  'queue.previousLane': { title: 'command.queue.previousLane', context: 'queue', keys: ['['], repeat: false },
  'queue.sortWait': { title: 'command.queue.sortWait', context: 'queue', keys: ['w'], repeat: false },
  'queue.sortSubmitted': { title: 'command.queue.sortSubmitted', context: 'queue', keys: ['s'], repeat: false },
  'queue.sortPatient': { title: 'command.queue.sortPatient', context: 'queue', keys: ['p'], repeat: false },
  'queue.sortStage': { title: 'command.queue.sortStage', context: 'queue', keys: ['g'], repeat: false },
  'queue.sortState': { title: 'command.queue.sortState', context: 'queue', keys: ['t'], repeat: false },
  'queue.reverse': { title: 'command.queue.reverse', context: 'queue', keys: ['r'], repeat: false },

  'review.tag': { title: 'command.review.tag', context: 'review', keys: ['t'], repeat: false },
  'review.approve': { title: 'command.review.approve', context: 'review', keys: ['a'], repeat: false },
  'review.message': { title: 'command.review.message', context: 'review', keys: ['m'], repeat: false },
  'review.next': { title: 'command.review.next', context: 'review', keys: ['n'], repeat: false },
  'review.previous': { title: 'command.review.previous', context: 'review', keys: ['p'], repeat: false },
  'review.hold': { title: 'command.review.hold', context: 'review', keys: ['h'], repeat: false },
  'review.schedule': { title: 'command.review.schedule', context: 'review', keys: ['s'], repeat: false },
  'review.retake': { title: 'command.review.retake', context: 'review', keys: ['r'], repeat: false },
  'review.refer': { title: 'command.review.refer', context: 'review', keys: ['Shift+r'], repeat: false },
  'review.undo': { title: 'command.review.undo', context: 'review', keys: ['u'], repeat: false },
  'review.correctLast': { title: 'command.review.correctLast', context: 'review', keys: ['Shift+u'], repeat: false },
  'review.approveUnseen': {
    title: 'command.review.approveUnseen',
    context: 'review',
    keys: ['Shift+a'],
    repeat: false,
  },
  'review.goUnseen': { title: 'command.review.goUnseen', context: 'review', keys: ['y'], repeat: false },
  'review.sameAsLast': { title: 'command.review.sameAsLast', context: 'review', keys: ['='], repeat: false },
  'review.ask': { title: 'command.review.ask', context: 'review', keys: ['q'], repeat: false },
  'review.answer': { title: 'command.review.answer', context: 'review', keys: ['Shift+q'], repeat: false },
  'review.questionLook': { title: 'command.review.questionLook', context: 'review', keys: ['j'], repeat: false },
  'review.goals': { title: 'command.review.goals', context: 'review', keys: ['Shift+g'], repeat: false },
  'review.withdraw': {
    title: 'command.review.withdraw',
    context: 'review',
    keys: ['Shift+w'],
    repeat: false,
    optional: true,
  },
  'review.value1': { title: 'command.review.value1', context: 'review', keys: ['1'], repeat: false },
  'review.value2': { title: 'command.review.value2', context: 'review', keys: ['2'], repeat: false },
  'review.value3': { title: 'command.review.value3', context: 'review', keys: ['3'], repeat: false },
  'review.nextScore': {
    title: 'command.review.nextScore',
    context: 'review',
    keys: ['Tab', 'ArrowDown'],
    repeat: true,
  },
  'review.previousScore': {
    title: 'command.review.previousScore',
    context: 'review',
    keys: ['Shift+Tab', 'ArrowUp'],
    repeat: true,
  },
  'review.nextView': {
    title: 'command.review.nextView',
    context: 'review',
    keys: ['Space', 'ArrowRight'],
    repeat: true,
  },
  'review.previousView': {
    title: 'command.review.previousView',
    context: 'review',
    keys: ['Shift+Space', 'ArrowLeft'],
    repeat: true,
  },
  'review.compare': { title: 'command.review.compare', context: 'review', keys: ['c'], repeat: false },
  'review.blink': { title: 'command.review.blink', context: 'review', keys: ['b'], repeat: false, hold: true },
  'review.difference': { title: 'command.review.difference', context: 'review', keys: ['d'], repeat: false },
  'review.swipe': { title: 'command.review.swipe', context: 'review', keys: ['w'], repeat: false },
  'review.zoom': { title: 'command.review.zoom', context: 'review', keys: ['z'], repeat: false },
  'review.fit': { title: 'command.review.fit', context: 'review', keys: ['0'], repeat: false },
  'review.olderPrior': { title: 'command.review.olderPrior', context: 'review', keys: ['['], repeat: true },
  'review.newerPrior': { title: 'command.review.newerPrior', context: 'review', keys: [']'], repeat: true },
  'review.nudgeLeft': { title: 'command.review.nudgeLeft', context: 'review', keys: ['Shift+ArrowLeft'], repeat: true },
  'review.nudgeRight': {
    title: 'command.review.nudgeRight',
    context: 'review',
    keys: ['Shift+ArrowRight'],
    repeat: true,
  },
  'review.nudgeUp': { title: 'command.review.nudgeUp', context: 'review', keys: ['Shift+ArrowUp'], repeat: true },
  'review.nudgeDown': { title: 'command.review.nudgeDown', context: 'review', keys: ['Shift+ArrowDown'], repeat: true },
  'review.resetNudge': { title: 'command.review.resetNudge', context: 'review', keys: ['Shift+z'], repeat: false },
  'review.fullScreen': { title: 'command.review.fullScreen', context: 'review', keys: ['f'], repeat: false },
  'review.popOut': { title: 'command.review.popOut', context: 'review', keys: ['Shift+c'], repeat: false },
  'review.retakeFlagged': { title: 'command.review.retakeFlagged', context: 'review', keys: ['x'], repeat: false },
  'review.rotateRight': { title: 'command.review.rotateRight', context: 'review', keys: ['.'], repeat: false },
  'review.rotateLeft': { title: 'command.review.rotateLeft', context: 'review', keys: [','], repeat: false },
  'review.straightenRight': { title: 'command.review.straightenRight', context: 'review', keys: [], repeat: true },
  'review.straightenLeft': { title: 'command.review.straightenLeft', context: 'review', keys: [], repeat: true },
  'review.flip': { title: 'command.review.flip', context: 'review', keys: ['Shift+f'], repeat: false },
  'review.brighter': { title: 'command.review.brighter', context: 'review', keys: ['+'], repeat: true },
  'review.darker': { title: 'command.review.darker', context: 'review', keys: ['-'], repeat: true },
  'review.moreContrast': { title: 'command.review.moreContrast', context: 'review', keys: ['Shift+k'], repeat: true },
  'review.lessContrast': { title: 'command.review.lessContrast', context: 'review', keys: ['Shift+j'], repeat: true },
  'review.warmer': { title: 'command.review.warmer', context: 'review', keys: ['>'], repeat: true },
  'review.cooler': { title: 'command.review.cooler', context: 'review', keys: ['<'], repeat: true },
  'review.pickGrey': { title: 'command.review.pickGrey', context: 'review', keys: ['g'], repeat: false },
  'review.pinAdjustments': {
    title: 'command.review.pinAdjustments',
    context: 'review',
    keys: ['Shift+p'],
    repeat: false,
  },
  'review.resetAdjustments': {
    title: 'command.review.resetAdjustments',
    context: 'review',
    keys: ['Backspace'],
    repeat: false,
  },
  'review.takeFirst': { title: 'command.review.takeFirst', context: 'review', keys: ['k'], repeat: false },
  'review.takeSecond': { title: 'command.review.takeSecond', context: 'review', keys: ['l'], repeat: false },
  'review.settle': { title: 'command.review.settle', context: 'review', keys: ['v'], repeat: false },
  'review.correctOwn': { title: 'command.review.correctOwn', context: 'review', keys: ['o'], repeat: false },
  'review.patient': { title: 'command.review.patient', context: 'review', keys: ['i'], repeat: false },
  'review.note': { title: 'command.review.note', context: 'review', keys: ['e'], repeat: false },
  'review.details': { title: 'command.review.details', context: 'review', keys: ['/'], repeat: false },
  'review.send': { title: 'command.review.send', context: 'review', keys: ['Mod+Enter'], repeat: false },
  'review.close': { title: 'command.review.close', context: 'review', keys: ['Escape'], repeat: false },

  'import.choose': { title: 'command.import.choose', context: 'import', keys: ['o'], repeat: false },
  'import.next': { title: 'command.import.next', context: 'import', keys: ['j', 'ArrowRight'], repeat: true },
  'import.previous': { title: 'command.import.previous', context: 'import', keys: ['k', 'ArrowLeft'], repeat: true },
  'import.view1': { title: 'view.occlusal_upper', context: 'import', keys: ['1'], repeat: false },
  'import.view2': { title: 'view.buccal_right', context: 'import', keys: ['2'], repeat: false },
  'import.view3': { title: 'view.frontal', context: 'import', keys: ['3'], repeat: false },
  'import.view4': { title: 'view.buccal_left', context: 'import', keys: ['4'], repeat: false },
  'import.view5': { title: 'view.occlusal_lower', context: 'import', keys: ['5'], repeat: false },
  'import.noView': { title: 'command.import.noView', context: 'import', keys: ['0', 'Backspace'], repeat: false },
  'import.mirrored': { title: 'command.import.mirrored', context: 'import', keys: ['m'], repeat: false },
  'import.patient': { title: 'command.import.patient', context: 'import', keys: ['/'], repeat: false },
  'import.start': { title: 'command.import.start', context: 'import', keys: ['Mod+Enter'], repeat: false },

  'attention.next': { title: 'command.attention.next', context: 'attention', keys: ['j', 'ArrowDown'], repeat: true },
  'attention.previous': {
    title: 'command.attention.previous',
    context: 'attention',
    keys: ['k', 'ArrowUp'],
    repeat: true,
  },
  'attention.first': { title: 'command.attention.first', context: 'attention', keys: ['Home'], repeat: false },
  'attention.last': { title: 'command.attention.last', context: 'attention', keys: ['End'], repeat: false },
  'attention.open': { title: 'command.attention.open', context: 'attention', keys: ['Enter'], repeat: false },
  'attention.confirm': { title: 'command.attention.confirm', context: 'attention', keys: ['s'], repeat: false },
  'attention.edit': { title: 'command.attention.edit', context: 'attention', keys: ['e'], repeat: false },
  'attention.retry': { title: 'command.attention.retry', context: 'attention', keys: ['r'], repeat: false },
  'attention.discard': { title: 'command.attention.discard', context: 'attention', keys: ['Backspace'], repeat: false },
  'attention.send': { title: 'command.attention.send', context: 'attention', keys: ['Mod+Enter'], repeat: false },
  'attention.close': { title: 'command.attention.close', context: 'attention', keys: ['Escape'], repeat: false },

  'settings.yours': { title: 'settings.yours', context: 'settings', keys: ['1'], repeat: false },
  'settings.keys': { title: 'keys.title', context: 'settings', keys: ['2'], repeat: false },
  'settings.practice': { title: 'practice.title', context: 'settings', keys: ['3'], repeat: false, optional: true },
  'settings.agreement': { title: 'agreement.title', context: 'settings', keys: ['4'], repeat: false, optional: true },
  'settings.storage': { title: 'storage.title', context: 'settings', keys: ['5'], repeat: false },
  'settings.unsent': { title: 'unsent.title', context: 'settings', keys: ['6'], repeat: false },
  'settings.computer': { title: 'settings.computer', context: 'settings', keys: ['7'], repeat: false },
  'settings.check': { title: 'storage.checkNow', context: 'settings', keys: ['c'], repeat: false },
  'settings.export': { title: 'unsent.export', context: 'settings', keys: ['e'], repeat: false },
  'settings.close': { title: 'command.attention.close', context: 'settings', keys: ['Escape'], repeat: false },
  'settings.import': { title: 'unsent.import', context: 'settings', keys: [], repeat: false, optional: true },
} as const satisfies Record<string, CommandSpec>

export type CommandId = keyof typeof COMMANDS
export const COMMAND_IDS = Object.keys(COMMANDS) as readonly CommandId[]

/** `false`: not for me now, let the browser have the key (Tab at the last score). */
export type Press = () => void | false
export type Hold = { readonly press: () => void; readonly release: () => void }

/** A screen supplies the verbs of its own context; leaving one out is a type error. */
export type HandlersFor<C extends Context> = {
  readonly [Id in CommandId as (typeof COMMANDS)[Id]['context'] extends C ? Id : never]: (typeof COMMANDS)[Id] extends {
    readonly hold: true
  }
    ? Hold
    : (typeof COMMANDS)[Id] extends { readonly optional: true }
      ? Press | undefined
      : Press
}

/** The same table with its rows widened, for code that walks over all of them. */
export function commandSpec(id: CommandId): CommandSpec {
  return COMMANDS[id]
}
