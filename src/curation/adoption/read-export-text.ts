import { Buffer } from "node:buffer";
import { ExportUnreadable } from "./export-unreadable.ts";

/** An exported file: name for messages, and bytes. */
export interface LiveExport {
  readonly file: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** The site has some 3,000 aids, 20 MB; ten times that is another file. */
export const largestExportMegabytes = 200;

/**
 * Returns the text of an export in UTF-8, or in UTF-16 with its mark, as PowerShell writes it. Throws `ExportUnreadable` if it is too
 * large or not text.
 */
export async function readExportText({ file, bytes }: LiveExport): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > largestExportMegabytes * 1e6) {
      throw new ExportUnreadable(
        file,
        null,
        `more than ${largestExportMegabytes} MB; an export of the whole site has about 20: give that file`,
      );
    }
    chunks.push(chunk);
  }
  const whole = Buffer.concat(chunks);
  const encoding = whole[0] === 0xff && whole[1] === 0xfe ? "utf-16le" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(whole);
  } catch {
    throw new ExportUnreadable(
      file,
      null,
      "no text in UTF-8 (a spreadsheet, an archive?); give the JSON of Aides-territoires' API as it came",
    );
  }
}
