@rem npm scripts begin with `exec`, so that a signal sent to npm reaches the command and not a shell between. Windows has no exec.
@%*
