type Props = {
  readonly label: string
  /** Between 0 and 1; null while the whole is not known. */
  readonly part: number | null
  /** It waits: grey instead of the colour of action. */
  readonly paused?: boolean
  readonly className?: string
}

/** Words beside it say the same: the bar is for a glance. */
export function ProgressBar({ label, part, paused = false, className = 'w-40' }: Props) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(part !== null && { 'aria-valuenow': Math.floor(part * 100) })}
      className={`h-1 shrink-0 overflow-hidden rounded-[2px] bg-line ${className}`}
    >
      <div
        style={{ transform: `scaleX(${part ?? 0})` }}
        className={`h-full w-full origin-left ${paused ? 'bg-dim' : 'bg-accent'}`}
      />
    </div>
  )
}
