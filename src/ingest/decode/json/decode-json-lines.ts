import type { DecodeOptions } from "../../../kit/definition.ts";
import type { FeedContent } from "../container/open-feed.ts";
import type { Decoded, DecodeLimits } from "../decoded.ts";
import { recordTooLarge } from "../record-too-large.ts";
import { markedUtf16 } from "../text/encoding-marks.ts";
import { readText } from "../text/read-text.ts";
import { jsonRecord } from "./json-record.ts";
import { parseText } from "./parse-value.ts";

/**
 * Reads one JSON value per line. Blank lines are ignored; an invalid line is a broken record. `page` is a prefix for locators, `page 2, `
 * or empty. Throws `FeedUnreadable` (`too-large`) for an endless line.
 */
export async function* decodeJsonLines(
  content: FeedContent,
  { fieldsUnder }: Pick<Extract<DecodeOptions, { format: "json" }>, "fieldsUnder">,
  limits: DecodeLimits,
  page: string,
): AsyncGenerator<Decoded[]> {
  let line = "";
  let isRepaired = false;
  let records = 0;

  function endLine(): Decoded[] {
    const [text, repaired] = [line, isRepaired];
    line = "";
    isRepaired = false;
    if (text.trim() === "") return [];
    records++;
    return [jsonRecord(parseText(text, repaired), `${page}item ${records}`, fieldsUnder)];
  }

  for await (const pieces of readText(content.bytes(), markedUtf16(content.head) ?? "utf-8")) {
    const decoded: Decoded[] = [];
    for (const { text, repaired } of pieces) {
      for (const [index, part] of text.split("\n").entries()) {
        if (index > 0) decoded.push(...endLine());
        line += part;
        isRepaired ||= repaired;
      }
    }
    if (line.length > limits.recordBytes) throw recordTooLarge(`${page}item ${records + 1}`, limits.recordBytes);
    yield decoded;
  }
  yield endLine();
}
