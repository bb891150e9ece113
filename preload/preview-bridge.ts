import { installPreviewBridge } from './install-preview-bridge.ts'

/** A classic script that the preview puts before the window's own module. */
installPreviewBridge(window)
