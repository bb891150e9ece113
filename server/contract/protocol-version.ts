/**
 * Number of the wire protocol. A changed schema in server/contract/sync without a new number fails
 * `sync/canonical-wire.test.ts`: a workstation in the field would no longer read what the server sends, or the reverse.
 */
export const PROTOCOL_VERSION = 3

/**
 * 1 took its first copy from the feed, whose beginning is gone by now. 2 knows neither rules, goals, questions nor
 * second reads.
 * A workstation that speaks less may no longer pull (it could not read the rows), but may still push, so that
 * clinical work is never stranded. Raise it together with whatever older workstations cannot read.
 */
export const OLDEST_PULL_PROTOCOL = 3
