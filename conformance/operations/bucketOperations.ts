import type { GridFSBucket, ObjectId } from "mongodb";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
import type { OperationTable } from "./OperationTable.ts";

/** What the format calls on a GridFS bucket. */
export const BUCKET_OPERATIONS: OperationTable<GridFSBucket> = {
  delete: (bucket, { id }) => bucket.delete(id as ObjectId),
  download: (bucket, { id }) => buffer(bucket.openDownloadStream(id as ObjectId)),
  downloadByName: (bucket, { filename, ...options }) =>
    buffer(bucket.openDownloadStreamByName(String(filename), options)),
  drop: (bucket) => bucket.drop(),
  find: (bucket, { filter, ...options }) => bucket.find(filter, options).toArray(),
  rename: (bucket, { id, newFilename }) => bucket.rename(id as ObjectId, String(newFilename)),
  upload: async (bucket, { filename, source, ...options }) => {
    const stream = bucket.openUploadStream(String(filename), options);
    await pipeline(Readable.from([Buffer.from(String(source.$$hexBytes), "hex")]), stream);
    return stream.id;
  },
};
