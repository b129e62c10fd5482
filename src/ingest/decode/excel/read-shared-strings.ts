import { TextRuns } from "./excel-text.ts";
import type { OfficePackage } from "./open-package.ts";
import { decompressionLimit } from "./read-fault.ts";
import { readXml } from "./read-xml.ts";
import { TextStore } from "./text-store.ts";

/** Most bytes that are held: cells may point to any of the texts at any time. */
const mostHeld = 512 * 1024 ** 2;

/** The texts that cells point to, by position. They are all held in memory: the only part of a workbook whose size counts there. */
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
