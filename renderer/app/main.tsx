import { createRoot } from 'react-dom/client'
import { z } from 'zod'
import { openPort } from '../ports/bridge.ts'
import { findWindowBridge } from '../ports/window-bridge.ts'
import '../styles/app.css'
import { COMPARE_PATH } from '../../preload/contract/channels.ts'
import { holdMainPresence } from '../compare-window/main-presence.ts'
import { App } from './app.tsx'
import { CompareApp } from './compare-app.tsx'
import { NoHost } from './no-host.tsx'

// The content policy forbids code made from strings, which zod otherwise tries.
z.config({ jitless: true })

const bridge =
  import.meta.env.DEV && new URLSearchParams(location.search).has('fake')
    ? (await import('./fake-page.ts')).openFakeFromAddress()
    : findWindowBridge()

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
const isCompare = location.pathname === COMPARE_PATH
if (!isCompare) holdMainPresence(navigator.locks)
const Window = isCompare ? CompareApp : App
createRoot(root).render(bridge === undefined ? <NoHost /> : <Window port={openPort(bridge)} />)
