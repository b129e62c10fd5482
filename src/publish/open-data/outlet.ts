import { once } from "node:events";
import { PassThrough } from "node:stream";
import type { OpenDataFile } from "../../model/aid/open-data.ts";

/** Where pieces go to be kept while others are made. */
export interface Outlet<Piece> {
  /** Takes a piece when there is room for it. @throws what keeping them threw */
  write(piece: Piece): Promise<void>;
  /** Ends it, and gives the file once it is kept. */
  end(): Promise<OpenDataFile>;
  /** Gives it up: nothing is kept. */
  abandon(reason: unknown): Promise<void>;
}

/** Pieces that are held before whoever makes them waits: of text in bytes, else in number. */
const mostBytes = 512 * 1024;
const mostPieces = 2;

/** An outlet whose pieces `keep` reads as they come. `holdsText`: pieces are text, which comes as bytes. */
export function openOutlet<Piece, Read>(holdsText: boolean, keep: (pieces: AsyncIterable<Read>) => Promise<OpenDataFile>): Outlet<Piece> {
  const stream = new PassThrough(holdsText ? { highWaterMark: mostBytes } : { objectMode: true, highWaterMark: mostPieces });
  const kept = keep(stream as AsyncIterable<Read>);
  kept.catch((error: unknown) => stream.destroy(error instanceof Error ? error : new Error(String(error))));
  stream.on("error", () => undefined); // whoever writes hears it from `kept`
  return {
    async write(piece) {
      if (stream.destroyed) await kept;
      if (!stream.write(piece)) await Promise.race([once(stream, "drain"), kept]);
    },
    async end() {
      stream.end();
      return kept;
    },
    async abandon(reason) {
      stream.destroy(reason instanceof Error ? reason : new Error(String(reason)));
      await kept.catch(() => undefined);
    },
  };
}
