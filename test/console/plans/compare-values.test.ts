import { describe, expect, it } from "vitest";
import { compareValues, Difference } from "../../../src/console/parts/diff.tsx";
import { FieldValue } from "../../../src/console/parts/field-value.tsx";

type Given = Parameters<typeof Difference>[0];
const shown = (given: Given) => String(Difference(given));
const value = (field: Given["field"], of: unknown, isShort = false) => String(FieldValue({ field, value: of, isShort }));

describe("a difference", () => {
  it("compares texts word by word: removed and added words side by side, long unchanged parts collapsed and counted", () => {
    const filler = Array.from({ length: 60 }, (_, place) => `mot${place}`).join(" ");
    const html = shown({
      field: "description",
      before: `<p>Une aide pour les communes. ${filler}</p>`,
      after: `<p>Une aide pour les petites communes. ${filler}</p>`,
    });
    expect(html).toContain('Une aide pour les <ins class="moisson-come">petites</ins> communes');
    expect(html).not.toContain("<del");
    expect(html).toMatch(/\[… \d+ mots …\]/);
    const gone = shown({
      field: "description",
      before: "<p>Une aide pour les petites communes rurales.</p>",
      after: "<p>Une aide pour les communes rurales.</p>",
    });
    expect(gone).toContain('<del class="moisson-gone">petites</del>');
  });

  it("lists removed, added and unchanged members by their French labels", () => {
    expect(compareValues("targetedAudiences", ["commune", "epci"], ["commune", "farmer"], false)).toEqual({
      kind: "members",
      removed: ["Intercommunalités / Pays"],
      added: ["Agriculteurs"],
      kept: ["Communes"],
    });
  });

  it("formats days, amounts and empty values for people", () => {
    const html = shown({ field: "submissionDeadline", before: null, after: "2027-03-01" });
    expect(html).toContain("vide");
    expect(html).toContain("1er mars 2027");
    expect(shown({ field: "loanAmount", before: 1000, after: 25_000 }).replace(/[\u00a0\u202f]/g, " ")).toContain("25 000 €");
  });

  it("reports a text that differs in layout only", () => {
    expect(
      shown({
        field: "description",
        before: "<p>Un même texte, assez long.</p>",
        after: "<p><strong>Un même texte</strong>, assez long.</p>",
      }),
    ).toContain("Les mêmes mots, présentés autrement.");
  });
});

describe("a value", () => {
  it("sanitises HTML again and demotes its headings", () => {
    const html = value(
      "description",
      '<h2>Titre</h2><p onclick="x()">Texte<script>alert(1)</script> <a href="javascript:x()">lien</a></p>',
    );
    expect(html).toContain("Titre");
    expect(html).not.toMatch(/<h2|onclick|<script|javascript:/);
  });

  it("escapes the text of other fields and links web addresses only", () => {
    expect(value("contactDetail", "<script>alert(1)</script>")).not.toContain("<script>");
    expect(value("originUrl", "javascript:alert(1)")).not.toContain("<a ");
    expect(value("originUrl", "https://a.example/x")).toContain('href="https://a.example/x"');
  });

  it("cuts a long text and counts the members of a long list", () => {
    expect(value("description", `<p>${"long ".repeat(1000)}</p>`, true).length).toBeLessThan(400);
    expect(
      value(
        "keywords",
        Array.from({ length: 50 }, (_, place) => `mot ${place}`),
        true,
      ),
    ).toContain("et 42 autres");
  });

  it("uses French names: territories, organisations, terms, hours, languages", () => {
    expect(value("perimeters", [{ scale: "region", code: "53", name: "Bretagne" }])).toContain("Bretagne (région, 53)");
    expect(value("financers", [{ name: "Région Bretagne", siren: "233500016" }])).toContain("Région Bretagne (SIREN 233500016)");
    expect(value("recurrence", "ongoing")).toContain("Permanente");
    expect(value("submissionDeadlineTime", "15:30").replaceAll("\u00a0", " ")).toContain("15 h 30");
    expect(value("language", "fr")).toContain("français");
    expect(value("isCharged", false)).toContain("non");
  });
});
