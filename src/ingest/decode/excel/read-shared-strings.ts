import { TextRuns } from "./excel-text.ts";
import type { OfficePackage } from "./open-package.ts";
import { decompressionLimit } from "./read-fault.ts";
import { readXml } from "./read-xml.ts";
import { TextStore } from "./text-store.ts";

/** Maximum size in memory, bytes. */
const mostHeld = 512 * 1024 ** 2;

/** Reads the shared texts, by position. They are held in memory, because a cell may refer to any of them. */
export async function readSharedStrings(file: OfficePackage, part: string | null, decompressedBytes: number): Promise<TextStore> {
  const texts = new TextStore();
  if (part === null || !file.has(part)) return texts;
  const runs = new TextRuns(part);
  await readXml(file.read(part, decompressedBytes), part, {
    open: (element) => runs.open(element),
    text: (text) => runs.text(text),
    close(element) {
      runs.close(element);
      if (element !== "si") return;
      texts.add(runs.take());
      if (texts.bytes > mostHeld) throw decompressionLimit(part, mostHeld);
    },
  });
  return texts;
}
