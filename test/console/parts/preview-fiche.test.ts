import { describe, expect, it } from "vitest";
import { PreviewFiche } from "../../../src/console/parts/preview-fiche.tsx";
import type { AidContent } from "../../../src/model/aid/aid.ts";
import type { SharedAid } from "../../../src/partners/preview-content.ts";
import { exampleAid } from "../../support/example-aid.ts";

/** Returns the text of a fiche, one line per name, value and heading. */
function fiche(content: Partial<AidContent>, more: Partial<SharedAid> = {}): string {
  const aid = { content: { ...exampleAid(), ...content }, missing: [], ...more };
  return String(PreviewFiche({ aid }))
    .replace(/<\/(?:dt|dd|h3|h4|p|div|li)>/g, "\n")
    .replace(/<[^>]+>/g, "")
    .replace(/[\u00a0\u202f]/g, " ");
}

describe("an aid as a local authority would see it", () => {
  const gaps = {
    ...{ submissionDeadline: null, recurrence: "ongoing", financers: [], financerSuggestion: null, contact: null },
    ...{ subventionRateLowerBound: null, subventionRateUpperBound: null, subventionComment: null, loanAmount: null },
    ...{ recoverableAdvanceAmount: null, otherFinancialAidComment: null, aidTypes: ["grant"] },
    ...{ categories: [], mobilizationSteps: [], destinations: [] },
  } satisfies Partial<AidContent>;

  it("says what its publisher does not give, and what we have not classified", () => {
    const shown = fiche(gaps);
    expect(shown).toContain("Qui finance\nnon précisé par le producteur\n");
    expect(shown).toContain("Contact\nnon précisé par le producteur\n");
    expect(shown).toContain("Montant\nnon précisé par le producteur\n");
    for (const name of ["Thématiques", "État d’avancement du projet", "Types de dépenses"])
      expect(shown).toContain(`${name}\npas encore classée\n`);
    const whole = { contact: "<p>Service des aides</p>", subventionComment: "selon le projet" };
    expect(fiche({ ...whole, categories: ["arts"], mobilizationSteps: ["op"], destinations: ["investment"] })).not.toMatch(
      /non précisé|pas encore classée/,
    );
  });

  it("is open all year only if somebody says so", () => {
    expect(fiche(gaps)).toMatch(/Date[^\n]*\nsans date limite annoncée\n/);
    expect(fiche(gaps)).not.toContain("Permanente");
    expect(fiche(gaps, { isPermanent: true })).toContain("Récurrence\nPermanente\n");
    expect(fiche(gaps, { isPermanent: true })).toMatch(/Date[^\n]*\ntoute l’année\n/);
    expect(fiche({ ...gaps, recurrence: "recurring" })).toMatch(/Date[^\n]*\ndates à vérifier auprès du producteur\n/);
    expect(fiche({ ...gaps, recurrence: null })).toMatch(/Date[^\n]*\nnon précisé par le producteur\n/);
  });

  it("does not say that a publisher lacks what the gate for people has removed", () => {
    const shown = fiche(gaps, { leftOut: ["contact"] });
    expect(shown).toContain("Contact\nune personne, que nous ne nommons pas\n");
  });

  it("marks the values of ours that nobody has confirmed", () => {
    const shown = fiche({ mobilizationSteps: ["op"], categories: ["arts"] }, { ours: ["mobilizationSteps"] });
    expect(shown.match(/complété par Moisson, à confirmer/g)).toHaveLength(1);
  });

  it("says in French what an aid in another language is", () => {
    const shown = fiche({
      ...{ name: "Grants for the renovation of rural roofs", language: "en", isCallForProject: true, aidTypes: ["grant"] },
      ...{ submissionDeadline: "2027-03-17", targetedAudiences: ["commune", "association"] },
      financers: [{ name: "Commission européenne", siren: null }],
    });
    expect(shown).toContain("en anglais");
    expect(shown).toContain(
      "Appel à projets (subvention) ; financeur : Commission européenne ; pour : Communes et Associations ; jusqu’au 17 mars 2027.",
    );
    expect(fiche({})).not.toContain("en anglais");
  });
});
