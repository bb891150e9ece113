import { createContext, type ReactNode, useContext } from 'react'
import type { Port } from './bridge.ts'

const PortContext = createContext<Port | null>(null)

export function PortProvider({ port, children }: { readonly port: Port; readonly children: ReactNode }) {
  return <PortContext value={port}>{children}</PortContext>
}

export function usePort(): Port {
  const port = useContext(PortContext)
  if (port === null) throw new Error('usePort needs a PortProvider above it')
  return port
}
