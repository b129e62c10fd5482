import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanHtml } from "../../src/kit/values/html/clean-html.ts";
import { AidContent } from "../../src/model/aid/aid.ts";
import { holdsHtml } from "../../src/model/aid/field-table.ts";
import { wholeContent } from "../../src/model/aid/filled-content.ts";
import { suggestFor } from "../../src/suggest/suggest-for.ts";
import { propertyRuns } from "../support/property-runs.ts";

/** Pieces of sentences that rules look for, and pieces that try to break out of them. */
const pieces = [
  ...[
    "Contact : ",
    "service@mairie.fr",
    "04 75 00 00 00",
    "https://x.fr/a?b=1&c=2",
    '<a href="https://demarches-simplifiees.fr/x">Déposer un dossier</a>',
  ],
  ...["dépôt des dossiers avant le ", "31/03/2027", "du 1er mars 2027 au 30 juin 2027", "fin février 2028", "31/02/2027", "toute l'année"],
  ...[
    "subvention ",
    "80 %",
    "de 20 à 150 %",
    "-5 %",
    "prêt jusqu'à ",
    "10 000 €",
    "99999999999999 €",
    "communes de moins de 2 000 habitants",
  ],
  ...[
    "<h3>Bénéficiaires</h3>",
    "<p>",
    "</p>",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "&lt;b&gt;",
    "\u0000",
    "\ud800",
    "x".repeat(300),
    ". ",
    " : ",
  ],
];
const text = fc.array(fc.constantFrom(...pieces), { maxLength: 25 }).map((parts) => parts.join(""));

describe("suggested values", () => {
  it("fit the schema, are safe HTML, and have evidence", () => {
    fc.assert(
      fc.property(text, text, text, (name, description, eligibility) => {
        const content = wholeContent({ name: name.slice(0, 255) || "Aide", description, importShareLicence: "unknown" });
        for (const one of [...suggestFor(content), ...suggestFor({ ...content, eligibility })]) {
          expect(
            AidContent.shape[one.field].safeParse(one.value).error?.issues,
            `${one.field} ${JSON.stringify(one.value)}`,
          ).toBeUndefined();
          expect(one.evidence.length).toBeGreaterThan(0);
          if (holdsHtml(one.field)) expect(cleanHtml(one.value as string)).toBe(one.value);
        }
      }),
      { numRuns: propertyRuns(400) },
    );
  });
});
