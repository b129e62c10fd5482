import fc from "fast-check";
import pc from "picocolors";
import { describe, expect, it } from "vitest";
import { printable } from "../../../src/cli/printable.ts";
import { renderChange } from "../../../src/cli/render/render-change.ts";
import type { Change, Edit, FieldChange, PerField } from "../../../src/model/plan/plan.ts";

const plain = pc.createColors(false);
const colored = pc.createColors(true);
const correction: Edit = { value: "04 75 00 00 00", by: "Claire Martin", at: "2026-11-03T09:12:00Z", note: "corrigé au téléphone" };

function change(kind: Change["kind"], fields: PerField<FieldChange> = {}, more: Partial<Change> = {}): Change {
  return { aidId: "0b9a2f0e-6d4c-5a63-8f0e-3a0a54f2b8a1", externalId: "162", baseRevision: 3, kind, fields, ...more };
}

/** Returns a change by the publisher to an untouched field. */
function changed(last: unknown, incoming: unknown, action: FieldChange["action"] = "apply"): FieldChange {
  return { last, current: last, incoming, action };
}

function shown(of: Change, options: { width?: number; whole?: boolean; titleOf?: string } = {}, colors = plain): string[] {
  return renderChange(of, colors, { width: 100, whole: false, ...options }).split("\n");
}

/** The lines below the headline. */
function fieldsShown(fields: PerField<FieldChange>, options?: { width?: number; whole?: boolean }): string[] {
  return shown(change("update", fields), options).slice(1);
}

describe("the headline", () => {
  it("says what happens to which aid, with a sign that is known at a glance", () => {
    const titleOf = "Rénover un gymnase";
    expect(shown(change("create"), { titleOf })).toEqual(["+ create       162  Rénover un gymnase"]);
    expect(shown(change("withdraw"), { titleOf })).toEqual(["- withdraw     162  Rénover un gymnase"]);
    expect(shown(change("restore"), { titleOf })).toEqual(["↩ restore      162  Rénover un gymnase"]);
    expect(shown(change("remove"))).toEqual(["× remove       162"]);
  });

  it("breaks a long title below its beginning", () => {
    const titleOf = "Rénover les bâtiments publics des communes rurales";
    expect(shown(change("create"), { titleOf, width: 50 })).toEqual([
      "+ create       162  Rénover les bâtiments publics",
      "                    des communes rurales",
    ]);
  });

  it("names an aid that comes under a new id by both, and says how sure that is and why", () => {
    const match = { with: "AIDE-17", certainty: 0.928, reasons: ["same-link", "similar-title"] as const };
    expect(shown(change("re-identify", {}, { externalId: "2026/17", match }), { titleOf: "Aide aux piscines" })).toEqual([
      "⇄ re-identify  AIDE-17 → 2026/17  Aide aux piscines",
      "    92 % sure that it is the same aid: same link, similar title",
    ]);
  });

  it("undoing that, goes back to the old id", () => {
    const back = change("re-identify", {}, { externalId: "2026/17", state: { externalId: "AIDE-17" } });
    expect(shown(back)).toEqual(["⇄ re-identify  2026/17 → AIDE-17"]);
  });

  it("tells what a curator does to the aid as a whole, and the note", () => {
    const state = { status: "merged", mergedInto: "5b9a2f0e-6d4c-5a63-8f0e-3a0a54f2b8a1" } as const;
    expect(shown(change("merge", {}, { state, note: "la même aide que celle de l'ADEME" }))).toEqual([
      "→ merge        162",
      "    merged into 5b9a2f0e-6d4c-5a63-8f0e-3a0a54f2b8a1",
      "    note: la même aide que celle de l'ADEME",
    ]);
    expect(shown(change("publish", {}, { state: { status: "published" } }))).toEqual(["↑ publish      162", "    status: published"]);
    const watch = { state: "suspended", until: "2027-03-01", reason: "budget épuisé", by: "Claire", at: "2026-11-25T09:00:00Z" } as const;
    expect(shown(change("suspend", {}, { state: { watch } }))).toEqual([
      "‖ suspend      162",
      "    suspended until 2027-03-01 by Claire: budget épuisé",
    ]);
  });
});

describe("short values", () => {
  it("stand beside their field, old → new, in columns and in the order of the schema", () => {
    const fields = {
      loanAmount: changed(null, 120_000, "fill"),
      submissionDeadline: changed("2026-10-31", "2026-12-15"),
      isCallForProject: changed(false, true, "propose"),
      subventionRateUpperBound: changed(40, 50.5, "propose"),
      importDataMention: changed("Source : Drôme", null),
    };
    expect(fieldsShown(fields)).toEqual([
      "    isCallForProject          proposed to a curator  no → yes",
      "    submissionDeadline        applied                2026-10-31 → 2026-12-15",
      "    subventionRateUpperBound  proposed to a curator  40 % → 50,5 %",
      "    loanAmount                filled                 (empty) → 120 000 €",
      "    importDataMention         applied                Source : Drôme → (empty)",
    ]);
  });

  it("lists show what came and what went", () => {
    const drome = { name: "Département de la Drôme", siren: "222600017" };
    const fields = {
      targetedAudiences: changed(["commune", "epci"], ["commune", "association", "farmer"]),
      keywords: changed([], ["eau", "énergie"], "fill"),
      financers: changed([drome], [drome, { name: "ADEME", siren: null }]),
      perimeters: changed([{ scale: "department", code: "26", name: "Drôme" }], [{ scale: "region", code: "84", name: "Rhône" }]),
    };
    expect(fieldsShown(fields)).toEqual([
      "    targetedAudiences  applied  + association, farmer - epci",
      "    keywords           filled   (empty) → eau, énergie",
      "    financers          applied  + ADEME",
      "    perimeters         applied  + Rhône (region 84) - Drôme (department 26)",
    ]);
  });

  it("a list of many is cut, unless all of it is wanted", () => {
    const fields = {
      keywords: changed(
        ["eau"],
        Array.from({ length: 40 }, (_, place) => `mot${place}`),
      ),
    };
    expect(fieldsShown(fields).join(" ")).toMatch(/\+ mot0, .*, mot11 and 28 more - eau$/);
    expect(fieldsShown(fields, { whole: true }).join(" ")).toContain("mot39");
  });

  it("links show the part that differs", () => {
    const fields = {
      originUrl: changed(
        "https://www.ladrome.fr/mes-services/aides-aux-communes/energie/162",
        "https://www.ladrome.fr/mes-services/aides-aux-communes/energie/renover",
      ),
      applicationUrl: changed("https://www.ladrome.fr/aides/162", "https://ladrome-aides.example/aides/162"),
    };
    expect(fieldsShown(fields)).toEqual([
      "    originUrl       applied  https://www.ladrome.fr/mes-ser…nes/energie/[-162-]{+renover+}",
      "    applicationUrl  applied  https://[-www.ladrome.fr-]{+ladrome-aides.example+}/aides/162",
    ]);
    expect(fieldsShown(fields, { whole: true }).join("\n")).toContain(
      "https://www.ladrome.fr/mes-services/aides-aux-communes/energie/[-162-]",
    );
  });
});

describe("texts", () => {
  const before =
    "<p>Cette aide accompagne les communes rurales dans la rénovation de leurs bâtiments publics, notamment les écoles, les gymnases, " +
    "les salles polyvalentes. Elle finance les études préalables, les travaux d'isolation et le remplacement des chaudières au fioul.</p>" +
    "<ul><li>un audit énergétique de moins de trois ans</li><li>un plan de financement</li></ul>" +
    '<p>Écrivez à <a href="mailto:energie@drome.fr" rel="noopener">energie@drome.fr</a> ou appelez le service Habitat &amp; Énergie du ' +
    "Département au 04 75 79 26 26, du lundi au vendredi.</p>";
  const after = before
    .replace("communes rurales", "communes et intercommunalités")
    .replace("trois ans", "deux ans")
    .replace("</li></ul>", "</li><li>trois devis</li></ul>");

  it("are plain texts compared word by word; what stays is folded to the words beside a change", () => {
    expect(fieldsShown({ description: changed(before, after, "propose") })).toEqual([
      "    description  proposed to a curator",
      "        Cette aide accompagne les communes [-rurales-] {+et intercommunalités+} dans la rénovation",
      "        de leurs bâtiments publics … 23 words …",
      "        - un audit énergétique de moins de [-trois-] {+deux+} ans",
      "        - un plan de financement",
      "        {+- trois devis¶+}",
      "        Écrivez à energie@drome.fr ou appelez … 16 words …",
    ]);
  });

  it("are shown from end to end where they are wanted whole", () => {
    expect(fieldsShown({ description: changed(before, after) }, { whole: true })).toEqual([
      "    description  applied",
      "        Cette aide accompagne les communes [-rurales-] {+et intercommunalités+} dans la rénovation",
      "        de leurs bâtiments publics, notamment les écoles, les gymnases, les salles polyvalentes.",
      "        Elle finance les études préalables, les travaux d'isolation et le remplacement des",
      "        chaudières au fioul.",
      "        - un audit énergétique de moins de [-trois-] {+deux+} ans",
      "        - un plan de financement",
      "        {+- trois devis¶+}",
      "        Écrivez à energie@drome.fr ou appelez le service Habitat & Énergie du Département au 04 75",
      "        79 26 26, du lundi au vendredi.",
    ]);
  });

  it("a title that is rewritten in part shows the words", () => {
    const fields = { name: changed("Rénovation des bâtiments publics", "Rénovation acoustique des bâtiments publics") };
    expect(fieldsShown(fields)).toEqual(["    name  applied  Rénovation {+acoustique+} des bâtiments publics"]);
  });

  it("words with an apostrophe change whole, and small words between two changes do not cut the change in pieces", () => {
    const fields = {
      contact: changed(
        "<p>Adressez la demande à la direction de l'eau du département.</p>",
        "<p>Adressez la demande au service de l’énergie du département.</p>",
      ),
    };
    expect(fieldsShown(fields)).toEqual([
      "    contact  applied",
      "        Adressez la demande [-à la direction de l'eau-] {+au service de l’énergie+} du département.",
    ]);
  });

  it("that have little in common stand under one another, counted and folded", () => {
    const words = (word: string, count: number) => `<p>${Array.from({ length: count }, (_, place) => `${word}${place}`).join(" ")}</p>`;
    const lines = fieldsShown({ description: changed(words("ancien", 60), words("neuf", 80)) });
    expect(lines[1]).toBe("        text rewritten: 60 words before, 80 after");
    expect(lines[2]).toMatch(/^ {8}ancien0 ancien1 /);
    expect(lines.join(" ")).toMatch(/ancien39\s+… 12 words …\s+ancien52 .*ancien59 {9}→ neuf0 .*neuf39\s+… 32 words …\s+neuf72 .*neuf79$/);
  });

  it("that differ in blanks and tags only say so", () => {
    const fields = { description: changed("<p>Le toit.<br>Le sol.</p>", "<p>Le toit.</p><p>Le sol.</p>") };
    expect(fieldsShown(fields)).toEqual(["    description  applied  the same words, written otherwise"]);
  });

  it("tables and formats that Markdown has no sign for are no tags on the screen", () => {
    const table = (rate: string) =>
      `<table><tbody><tr><td>Taux</td><td><u>${rate}</u></td></tr><tr><td>Plafond</td><td>&lt; 5 000 €</td></tr></tbody></table>`;
    expect(fieldsShown({ description: changed(table("40 %"), table("50 %")) })).toEqual([
      "    description  applied",
      "        Taux | [-40-] {+50+} %",
      "        Plafond | < 5 000 €",
    ]);
  });
});

describe("what a person corrected", () => {
  it("shows what the publisher said before and now, what is shown, and whose word that is", () => {
    const contactPhone: FieldChange = {
      last: "04 75 79 26 26",
      current: "04 75 00 00 00",
      incoming: "04 75 79 82 00",
      action: "keep",
      before: { edit: correction },
      after: { edit: correction },
    };
    expect(fieldsShown({ contactPhone }, { width: 120 })).toEqual([
      "    contactPhone  kept as it is",
      "        publisher before      04 75 79 26 26",
      "        publisher now         04 75 79 82 00",
      "        shown                 04 75 00 00 00 (by Claire Martin, 2026-11-03 10:12: corrigé au téléphone)",
    ]);
  });

  it("of a text shows the publisher's change, and what is other in the text that is shown", () => {
    const contact: FieldChange = {
      last: "<p>Service Habitat, 26000 Valence</p>",
      current: "<p>Mme Durand, service Habitat, 26000 Valence</p>",
      incoming: "<p>Service Habitat, 26000 Valence, 2e étage</p>",
      action: "propose",
      before: { kept: "<p>Mme Durand, service Habitat, 26000 Valence</p>", proposal: { at: "2026-11-20T01:00:00Z", runId: "8c1d22e0" } },
    };
    expect(fieldsShown({ contact })).toEqual([
      "    contact  proposed to a curator",
      "        publisher             Service Habitat, 26000 Valence{+, 2e étage+}",
      "        shown                 [-Service-] {+Mme Durand, service+} Habitat, 26000 Valence (a change",
      "                              waits for a curator since 2026-11-20 02:00)",
    ]);
  });

  it("is told as it is made, from what was shown", () => {
    const contactPhone = { ...changed("04 75 79 26 26", "04 75 00 00 00"), after: { edit: correction } };
    expect(shown(change("edit", { contactPhone }))).toEqual([
      "✎ edit         162",
      "    contactPhone  applied  04 75 79 26 26 → 04 75 00 00 00",
      "        by Claire Martin, 2026-11-03 10:12: corrigé au téléphone",
    ]);
  });

  it("shows the publisher's value too where the correction is of another one", () => {
    const contactPhone: FieldChange = { last: "04 75 79 26 26", current: "04 75 11 11 11", incoming: "04 75 00 00 00", action: "apply" };
    expect(shown(change("edit", { contactPhone }))).toEqual([
      "✎ edit         162",
      "    contactPhone  applied  04 75 11 11 11 → 04 75 00 00 00",
      "        publisher             04 75 79 26 26",
    ]);
  });

  it("a proposal that is accepted says since when it waited", () => {
    const destinations: FieldChange = {
      last: ["supply", "investment"],
      current: ["supply"],
      incoming: ["supply", "investment"],
      action: "apply",
      before: { kept: ["supply"], proposal: { at: "2026-11-20T01:00:00Z", runId: "8c1d22e0" } },
    };
    expect(shown(change("accept", { destinations }))).toEqual([
      "✓ accept       162",
      "    destinations  applied  + investment",
      "        proposed 2026-11-20 02:00",
    ]);
  });
});

describe("a terminal", () => {
  const fields = { description: changed("<p>Le toit et le sol du gymnase.</p>", "<p>Le toit et le mur du gymnase.</p>") };

  it("with colours shows what went red and what came green, without signs", () => {
    expect(shown(change("update", fields), {}, colored)).toEqual([
      `${colored.yellow("~ update       ")}${colored.bold("162")}`,
      `    ${colored.bold("description")}  ${colored.dim("applied")}  Le toit et le ${colored.red("sol")} ${colored.green("mur")} du gymnase.`,
    ]);
  });

  it("gets our colours through, and none of the feed's", () => {
    const hostile = "\u001b[31mrouge\u001b[2J";
    const name = {
      ...changed(`${hostile} un titre assez long`, `${hostile} un titre plus long encore`),
      before: { edit: { ...correction, by: hostile } },
    };
    const evil = change("update", { name, keywords: changed(["a"], [hostile]) }, { externalId: hostile, note: hostile });
    const inColors = shown(evil, { titleOf: hostile }, colored).join("\n");
    expect(printable(inColors)).toBe(inColors);
    expect(inColors).not.toContain("\u001b[31mrouge");
    expect(shown(evil, { titleOf: hostile }).join("\n")).not.toContain("\u001b");
  });

  it("has no line that is wider than it, long words apart, whatever the texts", () => {
    const text = fc.array(fc.stringMatching(/^[a-zé,.'’]{1,9}$/), { minLength: 1, maxLength: 90 }).map((words) => words.join(" "));
    fc.assert(
      fc.property(text, text, fc.integer({ min: 60, max: 140 }), fc.boolean(), (last, incoming, width, whole) => {
        const lines = shown(change("update", { eligibility: changed(`<p>${last}</p>`, `<p>${incoming}</p>`) }), { width, whole });
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe("the difference is true", () => {
  const text = fc.array(fc.constantFrom("le", "toit", "et", "sol", "gymnase", "école", ",", "commune"), { minLength: 9, maxLength: 60 });
  const isOf = (lines: readonly string[], kept: "before" | "after") => {
    const [gone, stays] = kept === "before" ? [/\{\+.*?\+\}/gs, /\[-|-\]/g] : [/\[-.*?-\]/gs, /\{\+|\+\}/g];
    return lines.join(" ").replace(gone, " ").replace(stays, "").replace(/\s+/g, "");
  };

  it("what is not added is the old text, what is not removed the new one", () => {
    fc.assert(
      fc.property(text, text, (last, incoming) => {
        const [before, after] = [last.join(" "), incoming.join(" ")];
        const [, , ...lines] = shown(change("update", { contact: changed(`<p>${before}</p>`, `<p>${after}</p>`) }), {
          whole: true,
          width: 70,
        });
        fc.pre(before !== after && !lines.join(" ").includes("→") && lines.length > 0);
        expect(isOf(lines, "before")).toBe(before.replaceAll(" ", ""));
        expect(isOf(lines, "after")).toBe(after.replaceAll(" ", ""));
      }),
    );
  });
});

describe("texts of 100 kB", () => {
  const paragraph = (seed: number) =>
    `<p>${Array.from({ length: 50 }, (_, place) => ["aide", "commune", "projet", "école", "étude"][(place * seed + seed * seed) % 5]).join(" ")}</p>`;
  const long = Array.from({ length: 350 }, (_, place) => paragraph(place)).join("");

  it("with a few changes show these, and the words beside them", () => {
    const half = long.indexOf("<p>", 50_000);
    const other = `${long.slice(0, half)}<p>Trois devis.</p>${long.slice(half)}<p>En ligne.</p>`;
    const text = fieldsShown({ description: changed(long, other) }).join("\n");
    expect(long.length).toBeGreaterThan(100_000);
    expect(text).toMatch(/… \d{4} words …[^…]*\{\+Trois devis\.¶\+\}[^…]*… \d{4} words …[^…]*\{\+¶\n +En ligne\.\+\}$/);
    expect(text.length).toBeLessThan(1_000);
  });

  it("that have nothing in common are told in two numbers, in bounded time", () => {
    const other = long.replace(/\p{L}{3,}/gu, "$&s");
    const start = performance.now();
    const lines = fieldsShown({ description: changed(long, other) });
    expect(lines[1]).toBe("        text rewritten: 17500 words before, 17500 after");
    expect(lines.length).toBeLessThan(20);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
