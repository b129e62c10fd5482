import { describe, expect, it } from "vitest";
import { firstContact } from "../../src/french/letters/first-contact.ts";
import { publisherKinds } from "../../src/model/publisher/publisher-kinds.ts";

const given = {
  publisher: "Département de la Drôme",
  kind: "department",
  aidsThroughOthers: 3,
  missedSearches: 12,
  guide: "https://exemple.fr/publier-ses-aides",
  check: "https://exemple.fr/verifier",
  by: "Marie Le Goff",
  service: "Moisson",
};
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("a first contact", () => {
  it("asks for one thing, says why, and where to try a file", () => {
    const { subject, mail, call } = firstContact(given);
    expect(plain(subject)).toBe("Département de la Drôme : faire connaître vos aides aux communes et aux associations");
    const read = plain(mail);
    expect(read).toContain("3 de vos aides, reprises d’autres sources");
    expect(read).toContain("12 recherches pour votre territoire n’ont rien trouvé");
    expect(read).toContain("https://exemple.fr/verifier");
    expect(read.endsWith("Marie Le Goff")).toBe(true);
    expect(plain(call[0] ?? "")).toContain("agence technique départementale");
  });

  it("gives no reason that it does not have", () => {
    const { mail, call } = firstContact({ ...given, aidsThroughOthers: 0, missedSearches: 0 });
    expect(`${mail}${call.join()}`).not.toMatch(/\b0 |d’autres sources|recherche/);
  });

  it.each(publisherKinds)("is written for %s", (kind) => {
    const { subject, mail, call } = firstContact({ ...given, kind });
    expect(`${subject}${mail}${call.join()}`).not.toContain("undefined");
  });
});
