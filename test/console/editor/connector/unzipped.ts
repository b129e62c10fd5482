import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Extracts an uncompressed zip into a folder. Returns the file names. */
export async function unzipInto(folder: string, zip: Uint8Array): Promise<string[]> {
  const bytes = Buffer.from(zip);
  const names: string[] = [];
  let at = 0;
  while (bytes.readUInt32LE(at) === 0x04034b50) {
    const size = bytes.readUInt32LE(at + 18);
    const [nameLength, extraLength] = [bytes.readUInt16LE(at + 26), bytes.readUInt16LE(at + 28)];
    const name = bytes.toString("ascii", at + 30, at + 30 + nameLength);
    const start = at + 30 + nameLength + extraLength;
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes.subarray(start, start + size));
    names.push(name);
    at = start + size;
  }
  return names;
}
