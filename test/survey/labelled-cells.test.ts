import { describe, expect, it } from "vitest";
import { runInMemory } from "../support/run-in-memory.ts";
import { proposalFor, ruleOf } from "./survey-of.ts";

const rows = [
  [
    "A-1",
    "Rénover les écoles",
    "Montant : 10 000 €\nDate limite : 31/03/2027\nContact : Service bâtiments\n2e étage\nPublic visé : Communes",
  ],
  ["A-2", "Planter des haies", "Montant : 5 000 €\nDate limite : 30/04/2027\nContact : Service agriculture\nPublic visé : Agriculteurs"],
  ["A-3", "Équiper les refuges", "Public visé : Communes\nContact : Service montagne\nDate limite : 15/05/2027"],
  ["A-4", "Restaurer les mares", "Montant : 2 500 €\nDate limite : 16/05/2027\nContact : Service eau\nPublic visé : Associations"],
];
const csv = (infos: (text: string) => string) =>
  ["Référence;Intitulé;Informations", ...rows.map(([id, title, text]) => `${id};${title};"${infos(text ?? "")}"`)].join("\n");

describe("a column whose cells are lists of labels", () => {
  it("is proposed as one field per label, and read by the connector", async () => {
    for (const infos of [
      (text: string) => text,
      (text: string) => text.replaceAll("\n", "<br>"),
      (text: string) => `<ul><li>${text.replaceAll("\n", "</li><li>")}</li></ul>`,
    ]) {
      const feed = csv(infos);
      const proposal = await proposalFor(feed);
      expect(ruleOf(proposal, "submissionDeadline")).toEqual({
        kind: "date",
        of: { kind: "underLabel", of: { kind: "field", path: "Informations" }, labels: ["Date limite"] },
        formats: ["dd/MM/yyyy"],
      });
      expect(proposal.fields.find(({ field }) => field === "contact")).toMatchObject({
        from: ["Informations"],
        evidence: expect.arrayContaining([{ code: "part-of", params: { path: "Informations" } }]),
      });
      const { aids, codes } = await runInMemory(feed, proposal.definition);
      expect(codes).toEqual([]);
      expect(aids.map(({ submissionDeadline }) => submissionDeadline)).toEqual(["2027-03-31", "2027-04-30", "2027-05-15", "2027-05-16"]);
      expect(aids.map(({ targetedAudiences }) => targetedAudiences)).toEqual([["commune"], ["farmer"], ["commune"], ["association"]]);
      expect(aids[1]?.contact).toBe("<p>Service agriculture</p>");
    }
  });

  it("gives the contact its line, even if the column is named after it", async () => {
    const cells = rows.map(([id, title, text]) => `${id};${title};Le département finance les travaux des communes rurales.;"${text}"`);
    const proposal = await proposalFor(["Référence;Intitulé;Présentation;Public et contact", ...cells].join("\n"));
    expect(ruleOf(proposal, "contact")).toMatchObject({ of: { kind: "underLabel", labels: ["Contact"] } });
    expect(JSON.stringify(ruleOf(proposal, "description"))).toContain('"path":"Présentation"');
  });

  it("names the labels in the source of the fields, and writes them into the connector's file", async () => {
    const proposal = await proposalFor(csv((text) => text));
    expect(JSON.stringify(proposal.argument)).toContain('"labels":["Contact"]');
  });

  it("stays a column if its labels differ, if most of its text is prose, or if no label is a name of ours", async () => {
    const prose = "Cette aide soutient les communes qui rénovent leurs écoles, leurs gymnases et leurs salles des fêtes. ".repeat(3);
    for (const infos of [
      (text: string) => text.replaceAll(/^(?:Montant|Date limite|Contact|Public visé)/gm, () => `Point ${Math.random()}`),
      (text: string) => `${prose}\n${prose}\n${text}`,
      (text: string) =>
        text
          .replaceAll("Montant", "Couleur")
          .replaceAll("Date limite", "Vitesse")
          .replaceAll("Contact", "Poids")
          .replaceAll("Public visé", "Bruit"),
    ]) {
      const { fields } = await proposalFor(csv(infos));
      expect(JSON.stringify(fields)).not.toContain("underLabel");
    }
  });

  it("leaves a description with sections whole", async () => {
    const long = "Le projet doit porter sur un bâtiment public et réduire sa consommation d’énergie. ".repeat(5);
    const feed = csv((text) => `Objectifs : ${long}\nBénéficiaires : ${long}\nMontant : ${long}${text.length}`);
    const proposal = await proposalFor(feed);
    expect(JSON.stringify(proposal.fields)).not.toContain("underLabel");
    expect(ruleOf(proposal, "description")).toBeDefined();
  });

  it("does not take the name of another column", async () => {
    const feed = [
      "Référence;Intitulé;Contact;Informations",
      ...rows.map(([id, title, text]) => `${id};${title};Accueil ${id};"${text}"`),
    ].join("\n");
    const proposal = await proposalFor(feed);
    expect(JSON.stringify(ruleOf(proposal, "contact"))).toContain('"path":"Contact"');
  });
});
