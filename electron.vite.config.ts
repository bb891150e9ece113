import path from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import { openCvPlugin } from './renderer/align/open-cv-plugin.ts'

const at = (file: string) => path.join(import.meta.dirname, file)

/** Screens have addresses of several parts (`/review/...`): relative ones, electron-vite's default, would miss there. */
const absoluteAddresses: Plugin = { name: 'loupe-absolute-addresses', enforce: 'post', config: () => ({ base: '/' }) }

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      // Packages stay outside: native ones cannot be bundled, and electron-builder ships node_modules in the archive.
      externalizeDeps: true,
      rolldownOptions: {
        input: { main: at('electron/main/main.ts'), data: at('electron/data/main.ts') },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload script is one CommonJS file, and the browser's bridge one classic script.
      externalizeDeps: false,
      isolatedEntries: true,
      rolldownOptions: {
        input: { bridge: at('preload/bridge.ts'), 'preview-bridge': at('preload/preview-bridge.ts') },
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          // A classic script shares its top level with the page: its names stay inside a function.
          banner: ({ name }) => (name === 'preview-bridge' ? ';(() => {' : ''),
          footer: ({ name }) => (name === 'preview-bridge' ? '})()' : ''),
        },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    plugins: [react(), tailwindcss(), absoluteAddresses],
    worker: { format: 'es', plugins: () => [openCvPlugin()] },
    build: {
      outDir: at('out/renderer'),
      emptyOutDir: true,
      minify: true,
      // The content policy knows no data: addresses, so every asset is a file of its own.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: at('renderer/index.html') },
    },
  },
})
