import { dropOverlay, type markOverlayAcknowledged as real } from '../../../electron/store/outbox/overlay.ts'

export * from '../../../electron/store/outbox/overlay.ts'

export const markOverlayAcknowledged: typeof real = (tx, mutationId) => void dropOverlay(tx, mutationId)
