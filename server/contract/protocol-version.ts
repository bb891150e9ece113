/** Number of the wire protocol. A changed schema in server/contract without a new number fails a test (issue 3). */
export const PROTOCOL_VERSION = 1
