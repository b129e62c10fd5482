import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSuspect, repairText } from "../../../src/ingest/decode/text/repair-text.ts";
import { decodeBytes, issuesOf, valuesOf } from "../../support/decode-bytes.ts";
import { misread } from "../../support/encode-twice.ts";
import { propertyRuns } from "../../support/property-runs.ts";

const encodings = ["windows-1252", "latin1"] as const;
const repaired = (text: string) => (isSuspect(text) ? repairText(text).text : text);

const frenchTexts = [
  "L’été : « 500 € » à 50 % — cœur, Noël, garçon…",
  "À l'École, ÊTRE ÉLÈVE, ÇA, ÎLE, Œuvre, AÿÜ",
  "aide d\u00a0abord, n°\u202f12, m², 3½, CO₂, 11ᵉ édition",
  "• puce, → flèche, ✓ coché, ≥ 3, ™ ©",
  "e\u0301te\u0301 de\u0301compose\u0301, façade",
  "\ufeffun bandeau",
  "📅 Quand ? le 3 août",
];

describe("texts that are encoded in UTF-8 twice", () => {
  it.each(encodings.flatMap((encoding) => frenchTexts.map((text) => [encoding, text] as const)))(
    "are repaired: %s, %s",
    (encoding, text) => {
      expect(repaired(misread(text, encoding))).toBe(text);
    },
  );

  it("are repaired when they are encoded three or four times, also with different errors", () => {
    for (const text of frenchTexts) {
      for (const first of encodings) {
        for (const second of encodings) {
          const thrice = misread(misread(text, first), second);
          expect(repaired(thrice)).toBe(text);
          expect(repaired(misread(thrice, first))).toBe(text);
        }
      }
    }
  });

  it("are repaired beside sound text", () => {
    expect(repaired("Région Île-de-France : lâ€™aide Ã\u00a0 lâ€™achat")).toBe("Région Île-de-France : l’aide à l’achat");
  });

  it("repairs names from other countries only in texts that are encoded twice as a whole", () => {
    expect(repaired(misread("Łódź, Győr et Šibenik à l’été", "windows-1252"))).toBe("Łódź, Győr et Šibenik à l’été");
    expect(repaired("été : lâ€™aide Å\u0081ukasza")).toBe("été : l’aide Å\u0081ukasza");
  });

  it("keeps a text whose remains would stay illegible, and reports it", () => {
    for (const text of ["Ã la carte, voilÃ©", "rÃ©union du 3 Ã 5", "lâ€ aide Ã©crite", "voilÃ"]) {
      expect([text, repairText(text)]).toEqual([text, { text, isRepaired: false, isBroken: true }]);
    }
  });

  it("repairs a text beside a lost character, and reports that character", () => {
    expect(repairText("Ã©t\ufffd")).toEqual({ text: "ét\ufffd", isRepaired: true, isBroken: true });
    expect(repairText("Ã©tï¿½")).toEqual({ text: "ét\ufffd", isRepaired: true, isBroken: true });
  });
});

describe("texts that only look encoded twice", () => {
  it.each([
    "CAFÉ®",
    "Â",
    "ÂGE, Âne, CHÂTEAU, GRÂCE",
    "SÃO PAULO, JOÃO, IRMÃS",
    "privé\u00a0», « à\u00a0« voir » »",
    "été…», l'Î», Ï»",
    "«\u00a0à\u00a0»",
    "100\u00a0€, 20\u00a0%",
    "Ål, Ångström",
    "ñ ESPAÑA®",
    "maïs€, naïf»",
    "Ελλάδα, България, Łódź",
    "日本語",
  ])("stay: %s", (text) => {
    expect(repairText(text)).toEqual({ text, isRepaired: false, isBroken: false });
  });
});

const soundText = fc
  .array(fc.constantFrom(...Array.from("abc eéèêàçùîïôœ ’«»€—…°\u00a0ÉÀÇŒ1,<p>\n")), { maxLength: 40 })
  .map((characters) => characters.join(""));

describe("any French text", () => {
  it("is not changed, and comes back however it was encoded twice", () => {
    fc.assert(
      fc.property(soundText, fc.constantFrom(...encodings), fc.integer({ min: 1, max: 3 }), (text, encoding, times) => {
        expect(repaired(text)).toBe(text);
        let damaged = text;
        for (let time = 0; time < times; time++) damaged = misread(damaged, encoding);
        expect(repaired(damaged)).toBe(text);
      }),
      { numRuns: propertyRuns(4000) },
    );
  });

  it("gives the same result when it is repaired again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), soundText, (any, sound) => {
        const once = repaired(any + misread(sound, "windows-1252"));
        expect(repaired(once)).toBe(once);
      }),
      { numRuns: propertyRuns(2000) },
    );
  });
});

describe("feeds whose texts are encoded twice", () => {
  const csv = "id;Intitulé;Bénéficiaires\n1;Aide à l’été;communes\n2;Bonus;départements\n3;Sans accent;associations\n";
  const records = [
    { id: "1", Intitulé: "Aide à l’été", détail: [{ clé: "été" }] },
    { id: "2", Intitulé: "Bonus", détail: [] },
  ];

  it("give the records of a sound CSV, titles included, and report each record", async () => {
    const sound = await decodeBytes(csv, { format: "csv" });
    const damaged = await decodeBytes(misread(csv, "windows-1252"), { format: "csv" });
    expect(valuesOf(damaged)).toEqual(valuesOf(sound));
    expect([issuesOf(sound), issuesOf(damaged)]).toEqual([[], ["encoded-twice row 2", "encoded-twice row 3", "encoded-twice row 4"]]);
  });

  it.each([
    ["as characters", (text: string) => text],
    [
      "as escapes",
      (text: string) => text.replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`),
    ],
  ])("give the records of a sound JSON, written %s", async (_, write) => {
    const damaged = await decodeBytes(write(misread(JSON.stringify(records), "latin1")), { format: "json" });
    expect(valuesOf(damaged)).toEqual(records);
    expect(damaged.issues).toMatchObject([
      { code: "encoded-twice", severity: "info", locator: "item 1", value: misread("Intitulé", "latin1") },
      { code: "encoded-twice", locator: "item 2" },
    ]);
  });

  it("give the records of a sound XML", async () => {
    const xml = "<flux><aide><titre>L’été</titre><texte>10 € à gagner</texte></aide></flux>";
    const damaged = await decodeBytes(misread(xml, "windows-1252"), { format: "xml", recordPath: "/flux/aide" });
    expect(valuesOf(damaged)).toEqual([{ titre: "L’été", texte: "10 € à gagner" }]);
    expect(issuesOf(damaged)).toEqual(["encoded-twice /flux/aide[1]"]);
  });

  it("report characters that are lost in the feed itself", async () => {
    const damaged = await decodeBytes(JSON.stringify([{ titre: "\ufffdt\ufffd" }, { titre: "été" }]), { format: "json" });
    expect(damaged.issues).toMatchObject([{ code: "characters-broken", severity: "warning", locator: "item 1", value: "\ufffdt\ufffd" }]);
  });
});
