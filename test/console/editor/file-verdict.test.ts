import { describe, expect, it } from "vitest";
import { FileVerdictNotice } from "../../../src/console/pages/editor/file-verdict.tsx";
import type { FileKind } from "../../../src/model/survey/file-kind.ts";

function notice(kind: FileKind, hasChosen = false): string {
  const verdict = {
    kind,
    certainty: 0.9,
    isFirm: true,
    evidence: [{ code: "amounts-granted" as const, params: { path: "montant", example: "500" } }],
  };
  return String(FileVerdictNotice({ verdict, continueAction: "/continuer", stopHref: "/accueil", csrf: "jeton", hasChosen }));
}

describe("FileVerdictNotice", () => {
  it("offers to stop or to continue if the file is no list of aids, with the reasons", () => {
    const html = notice("grants-paid");
    expect(html).toContain("une liste de subventions déjà versées, pas une liste d’aides");
    expect(html).toMatch(/«\smontant\s» donne un montant à chaque ligne/);
    expect(html).toMatch(/href="\/accueil"[^>]*>\s*Arrêter là/);
    expect(html).toMatch(/action="\/continuer".*Continuer quand même/s);
  });

  it("offers no choice for aids, or once the person has chosen", () => {
    for (const html of [notice("aids"), notice("unknown"), notice("grants-paid", true)]) expect(html).not.toContain("/continuer");
  });
});
