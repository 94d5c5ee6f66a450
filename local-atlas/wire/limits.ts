/** The largest document, in bytes. */
export const MAX_BSON_SIZE = 16 * 1024 * 1024;

/** The largest message, in bytes. */
export const MAX_MESSAGE_SIZE = 48_000_000;

/** The most writes in one command. */
export const MAX_WRITE_BATCH = 100_000;

/** The newest protocol that we speak: MongoDB 7.0's, the last one without the `bulkWrite` command. */
export const MAX_WIRE_VERSION = 21;
