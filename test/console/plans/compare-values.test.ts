import { describe, expect, it } from "vitest";
import { compareValues, Difference } from "../../../src/console/parts/diff.tsx";
import { FieldValue } from "../../../src/console/parts/field-value.tsx";

type Given = Parameters<typeof Difference>[0];
const shown = (given: Given) => String(Difference(given));
const value = (field: Given["field"], of: unknown, isShort = false) => String(FieldValue({ field, value: of, isShort }));

describe("a difference", () => {
  it("is in words in a text: what went is on its side, what came on the other, long stretches folded and counted", () => {
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

  it("names members of a list that went, came and stay, by their French labels", () => {
    expect(compareValues("targetedAudiences", ["commune", "epci"], ["commune", "farmer"], false)).toEqual({
      kind: "members",
      removed: ["Intercommunalités / Pays"],
      added: ["Agriculteurs"],
      kept: ["Communes"],
    });
  });

  it("shows days, amounts and what is empty as people read them", () => {
    const html = shown({ field: "submissionDeadline", before: null, after: "2027-03-01" });
    expect(html).toContain("vide");
    expect(html).toContain("1er mars 2027");
    expect(shown({ field: "loanAmount", before: 1000, after: 25_000 }).replace(/[\u00a0\u202f]/g, " ")).toContain("25 000 €");
  });

  it("says so where only the layout of a text differs", () => {
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
  it("of HTML is cleaned once more, and its titles are none of the page's", () => {
    const html = value(
      "description",
      '<h2>Titre</h2><p onclick="x()">Texte<script>alert(1)</script> <a href="javascript:x()">lien</a></p>',
    );
    expect(html).toContain("Titre");
    expect(html).not.toMatch(/<h2|onclick|<script|javascript:/);
  });

  it("of another field is text, whatever it holds; only web addresses are links", () => {
    expect(value("contactDetail", "<script>alert(1)</script>")).not.toContain("<script>");
    expect(value("originUrl", "javascript:alert(1)")).not.toContain("<a ");
    expect(value("originUrl", "https://a.example/x")).toContain('href="https://a.example/x"');
  });

  it("among many is cut, a list counted", () => {
    expect(value("description", `<p>${"long ".repeat(1000)}</p>`, true).length).toBeLessThan(400);
    expect(
      value(
        "keywords",
        Array.from({ length: 50 }, (_, place) => `mot ${place}`),
        true,
      ),
    ).toContain("et 42 autres");
  });

  it("is named in French: territories, organisations, terms, hours, languages", () => {
    expect(value("perimeters", [{ scale: "region", code: "53", name: "Bretagne" }])).toContain("Bretagne (région, 53)");
    expect(value("financers", [{ name: "Région Bretagne", siren: "233500016" }])).toContain("Région Bretagne (SIREN 233500016)");
    expect(value("recurrence", "ongoing")).toContain("Permanente");
    expect(value("submissionDeadlineTime", "15:30").replaceAll("\u00a0", " ")).toContain("15 h 30");
    expect(value("language", "fr")).toContain("français");
    expect(value("isCharged", false)).toContain("non");
  });
});
