import { once } from "node:events";
import { PassThrough } from "node:stream";
import type { OpenDataFile } from "../../model/aid/open-data.ts";

/** Stores pieces while more are made. */
export interface Outlet<Piece> {
  /** Takes a piece when there is room. Throws the failure of storing. */
  write(piece: Piece): Promise<void>;
  /** Ends the file and returns it once it is stored. */
  end(): Promise<OpenDataFile>;
  /** Gives up; nothing is stored. */
  abandon(reason: unknown): Promise<void>;
}

/** Maximum buffered size, in bytes for text, else in pieces. */
const mostBytes = 512 * 1024;
const mostPieces = 2;

/** Opens a file whose pieces `keep` reads as they come. `holdsText`: pieces are text, passed on as bytes. */
export function openOutlet<Piece, Read>(holdsText: boolean, keep: (pieces: AsyncIterable<Read>) => Promise<OpenDataFile>): Outlet<Piece> {
  const stream = new PassThrough(holdsText ? { highWaterMark: mostBytes } : { objectMode: true, highWaterMark: mostPieces });
  const kept = keep(stream as AsyncIterable<Read>);
  kept.catch((error: unknown) => stream.destroy(error instanceof Error ? error : new Error(String(error))));
  stream.on("error", () => undefined); // the writer gets it from `kept`
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
