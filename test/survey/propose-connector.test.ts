import { describe, expect, it } from "vitest";
import { checkConnector } from "../../src/registry/check-connector.ts";
import { evidenceOf, proposalFor, records, ruleOf } from "./survey-of.ts";

const field = (path: string) => ({ kind: "field", path });
const titled = (more: (number: number) => Record<string, unknown>, count = 6) =>
  records(count, (n) => ({ id: `A-${n * 7}`, titre: `Aide pour les vergers n° ${n}`, ...more(n) }));

it("proposes each field of a typical feed", async () => {
  const proposal = await proposalFor(
    titled((n) => ({
      chapo: "<p>En bref.</p>",
      description: "<p>La Région aide à planter des vergers.</p>",
      conditions: "<ul><li>Être une commune</li></ul>",
      beneficiaires: n % 2 === 0 ? "Communes;Associations" : "Agriculteurs;Communes",
      nature: "Subvention",
      themes: ["Biodiversité", "Agriculture et agroalimentaire"],
      date_ouverture: "2024-01-15",
      date_cloture: n === 1 ? null : `${12 + n}/12/2024`,
      url_fiche: `https://example.org/aides/${n}`,
      url_demarche: `https://demarches.example.org/${n}`,
      contact_prenom: "Camille",
      contact_nom: "Exemple",
      contact_email: "camille.exemple@example.org",
      informationNonPubliee: "Ne pas montrer",
      slug: `aide-${n}`,
      date_maj: "2024-03-01T08:30:00+01:00",
    })),
    { isPublisherGiven: true, territory: { scale: "region", code: "53" } },
  );
  expect(proposal.definition.fields).toEqual({
    externalId: { kind: "identifier", of: field("id") },
    name: { kind: "text", of: field("titre") },
    description: { kind: "html", of: { kind: "join", of: [field("chapo"), field("description")], separator: "<br>" } },
    eligibility: { kind: "html", of: field("conditions") },
    contact: {
      kind: "html",
      of: {
        kind: "join",
        of: [{ kind: "join", of: [field("contact_prenom"), field("contact_nom")], separator: " " }, field("contact_email")],
        separator: "<br>",
      },
    },
    contactEmail: { kind: "text", of: field("contact_email") },
    originUrl: { kind: "url", of: field("url_fiche") },
    applicationUrl: { kind: "url", of: field("url_demarche") },
    startDate: { kind: "date", of: field("date_ouverture"), formats: ["iso"] },
    submissionDeadline: { kind: "date", of: field("date_cloture"), formats: ["dd/MM/yyyy"] },
    recurrence: {
      kind: "choose",
      cases: [{ when: { field: "date_cloture", isFilled: true }, use: { kind: "constant", value: "oneoff" } }],
      otherwise: { kind: "constant", value: "ongoing" },
    },
    aidTypes: { kind: "terms", of: field("nature"), vocabulary: "aidTypes" },
    targetedAudiences: {
      kind: "terms",
      of: { kind: "split", of: field("beneficiaires"), separator: ";" },
      vocabulary: "targetedAudiences",
    },
    categories: { kind: "terms", of: field("themes"), vocabulary: "categories" },
    financers: { kind: "constant", value: [{ name: "Région Exemple", siren: null }] },
    perimeters: { kind: "constant", value: [{ scale: "region", code: "53" }] },
    sourceUpdatedDate: { kind: "date", of: field("date_maj"), formats: ["iso"] },
  });
  expect(proposal.definition).toMatchObject({ state: "draft", ignored: ["informationNonPubliee", "slug"] });
  expect(proposal.unread.map(({ path, reason }) => [path, reason?.code])).toEqual([
    ["informationNonPubliee", "not-for-publication"],
    ["slug", undefined],
  ]);
  expect(checkConnector(proposal.definition, "region-exemple")).toHaveProperty("connector");
});

it("proposes the same for the same feed", async () => {
  const feed = titled((n) => ({ texte: `Un texte assez long pour une description, la ${n}e. `.repeat(5), public: "Communes" }));
  expect(JSON.stringify(await proposalFor(feed))).toBe(JSON.stringify(await proposalFor(feed)));
});

describe("texts", () => {
  const long = "Un texte qui dit ce que la Région fait pour les vergers, et pourquoi elle le fait aujourd'hui plus qu'hier.";
  const written: readonly (readonly [string, string, string])[] = [
    ["HTML by its tags", `<p>${long}</p>`, "html"],
    ["HTML by its entities", `${long} L&rsquo;été.`, "html"],
    ["Markdown by its marks", `**${long}**\n\n- un\n- deux`, "markdown"],
    ["Markdown by its links", `${long} [voir](https://example.org/a)`, "markdown"],
    ["plain text with lines", `${long}\n${long}`, "plainText"],
    ["plain text on one line", long, "html"],
  ];
  it.each(written)("%s", async (_, texte, kind) => {
    const proposal = await proposalFor(titled(() => ({ description: texte })));
    expect(ruleOf(proposal, "description")).toMatchObject({ kind });
  });

  it("a long text with an unknown name is kept; its summary and the title are not repeated", async () => {
    const proposal = await proposalFor(
      titled((n) => ({ resume: `${long.slice(0, 70)}`, blabla: `${long} ${n}`, accroche: `Aide pour les vergers n° ${n}` })),
    );
    expect(ruleOf(proposal, "description")).toEqual({ kind: "html", of: field("blabla") });
    expect(evidenceOf(proposal, "description")).toContain("no-known-name");
  });

  it("a short value among long texts gets its name as prefix", async () => {
    const proposal = await proposalFor(titled((n) => ({ presentation: long, montant_max: `${n} 000 €` })));
    expect(ruleOf(proposal, "description")).toMatchObject({
      of: { of: [field("presentation"), { kind: "labelled", label: "Montant max : ", of: field("montant_max") }] },
    });
  });
});

describe("words", () => {
  it("are split at the separator, except our labels that contain a comma", async () => {
    const proposal = await proposalFor(
      titled((n) => ({ public: n % 2 === 0 ? "Communes, Entreprise publique locale (Sem, Spl, SemOp)" : "Associations, Communes" })),
    );
    expect(ruleOf(proposal, "targetedAudiences")).toMatchObject({ of: { kind: "split", separator: "," } });
    expect(proposal.termFiles).toEqual([]);
  });

  it("that are unknown get marked suggestions, or are listed as open", async () => {
    const proposal = await proposalFor(titled((n) => ({ beneficiaires: [["Collectivités", "Martiens", "Communes"][n % 3]] })));
    const [file] = proposal.termFiles;
    expect(file?.name).toBe("targetedAudiences");
    expect(file?.rows.map(({ term }) => term)).toContain("Collectivités");
    expect(file?.rows.every(({ note }) => note === "suggéré, à vérifier")).toBe(true);
    expect(file?.open).toEqual(["Martiens"]);
  });

  it("with decisions of other connectors get these as suggestions", async () => {
    const knownTerms = [{ connector: "autre", vocabulary: "targetedAudiences" as const, term: "martiens", targets: ["researcher"] }];
    const proposal = await proposalFor(
      titled((n) => ({ beneficiaires: ["Communes", "Martiens"][n % 2] })),
      { knownTerms },
    );
    expect(proposal.termFiles[0]?.rows).toContainEqual({ term: "Martiens", target: "researcher", note: "suggéré, à vérifier" });
  });

  it("are read from JSON in a cell, also in the notation of Python", async () => {
    const rows = [1, 2, 3].map((n) => `A${n * 3},Aide pour les vergers ${n},"['Biodiversité', 'Sols']"`);
    const feed = `id,titre,thematiques\n${rows.join("\n")}\n`;
    const proposal = await proposalFor(feed);
    expect(ruleOf(proposal, "categories")).toEqual({
      kind: "terms",
      of: { kind: "json", of: field("thematiques"), path: "[]" },
      vocabulary: "categories",
    });
  });
});

describe("calls", () => {
  it("are marked by a field of kinds; other kinds are not calls", async () => {
    const proposal = await proposalFor(titled((n) => ({ type: n % 2 === 0 ? "AAP" : "GAG" })));
    expect(ruleOf(proposal, "isCallForProject")).toMatchObject({
      cases: [
        { when: { field: "type", isOneOf: ["AAP"] }, use: { value: true } },
        { when: { field: "type", isFilled: true }, use: { value: false } },
      ],
    });
  });

  it("are all records of a feed with a call identifier", async () => {
    const proposal = await proposalFor(titled((n) => ({ callIdentifier: `HORIZON-CL${n}`, deadlineDate: n > 2 ? "2026-03-17" : null })));
    expect(ruleOf(proposal, "isCallForProject")).toEqual({ kind: "constant", value: true });
    expect(ruleOf(proposal, "recurrence")).not.toHaveProperty("otherwise");
  });
});

describe("dates", () => {
  it("of several campaigns: the latest counts, and the aid is recurring", async () => {
    const proposal = await proposalFor(
      titled((n) => ({ "dates_deadline-1": `2024011${n}`, "dates_deadline-2": n > 4 ? "20240630" : "", "dates_deadline-3": "" })),
    );
    expect(ruleOf(proposal, "submissionDeadline")).toMatchObject({ pick: "latest", formats: ["yyyyMMdd"], of: { of: { length: 3 } } });
    expect(ruleOf(proposal, "recurrence")).toMatchObject({
      cases: [
        { when: { any: [{ field: "dates_deadline-2" }, { field: "dates_deadline-3" }] }, use: { value: "recurring" } },
        { use: { value: "oneoff" } },
      ],
    });
  });

  it('that mean "no end" are not deadlines', async () => {
    const proposal = await proposalFor(titled((n) => ({ fin: n > 3 ? "31/12/2099" : `1${n}/04/2025` })));
    expect(proposal.definition.placeholders).toEqual(["31/12/2099"]);
    expect(ruleOf(proposal, "recurrence")).toMatchObject({
      cases: [{ when: { all: [{ field: "fin" }, { not: { isOneOf: ["31/12/2099"] } }] } }],
    });
  });

  it("with a significant time also fill the time of the deadline", async () => {
    const proposal = await proposalFor(titled((n) => ({ date_fin: `2024-05-0${n}T15:00:00+02:00` })));
    expect(ruleOf(proposal, "submissionDeadlineTime")).toEqual({ kind: "time", of: field("date_fin"), formats: ["iso"] });
    const mixed = await proposalFor(titled((n) => ({ date_fin: n > 3 ? `2024-05-0${n}T15:00:00+02:00` : `1${n}/05/2024` })));
    expect(ruleOf(mixed, "submissionDeadline")).toMatchObject({ formats: ["iso", "dd/MM/yyyy"] });
    expect(ruleOf(mixed, "submissionDeadlineTime")).toMatchObject({ formats: ["iso"] });
  });
});

describe("territories", () => {
  const ways: readonly (readonly [string, Record<string, unknown>, Record<string, unknown>])[] = [
    ["codes of the national schema", { eligibilite_geographique: "REG-53|DEP-2A" }, { written: "insee" }],
    ["bare codes of regions", { regions: ["53", "75"] }, { written: "code", scales: ["region"] }],
    ["bare codes of departments", { departements: ["26", "75"] }, { written: "code", scales: ["department"] }],
    ["names", { perimetre: "Drôme" }, { written: "name", scales: ["department"] }],
    ["several names in one text", { territoire: "Landes, Nouvelle-Aquitaine" }, { written: "name", of: { kind: "split", separator: "," } }],
  ];
  it.each(ways)("%s", async (_, more, expected) => {
    expect(ruleOf(await proposalFor(titled(() => more)), "perimeters")).toMatchObject({ kind: "perimeters", ...expected });
  });

  it("a record without a territory gets the publisher's", async () => {
    const proposal = await proposalFor(
      titled((n) => (n > 2 ? { perimetre: "Drôme" } : {})),
      { territory: { scale: "region", code: "84" } },
    );
    expect(ruleOf(proposal, "perimeters")).toMatchObject({
      cases: [{ when: { field: "perimetre", isFilled: true }, use: { kind: "perimeters" } }],
      otherwise: { kind: "constant", value: [{ scale: "region", code: "84" }] },
    });
  });

  it("with their scale in brackets get rows", async () => {
    const proposal = await proposalFor(titled((n) => ({ perimetre: n > 2 ? "Bretagne" : "Aude (Département)" })));
    expect(proposal.termFiles).toContainEqual({
      name: "perimeters",
      rows: [{ term: "Aude (Département)", target: "department:11", note: "suggéré, à vérifier" }],
      open: [],
    });
  });
});

describe("organisations", () => {
  it("with several roles in one cell", async () => {
    const porteurs = JSON.stringify([
      { nom: "ADEME", siren: "385290309", roles: ["instructeur"] },
      { nom: "Région Bretagne", roles: ["financeur"] },
    ]);
    const proposal = await proposalFor(titled(() => ({ porteurs })));
    const of = (role: string) => ({ kind: "json", of: field("porteurs"), where: { key: "roles", isOneOf: [role] } });
    expect(ruleOf(proposal, "financers")).toEqual({ kind: "organisations", of: of("financeur"), name: "nom", siren: "siren" });
    expect(ruleOf(proposal, "instructors")).toEqual({ kind: "organisations", of: of("instructeur"), name: "nom", siren: "siren" });
  });

  it("written as numbers are looked up in the term file only", async () => {
    expect(ruleOf(await proposalFor(titled((n) => ({ financeur: 20 + n }))), "financers")).toMatchObject({ onlyKnown: true });
  });
});

describe("placeholders, drafts and empty fields", () => {
  it('texts that mean "no value" are placeholders, as the feed writes them', async () => {
    const proposal = await proposalFor(
      titled((n) => ({ contact: n > 3 ? "A DEFINIR APRES REPRISE" : "Service des forêts", eligibilite: "Champ non publi&eacute;" })),
    );
    expect(proposal.definition.placeholders).toEqual(expect.arrayContaining(["A DEFINIR APRES REPRISE", "Champ non publié"]));
  });

  it("drafts are left out by value, so that new states are kept", async () => {
    const proposal = await proposalFor(titled((n) => ({ statut: n === 1 ? "Brouillon" : "Publié" })));
    expect(proposal.definition.keepWhen).toEqual({ not: { field: "statut", isOneOf: ["Brouillon"] } });
    expect(proposal.definition.ignored).not.toContain("statut");
    expect((await proposalFor(titled(() => ({ statut: "Publié" })))).definition.keepWhen).toBeUndefined();
  });

  it("a field that is always empty is read only if it has a usual name", async () => {
    const proposal = await proposalFor(titled(() => ({ date_fin: null, truc: null })));
    expect(ruleOf(proposal, "submissionDeadline")).toEqual({ kind: "date", of: field("date_fin"), formats: ["iso", "dd/MM/yyyy"] });
    expect(evidenceOf(proposal, "submissionDeadline")).toEqual(["name-only"]);
    expect(proposal.definition.ignored).toEqual(["truc"]);
  });
});

describe("platforms", () => {
  it("a feed of a platform uses its factory and the factory's rules", async () => {
    const proposal = await proposalFor(
      records(3, (n) => ({ ID: `${40 + n}`, post_title: `Aide ${n}`, post_content: "<p>Un texte.</p>", pro_fin: "2024-12-31" })),
    );
    expect(proposal.factory).toBe("wordpressExport");
    expect(Object.keys(proposal.argument.fields as object)).toEqual(expect.arrayContaining(["submissionDeadline"]));
    expect(proposal.argument.fields).not.toHaveProperty("externalId");
    expect(evidenceOf(proposal, "externalId")).toEqual(["platform"]);
  });

  it("a feed with its records at another path does not use the factory", async () => {
    const own =
      "name short_title financers instructors eligibility perimeter mobilization_steps origin_url application_url " +
      "targeted_audiences aid_types start_date recurrence";
    const record = (n: number) => ({
      id: n,
      ...Object.fromEntries(own.split(" ").map((key) => [key, key === "name" ? `Aide ${n}` : null])),
    });
    const elsewhere = await proposalFor(JSON.stringify({ count: 2, aides: records(2, record) }));
    expect(elsewhere.factory).toBe("defineConnector");
    const there = await proposalFor(JSON.stringify({ count: 2, next: null, results: records(2, record) }));
    expect(there.factory).toBe("aidesTerritoiresApi");
  });

  it("the template of Aides-territoires is used with the publisher's own name", async () => {
    const titles =
      "Nom;Programmes;Nom initial;Porteurs d'aides;Instructeurs;Bénéficiaires de l'aide;Types d'aide;Sous-thématiques;" +
      "Récurrence;Date de clôture;Éligibilité;Périmètre;Identifiant structure";
    const proposal = await proposalFor(`${titles}\nPrime;;Prime;22;;Commune;Prêt;;Ponctuelle;04/10/24;;71016;4\n`);
    expect(proposal.base?.factory).toBe("manualTemplate");
    expect(proposal.definition).toMatchObject({ state: "draft", publisher: { name: "Région Exemple" } });
  });
});

it("proposes short whole sentences without a known name as description, only if no other text is one", async () => {
  const sentence = (n: number) => `La commune aide à planter ${n} arbres le long des chemins.`;
  const alone = await proposalFor(
    titled((n) => ({ pourquoi: sentence(n), appui: "30 % du reste à charge, plafonné à 40 000 € par an et par projet" })),
  );
  expect(ruleOf(alone, "description")).toMatchObject({ of: field("pourquoi") });
  const beside = await proposalFor(titled((n) => ({ pourquoi: sentence(n), description: `${sentence(n)} Les haies aussi.` })));
  expect(ruleOf(beside, "description")).toMatchObject({ of: field("description") });
});
