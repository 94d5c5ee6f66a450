import { isLocalPath } from "../../protocol/localPath.ts";

/** Where the page gets a recipe's picture from: never from another host, which would learn who looks at it. */
export function pictureUrl(image: string): string {
  return isLocalPath(image) ? image : `/api/pictures?url=${encodeURIComponent(image)}`;
}
