import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { FeedPart } from "../../src/model/run/feed-part.ts";
import { type FeedReader, feedNamesPerson } from "../../src/privacy/feed-names-person.ts";
import { forgottenPeople } from "../../src/privacy/forgotten-people.ts";
import { personTrace } from "../../src/privacy/person-trace.ts";

const key = "a key of the tests";
const people = forgottenPeople([personTrace({ kind: "name", normalised: "dupont helene" }, key)], [key]);

const plain: FeedReader = {
  contents: async function* (part) {
    yield part.open();
  },
  records: () => null,
};

function part(...pieces: Uint8Array[]): FeedPart {
  return {
    name: "feed",
    contentType: null,
    bytes: 0,
    path: "",
    open: async function* () {
      yield* pieces;
    },
  };
}

const utf8 = (text: string) => new TextEncoder().encode(text);

describe("a stored feed", () => {
  test.each([
    ["UTF-8", part(utf8("titre;contact\nx;Hélène Dupont\n"))],
    ["Windows' Latin", part(Buffer.from("x;H\u00e9l\u00e8ne Dupont", "latin1"))],
    ["UTF-16", part(Buffer.from("\ufeffx;Hélène Dupont", "utf16le"))],
    ["escaped JSON", part(utf8('{"c":"H\\u00e9l\\u00e8ne Dupont"}'))],
    ["across two pieces, in the middle of a letter", part(utf8("x;Hélène").subarray(0, 4), utf8("x;Hélène Dupont").subarray(4))],
    ["the second of two parts", part(utf8("rien"), utf8("; Dupont, Hélène"))],
  ])("holds her in %s", async (_, holding) => {
    expect(await feedNamesPerson([part(utf8("rien")), holding], [], people, plain)).toBe(true);
  });

  test("does not name somebody else", async () => {
    expect(await feedNamesPerson([part(utf8("Hélène Durand"))], [], people, plain)).toBe(false);
  });

  test("is read as records if its bytes cannot be read, or if her name is in two fields", async () => {
    const packed = part(gzipSync("x"));
    const reader = (records: unknown[]): FeedReader => ({
      contents: () => {
        throw new Error("no text");
      },
      records: async function* () {
        yield* records;
      },
    });
    expect(await feedNamesPerson([packed], ["a"], people, reader([{ nom: "Dupont", prenom: "Hélène" }]))).toBe(true);
    expect(await feedNamesPerson([packed], ["a"], people, reader([{ nom: "Durand", prenom: "Hélène" }]))).toBe(false);
    expect(await feedNamesPerson([packed], ["a"], people, { ...reader([]), records: () => null })).toBeNull();
  });
});
