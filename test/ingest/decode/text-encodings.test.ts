import { describe, expect, it } from "vitest";
import { decodeBytes } from "../../../src/ingest/decode/text/decode-bytes.ts";
import { repairUtf8 } from "../../../src/ingest/decode/text/utf8.ts";

describe("bytes of windows-1252", () => {
  it("decode to the euro sign, quotes and ligatures between 0x80 and 0x9F", () => {
    expect(decodeBytes(Uint8Array.of(0x80, 0x92, 0x9c, 0xe9), "windows-1252")).toBe("€’œé");
  });

  it("are repaired in a UTF-8 feed: the amount keeps its euro sign", () => {
    const pieces = repairUtf8(Buffer.from([0xc3, 0xa9, 0x20, 0x31, 0x35, 0x20, 0x80]));
    expect(pieces).toEqual([
      { text: "é 15 ", repaired: false },
      { text: "€", repaired: true },
    ]);
  });
});
