import { createRoot } from 'react-dom/client'
import { z } from 'zod'
import { openPort } from '../ports/bridge.ts'
import { findWindowBridge } from '../ports/window-bridge.ts'
import '../styles/app.css'
import { App } from './app.tsx'
import { NoHost } from './no-host.tsx'

// The content policy forbids code made from strings, which zod otherwise tries.
z.config({ jitless: true })

const bridge =
  import.meta.env.DEV && new URLSearchParams(location.search).has('fake')
    ? (await import('./fake-page.ts')).openFakeFromAddress()
    : findWindowBridge()

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(bridge === undefined ? <NoHost /> : <App port={openPort(bridge)} />)
