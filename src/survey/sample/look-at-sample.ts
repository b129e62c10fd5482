import { lookAtPage, type PageLook } from "../site/look-at-page.ts";
import { orRefused, partOf, type RefusedSample, type SampleFile } from "./sample-request.ts";

/** A question about a fetched file: is it a web page, and which lists does it have? */
export interface LookRequest {
  /** The parts of the file: several for the sitemaps of an index. */
  readonly files: readonly SampleFile[];
  readonly address: string;
}

/** Returns the lists of a web page, or null for a file that is no web page. */
export function lookAtSample({ files, address }: LookRequest): Promise<PageLook | null | RefusedSample> {
  return orRefused(() => lookAtPage(files.map(partOf), address));
}
