import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { CHECK_RECIPE } from '../../preload/contract/photo-check.ts'
import { PhotoHash } from '../../server/contract/domain/ids.ts'
import { openCv } from '../../renderer/align/load-open-cv.ts'
import { checkPhoto } from '../../renderer/checks/check-photo.ts'
import { judgePhoto } from '../../renderer/checks/judge-photo.ts'
import { measurePhoto } from '../../renderer/checks/measure-photo.ts'
import type { ViewWeights } from '../../renderer/checks/view-scores.ts'
import { REALDATA } from './align/photos.ts'
import { drawSamples, type Drawn, examplesOfDrawn } from './checks/drawn.ts'
import { examplesOf, measureAll, measureSetting, prepare, type Prepared, type Row } from './checks/measured.ts'
import { isAskedFor, isSetting, loadOtherPictures, loadRealPhotos } from './checks/photos.ts'
import { emitShares, falseAlarms, namedViews, recalls, shares, wrongSlots } from './checks/tally.ts'
import { trainViews } from './checks/train.ts'
import { judgeWithPrior } from './checks/with-prior.ts'
import { type Figure, figureOf } from './figure.ts'

type Emit = (figure: Figure) => void

const WEIGHTS = path.join(import.meta.dirname, '../../renderer/checks/view-weights.json')

/**
 * How often the doubts about single photos are right: docs/photo-checks.md. Templates and cut-offs come from one half of
 * the people (`setting`, each person there judged by templates of the others), the figures that count from the other
 * (`judging`). `LOUPE_TRAIN=1` writes the templates anew; otherwise those of the repository are judged.
 */
export async function run(emit: Emit): Promise<void> {
  if (!existsSync(REALDATA)) {
    process.stderr.write(`Left out: the photo checks need ${REALDATA}\n`)
    return
  }
  const drawn = await drawSamples()
  const prepared = await prepare(await loadRealPhotos())
  if (process.env['LOUPE_TRAIN'] === '1') train(prepared, drawn)
  const weights = JSON.parse(readFileSync(WEIGHTS, 'utf8')) as ViewWeights // our own file
  if (process.env['LOUPE_SETTING'] === '1') {
    emitHalf(emit, 'setting', await measureSetting(prepared, examplesOfDrawn(drawn)))
  }
  const judging = prepared.filter(({ photo }) => !isSetting(photo))
  emitHalf(emit, 'judging', await measureAll(judging, weights))
  await emitWithPrior(emit, prepared)
  emitDrawn(emit, drawn, weights)
  await emitOthers(emit, weights)
  emitCost(emit, prepared)
}

/** Numbers alone, of the setting half and of half the drawn patients: no picture can be made of them. */
function train(prepared: readonly Prepared[], drawn: readonly Drawn[]) {
  const half = prepared.filter(({ photo }) => isSetting(photo))
  writeFileSync(WEIGHTS, `${JSON.stringify(trainViews([...examplesOf(half), ...examplesOfDrawn(drawn)]))}\n`)
}

function emitHalf(emit: Emit, name: string, all: readonly Row[]) {
  const rows = all.filter(({ photo }) => isAskedFor(photo))
  emitShares(emit, `${name}, as they are`, 'false alarms', falseAlarms(rows.filter(({ kind }) => kind === 'as_is')))
  emitShares(emit, `${name}, another day`, 'false alarms', falseAlarms(rows.filter(({ kind }) => kind === 'variation')))
  const unasked = all.filter(({ photo, kind }) => !isAskedFor(photo) && kind === 'as_is')
  emitShares(emit, `${name}, no view of ours`, 'flagged', falseAlarms(unasked))
  emitShares(emit, name, 'told', recalls(rows))
  emitShares(emit, name, 'told', wrongSlots(rows))
  emitShares(emit, name, 'named', namedViews(rows))
}

/** What an earlier photo adds, of both halves: nothing of it was set on either. */
async function emitWithPrior(emit: Emit, prepared: readonly Prepared[]) {
  const { cv } = await openCv()
  for (const half of ['setting', 'judging'] as const) {
    const { falseAlarms: alarms, told } = await judgeWithPrior(cv, prepared, half)
    emitShares(emit, `${half}, with an earlier photo`, 'false alarms', alarms)
    emitShares(emit, `${half}, with an earlier photo`, 'told', told)
  }
}

/** Patients that templates were not trained on; those with a flaw are told apart. */
function emitDrawn(emit: Emit, drawn: readonly Drawn[], weights: ViewWeights) {
  const judged = drawn.map((one) => ({ ...one, flags: judgePhoto(measurePhoto(one.pixels, weights), one.view).flags }))
  const good = judged.filter(({ flaws, isTrainedOn }) => flaws.length === 0 && !isTrainedOn)
  const told = good.map(({ flags }) => ({ name: 'any flag', isTold: flags.length > 0 }))
  emitShares(emit, 'drawn, unknown patients', 'false alarms', shares(told))
  const flawed = judged.filter(({ flaws }) => flaws.length > 0)
  const found = flawed.map(({ flaws, flags }) => ({ name: flaws.join(' and '), isTold: flags.length > 0 }))
  emitShares(emit, 'drawn', 'told', shares(found))
}

async function emitOthers(emit: Emit, weights: ViewWeights) {
  const others = await loadOtherPictures()
  const told = others.map(({ pixels }) => ({
    name: 'other pictures',
    isTold: judgePhoto(measurePhoto(pixels, weights), 'frontal').flags.some(({ flag }) => flag === 'not_intraoral'),
  }))
  emitShares(emit, 'not a mouth', 'told', shares(told))
}

function emitCost(emit: Emit, prepared: readonly Prepared[]) {
  const hash = PhotoHash.parse('0'.repeat(64))
  const took = prepared.map(({ photo, pixels }) => {
    const before = process.cpuUsage()
    checkPhoto({ hash, view: photo.view }, pixels)
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  })
  emit(
    figureOf(
      { bench: 'checks', case: `recipe ${CHECK_RECIPE}`, metric: 'processor time of a photo', unit: 'ms' },
      took,
    ),
  )
}
