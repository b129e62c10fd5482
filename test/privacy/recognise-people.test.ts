import { describe, expect, test } from "vitest";
import { recognisePeople } from "../../src/privacy/recognise-people.ts";

/** Texts with their persons: kind and normalised form, in the text's order. */
const withPeople: readonly (readonly [written: string, people: readonly string[]])[] = [
  ["Mme Claire Dupont", ["name claire dupont"]],
  ["Madame DUPONT", ["name dupont"]],
  ["M. Jean-Pierre LE GOFF", ["name goff jean le pierre"]],
  ["M. J. Dupont", ["name dupont j"]],
  ["Monsieur Hugues de Montfort", ["name de hugues montfort"]],
  ["Mme Anne d’Arvor", ["name anne arvor d"]],
  ["Mlle Zoé Œdel", ["name oedel zoe"]],
  ["Dr Paul Lenoir", ["name lenoir paul"]],
  ["Maître Claire Dupont", ["name claire dupont"]],
  ["M. et Mme Dupont", ["name dupont"]],
  ["Mmes Anne Martin et Sophie Durand", ["name anne martin", "name durand sophie"]],
  ["Mme Claire Dupont Directrice des sports", ["name claire dupont"]],
  ["Mme Claire DUPONT Service des sports", ["name claire dupont"]],
  ["Contact : Claire DUPONT", ["name claire dupont"]],
  ["Contact : Claire Dupont", ["name claire dupont"]],
  ["Référente : Fatou Diallo", ["name diallo fatou"]],
  ["Votre interlocuteur - Mehdi Benali", ["name benali mehdi"]],
  ["Contact : Goulwen KERMARREC", ["name goulwen kermarrec"]],
  ["Chargée de mission habitat : Claire Dupont", ["name claire dupont"]],
  ["Dispositif de Mme Claire Dupont", ["name claire dupont"]],
  ["Programme de M. Jean Dupont", ["name dupont jean"]],
  ["Claire Dupont, chargée de mission", ["name claire dupont"]],
  ["Claire Dupont (responsable du pôle)", ["name claire dupont"]],
  ["Claire DUPONT", ["name claire dupont"]],
  ["Service des sports\nClaire Dupont\nAccueil", ["name claire dupont"]],
  ["Marie Claude Dupont, gestionnaire", ["name claude dupont marie"]],
  ["Contact : Anne-Laure de La Tour", ["name anne de la laure tour"]],
  ["Claire Dupont : 04 75 00 00 01", ["name claire dupont", "phone +33475000001"]],
  ["DUPONT Claire - 04 75 00 00 01", ["name claire dupont", "phone +33475000001"]],
  ["Contacter Pierre Durand au 0475000001", ["name durand pierre", "phone +33475000001"]],
  ["Claire Dupont et Anne Martin, conseillères", ["name claire dupont", "name anne martin"]],
  ["dupont anne - service des sports - anne.dupont@exemple.fr", ["name anne dupont", "email anne.dupont@exemple.fr"]],
  ["<p>Mme <strong>Claire</strong>&nbsp;<strong>Dupont</strong></p>", ["name claire dupont"]],
  ["<li>Andr&eacute;e DUPONT</li>", ["name andree dupont"]],
  ["<p>Claire DUPONT</p>\n<p>Tél. : 02 98 00 00 01</p>", ["name claire dupont", "phone +33298000001"]],
  ["<a href='mailto:claire.dupont@exemple.fr'>écrire</a>", ["email claire.dupont@exemple.fr"]],
  ["Claire.Dupont@Exemple.FR", ["email claire.dupont@exemple.fr"]],
  ["c.dupont@exemple.fr", ["email c.dupont@exemple.fr"]],
  ["claire-dupont [at] exemple.fr", ["email claire-dupont@exemple.fr"]],
  ["rozenn.kerbrat (a) exemple.bzh", ["email rozenn.kerbrat@exemple.bzh"]],
  ["Mme Dupont : cdupont@exemple.fr", ["name dupont", "email cdupont@exemple.fr"]],
  ["goulwen.kermarrec@exemple.bzh", ["email goulwen.kermarrec@exemple.bzh"]],
  ["Portable 06.12.34.56.78", ["phone +33612345678"]],
  ["+33 (0)6 12 34 56 78", ["phone +33612345678"]],
  ["0033 7 12 34 56 78", ["phone +33712345678"]],
  ["0692 00 00 01", ["phone +262692000001"]],
  ["06-12-34-56-78 / 07 12 34 56 78", ["phone +33612345678", "phone +33712345678"]],
  ["Mme Dupont, 0262 00 00 01", ["name dupont", "phone +262262000001"]],
  ["Mme Dupont, 0596.00.00.01", ["name dupont", "phone +596596000001"]],
  ["Mme Dupont, +32 2 123 45 67", ["name dupont", "phone +3221234567"]],
];

const withoutPeople: readonly string[] = [
  "12 rue Victor Hugo, 75001 Paris, 01 00 00 00 01",
  "Rue du Docteur Jean Martin, 26000 Valence",
  "1 av. du Général Charles de Gaulle – 04 00 00 00 01",
  "place Madame de Staël",
  "Immeuble Pierre Mendès France, 04 00 00 00 01",
  "Lycée Jean Moulin, 04 00 00 00 01",
  "Espace Simone Veil : 04 00 00 00 01",
  "Prix Marie CURIE 2026",
  "Fondation Abbé Pierre",
  "Jean Monnet, chaire",
  "Contact : Région Île-de-France",
  "Région Auvergne-Rhône-Alpes, responsable des fonds",
  "Caisse des Dépôts et consignations, conseiller régional",
  "Contact : Guichet FEDER",
  "Contact : Direction DRAAF",
  "Contact : Pôle HABITAT LOGEMENT",
  "Contact : Bpifrance Création",
  "Conseil Départemental, Service Sports",
  "Agence de l’eau Rhône Méditerranée Corse",
  "France Travail, 04 00 00 00 01",
  "Ville de Saint-Étienne, service Culture",
  "Madame la Présidente du Conseil régional",
  "Monsieur Le Maire",
  "Madame, Monsieur,",
  "M. le Préfet de la Drôme",
  "un budget de 5 M. Euros",
  "assisté par un Maître d’Œuvre",
  "Me contacter par courriel",
  "contact@exemple.fr",
  "aides.culture@exemple.fr, mairie.exemple@orange.fr",
  "drac.bretagne@exemple.fr",
  "mlo-nantes@exemple.fr",
  "subventions-sport@exemple.fr",
  "Service habitat : 04 75 00 00 01",
  "Standard 01 00 00 00 01",
  "0 800 123 456, 0 805 000 001, 0892 00 00 01",
  "Composez le 3939",
  "SIRET : 222 600 017 00010",
  "SIREN 022 600 017",
  "SIRET 06123456780001",
  "IBAN FR76 3000 6000 0106 1234 5678 189",
  "Du 01.02.2026 au 31.12.2026",
  "Article L. 2334-32 du code général",
  "A DÉFINIR",
];

describe("people in a text", () => {
  test.each(withPeople)("%s", (written, people) => {
    expect(recognisePeople(written).map(({ kind, normalised }) => `${kind} ${normalised}`)).toEqual(people);
  });

  test.each(withoutPeople)("nobody in: %s", (written) => {
    expect(recognisePeople(written)).toEqual([]);
  });

  test("are where they are written, markup included", () => {
    const written = "<p>Mme <b>Claire</b> Dupont : <a href='mailto:c.dupont@exemple.fr'>C.Dupont@exemple.fr</a></p>";
    expect(recognisePeople(written).map(({ start, end }) => written.slice(start, end))).toEqual([
      "Claire</b> Dupont",
      "mailto:c.dupont@exemple.fr",
      "C.Dupont@exemple.fr",
    ]);
  });

  test("a long text of name words takes linear time", () => {
    const begun = performance.now();
    for (const piece of ["Mme ", "Claire ", "par mail ", "0", "a.", "<b>", "&nbsp;", "de La "]) recognisePeople(piece.repeat(5000));
    expect(performance.now() - begun).toBeLessThan(20_000);
  });
});
