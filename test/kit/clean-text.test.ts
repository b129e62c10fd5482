import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanLine, decodeEntities, foldTerm } from "../../src/kit/values/text/clean-text.ts";
import { anyMarkup } from "../support/markup-arbitrary.ts";

describe("cleanLine", () => {
  it.each([
    ["markup and named entities", "<b>Aide &agrave; l&rsquo;achat</b> ", "Aide à l’achat"],
    ["Manche: entities in a name", "mise en place d&rsquo;un centre d&rsquo;une capacité", "mise en place d’un centre d’une capacité"],
    ["Occitanie: highlight markup before the title", '<span class="titre_surligne">Appels à projets</span>Titre', "Appels à projets Titre"],
    ["inline markup inside a word", "H<sub>2</sub>O et <b>A</b>ide, appel<span>s</span>", "H2O et Aide, appels"],
    ["blocks and breaks part words", "<p>a</p><p>b</p>c<br>d", "a b c d"],
    ["double encoding", "l&amp;rsquo;aide &amp;amp; co", "l’aide & co"],
    ["Culture: letters' entities without semicolon", "1 &oeliguvre, l&rsquo&eacutecole", "1 œuvre, l’école"],
    ["not an entity", "R&D &inconnuevre", "R&D &inconnuevre"],
    ["comparisons", "3 < 4 et 5 > 2", "3 < 4 et 5 > 2"],
    ["markup that was encoded is text", "a &lt;b&gt; c", "a <b> c"],
    ["all kinds of blanks", "\ufeffa\u00a0\u2009b\r\n\tc\u200b\u00add\u3000", "a b cd"],
    ["direction marks and control characters", "a\u202eb\u0007c", "abc"],
    ["accents in two pieces", "e\u0301te\u0301", "été"],
    ["half a surrogate", "a\udc00", "a\ufffd"],
    ["an emoji of several", "👩\u200d🌾 rural", "👩\u200d🌾 rural"],
    ["welcomeurope: trailing blanks", "EuropeAid/175511/DD/ACT/UG   ", "EuropeAid/175511/DD/ACT/UG"],
    ["nothing", " <p>&nbsp;</p> ", ""],
  ])("%s", (_mishap, text, line) => {
    expect(cleanLine(text)).toBe(line);
  });

  it("returns one line without outer, double or unusual blanks", () => {
    fc.assert(
      fc.property(anyMarkup, (text) => {
        const line = cleanLine(text);
        expect(line).toBe(line.trim());
        expect(line).not.toMatch(/ {2}|[\n\r\t\u00a0\u200b\ufeff]/);
        expect(line.normalize("NFC")).toBe(line);
      }),
    );
  });
});

describe("decodeEntities", () => {
  it.each([
    ["&eacute;&#233;&#xE9;", "ééé"],
    ["&amp;eacute;", "é"],
    ["&amp;amp;eacute;", "é"],
    ["&#150;", "–"],
    ["a=1&copy=2", "a=1&copy=2"],
    ["a=1&eacutes=2&oelig-x=3", "a=1&eacutes=2&oelig-x=3"],
    ["Citoyenneté &amp; Droits", "Citoyenneté & Droits"],
    ["&inconnue; & rien", "&inconnue; & rien"],
    ["&#xd800;", "\ufffd"],
  ])("%s", (text, decoded) => {
    expect(decodeEntities(text)).toBe(decoded);
  });
});

describe("foldTerm", () => {
  it.each([
    ["Dépenses d'investissement", "dépenses d’investissement"],
    ["  ÉTABLISSEMENTS\u00a0 publics ", "etablissements publics"],
    ["Action cœur de ville", "action coeur de ville"],
    ["Établissements publics (écoles, bibliothèques…)", "établissements publics (écoles, bibliothèques...)"],
    ["e\u0301", "É"],
    ["Nouvelle\u2011Aquitaine", "nouvelle-aquitaine"],
  ])("%s = %s", (one, other) => {
    expect(foldTerm(one)).toBe(foldTerm(other));
  });

  it("keeps different terms apart", () => {
    expect(foldTerm("Communes")).not.toBe(foldTerm("Commune"));
    expect(foldTerm("a-b")).not.toBe(foldTerm("a b"));
  });

  it("is idempotent", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(foldTerm(foldTerm(text))).toBe(foldTerm(text));
      }),
    );
  });
});
