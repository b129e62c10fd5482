import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readPublicSettings } from "../../../src/console/console-settings.ts";
import { publicRoutes } from "../../../src/console/routes.ts";
import { decidePublish } from "../../../src/curation/decide-status.ts";
import { planActs } from "../../../src/curation/plan-acts.ts";
import { ownCatalogue, type TestCatalogue } from "../../support/catalogues.ts";
import { type ConsoleClient, testConsole } from "../../support/console-client.ts";
import { curatedAid } from "../../support/curate.ts";
import { formOnPage } from "../../support/form-on-page.ts";
import { testNow } from "../../support/made-aids.ts";
import { record, words } from "../letters/answered-letters.ts";
import { applyWaitingActs, newPublisher, publisherWithAids } from "./publishers-with-aids.ts";

const email = "l.martin@region.example";

/** Opens a catalogue with two publishers, and signs in a person of the first one. */
async function twoPublishers() {
  const catalogue = await ownCatalogue();
  const own = await publisherWithAids(catalogue, "Région Exemple", "Toiture");
  const other = await publisherWithAids(catalogue, "Département Voisin", "Chaudière");
  const folders = [own.harvest.folder, other.harvest.folder];
  const site = testConsole(catalogue, { folders, settings: readPublicSettings({}), routes: publicRoutes });
  const staff = testConsole(catalogue, { folders });
  const lea = await site.asPublisher(own.publisherId, email);
  const bizdev = await staff.as("bizdev", "Marie");
  return { catalogue, own, other, site, staff, lea, bizdev, work: () => applyWaitingActs(catalogue, staff.services.jobs) };
}

/** Sends the form of a correction with these fields changed. */
async function correct(client: ConsoleClient, aidId: string, fields: Readonly<Record<string, string>>, base = "/espace") {
  const path = `${base}/aides/${aidId}/corriger`;
  const { jeton: _, ...form } = formOnPage((await client.get(path)).html, path);
  const typed = Object.fromEntries(Object.entries(fields).map(([field, value]) => [`aide.${field}`, value]));
  return client.post(path, { ...form, ...typed });
}

const openPlans = (catalogue: TestCatalogue) => catalogue.plans.list({ origin: "publisher", isOpen: true });

describe("the space of a publisher", () => {
  it("shows its own aids, feeds and acts, and nothing of another publisher, even by a guessed id", async () => {
    const { catalogue, own, other, lea } = await twoPublishers();
    const list = await lea.get("/espace/aides");
    expect(words(list.html)).toContain("Toiture numéro 1");
    expect(words(list.html)).toContain("en relecture chez nous");
    const pages = [list, await lea.get("/espace"), await lea.get("/espace/flux"), await lea.get("/espace/courriers")];
    for (const id of own.aids) pages.push(await lea.get(`/espace/aides/${id}`), await lea.get(`/espace/aides/${id}/corriger`));
    expect(pages.map(({ status }) => status)).toEqual(pages.map(() => 200));
    expect(pages.map(({ html }) => html).join("")).not.toMatch(/Chaudière|Département Voisin/);

    const [theirs = ""] = other.aids;
    const before = await catalogue.plans.list({ origin: "publisher" });
    for (const id of [theirs, randomUUID(), "pas-un-id"]) {
      const asked = [
        await lea.get(`/espace/aides/${id}`),
        await lea.get(`/espace/aides/${id}/corriger`),
        await lea.post(`/espace/aides/${id}/confirmer`),
        await lea.post(`/espace/aides/${id}/corriger`, { revision: "1", "aide.name": "À nous", "vu.name": "x" }),
        await lea.post(`/espace/aides/${id}/cloture`, { jour: "2027-01-31" }),
      ];
      // The same words for a stranger's aid and for an unknown one.
      expect(asked.map(({ status, html }) => [status, words(html).includes("Cette aide n'est pas parmi les vôtres.")])).toEqual(
        asked.map(() => [404, true]),
      );
    }
    expect(await catalogue.plans.list({ origin: "publisher" })).toEqual(before);
  });

  it("says that there is nothing yet, without a filter and without links to empty pages", async () => {
    const catalogue = await ownCatalogue();
    const lea = await testConsole(catalogue).asPublisher(await newPublisher(catalogue));
    const aids = words((await lea.get("/espace/aides")).html);
    expect(aids).toContain("Aucune aide pour l'instant.");
    expect(aids).not.toContain("Où en est la fiche");
    const home = words((await lea.get("/espace")).html);
    expect(home).toContain("Nous ne vous avons pas encore écrit.");
    expect(home).not.toMatch(/Voir, confirmer|Lire les lettres/);
  });

  it("confirms all aids that are online, which a worker applies, and only those", async () => {
    const { catalogue, own, other, lea, work } = await twoPublishers();
    const done = await lea.act("/espace/aides/confirmer", { toutes: "oui" });
    expect(words(done.html)).toContain("2 aides confirmées.");
    // Before the worker has applied it, nobody is asked again.
    expect(words(done.html)).not.toContain("Confirmer ces");
    expect(words((await lea.get(`/espace/aides/${own.aids[0]}`)).html)).not.toContain("Tout est à jour");
    await work();
    expect(words((await lea.get(`/espace/aides/${own.aids[0]}`)).html)).not.toContain("Tout est à jour");
    const watches = async (connector: string) => {
      const found = [];
      for await (const page of catalogue.aids.curated({ connector })) found.push(...page.map(({ watch }) => watch?.state ?? null));
      return found;
    };
    expect(await watches(own.harvest.connector)).toEqual(["confirmed", "confirmed", null]);
    expect(await watches(other.harvest.connector)).toEqual([null, null, null]);
    const list = words((await lea.get("/espace/aides")).html);
    expect(list).toContain("confirmée jusqu'au");
    expect(list).not.toContain("Confirmer ces");
    expect((await lea.post("/espace/aides/confirmer", { toutes: "oui" })).status).toBe(409);
    expect(await openPlans(catalogue)).toEqual([]);
    const [plan] = await catalogue.plans.list({ origin: "publisher" });
    expect([plan?.state, plan?.madeBy, plan?.appliedBy]).toEqual(["applied", email, email]);
  });

  it("proposes a correction that a curator reads on the first page, applies and undoes", async () => {
    const { catalogue, own, lea, bizdev, work } = await twoPublishers();
    const [aidId = ""] = own.aids;
    const sent = await correct(lea, aidId, { name: "Refaire la toiture d’une école" });
    expect(sent.to).toBe(`/espace/aides/${aidId}`);
    await work();
    expect((await curatedAid(catalogue, { aidId })).edits.name).toBeUndefined();
    expect(words((await lea.get(`/espace/aides/${aidId}`)).html)).toContain("nous la relisons");

    const night = words((await bizdev.get("/")).html);
    expect(night).toContain("1 proposition d'un producteur");
    const [plan] = await openPlans(catalogue);
    const shown = words((await bizdev.get(`/plans/${plan?.planId}`)).html);
    expect(shown).toContain(email);
    expect(shown).toContain("Refaire la toiture d'une école");
    expect((await bizdev.post(`/plans/${plan?.planId}/appliquer`)).status).toBe(303);
    expect((await curatedAid(catalogue, { aidId })).edits.name).toMatchObject({ value: "Refaire la toiture d’une école", by: email });
    expect(words((await lea.get(`/espace/aides/${aidId}`)).html)).toContain("reprise");
    expect((await bizdev.post(`/plans/${plan?.planId}/defaire`)).status).toBe(303);
  });

  it("applies a correction at once if the publisher's policy says so, but never a closing", async () => {
    const { catalogue, own, lea, bizdev, work } = await twoPublishers();
    const [aidId = ""] = own.aids;
    await bizdev.post(`/producteurs/${own.publisherId}/espace/corrections`, { corrections: "direct" });
    await correct(lea, aidId, { name: "Refaire un toit" });
    const closed = await lea.act(`/espace/aides/${aidId}/cloture`, {
      jour: "2027-01-31",
      remarque: "Le budget est épuisé. Demander à Mme Claire Dupont.",
    });
    expect(words(closed.html)).toContain("Clôture annoncée pour le 31 janvier 2027.");
    await work();
    const aid = await curatedAid(catalogue, { aidId });
    expect([aid.edits.name?.value, aid.edits.submissionDeadline]).toEqual(["Refaire un toit", undefined]);
    const [closing, ...others] = await openPlans(catalogue);
    expect(others).toEqual([]);
    expect(closing?.asked).toMatchObject({ act: "close", day: "2027-01-31" });
    const [change] = await catalogue.plans.sample(closing?.planId ?? "", 5);
    expect(change?.note).toContain("Le budget est épuisé");
    expect(change?.note).not.toContain("Dupont");
    // The correction has changed the aid since, but not its deadline.
    await work();
    expect((await bizdev.post(`/plans/${closing?.planId}/appliquer`)).status).toBe(303);
    expect((await curatedAid(catalogue, { aidId })).edits.submissionDeadline?.value).toBe("2027-01-31");
    expect((await lea.post(`/espace/aides/${aidId}/cloture`, { jour: "2020-01-31" })).status).toBe(422);
  });

  it("does not lose what was typed if the aid has changed meanwhile, nor send what did not change", async () => {
    const { catalogue, own, lea } = await twoPublishers();
    const [aidId = ""] = own.aids;
    const path = `/espace/aides/${aidId}/corriger`;
    const { jeton: _, ...form } = formOnPage((await lea.get(path)).html, path);
    const moved = await lea.post(path, { ...form, revision: "1", "aide.name": "Mon titre" });
    expect([moved.status, moved.html.includes('value="Mon titre"')]).toEqual([409, true]);
    expect((await lea.post(path, form)).status).toBe(422);
    expect(words((await lea.post(path, { ...form, "aide.submissionDeadline": "demain" })).html)).toContain("à corriger");
    expect(await openPlans(catalogue)).toEqual([]);
  });

  it("keeps a waiting correction applicable when the feed changes another field, but not when it changes the same one", async () => {
    const { catalogue, own, lea, bizdev, work } = await twoPublishers();
    const [one = "", two = ""] = own.aids;
    await correct(lea, one, { name: "Refaire un toit" });
    await correct(lea, two, { submissionDeadline: "2027-05-01" });
    const again = (id: number, more: object) =>
      record(id, { titre: `Toiture numéro ${id}`, rythme: "Ponctuelle", publics: "Communes", ...more });
    await own.harvest.day([again(1, { fin: "2027-04-30" }), again(2, { fin: "2027-04-30" }), again(3, {})]);
    await work();
    const plans = await openPlans(catalogue);
    const apply = (field: string) => {
      const plan = plans.find(({ asked }) => asked?.fields === field);
      return bizdev.post(`/plans/${plan?.planId}/appliquer`);
    };
    expect((await apply("name")).status).toBe(303);
    expect((await apply("submissionDeadline")).status).toBe(409);
    expect((await own.harvest.aid("a1")).name).toBe("Refaire un toit");
    expect((await own.harvest.aid("a1")).submissionDeadline).toBe("2027-04-30");
    expect((await own.harvest.aid("a2")).submissionDeadline).toBe("2027-04-30");
  });

  it("ignores fields that are not the publisher's to change", async () => {
    const { catalogue, own, lea } = await twoPublishers();
    const [aidId = ""] = own.aids;
    const path = `/espace/aides/${aidId}/corriger`;
    const { jeton: _, ...form } = formOnPage((await lea.get(path)).html, path);
    const foreign = { "vu.importShareLicence": "x", "aide.importShareLicence": "unknown", "vu.outOfScope": "x", "aide.outOfScope": "tout" };
    expect((await lea.post(path, { ...form, ...foreign })).status).toBe(422);
    expect(await openPlans(catalogue)).toEqual([]);
  });
});

describe("the worker that applies acts of publishers", () => {
  it("leaves forged plans to a curator: another publisher's aid, another kind of change, a revoked or invented author", async () => {
    const { catalogue, own, other, lea, bizdev, work } = await twoPublishers();
    await bizdev.post(`/producteurs/${own.publisherId}/espace/corrections`, { corrections: "direct" });
    const account = lea.personId ?? "";
    const forge = async (
      externalId: string,
      connector: string,
      asked: Readonly<Record<string, unknown>>,
      kind: "confirm" | "edit" | "publish",
    ) => {
      const aid = await curatedAid(catalogue, { connector, externalId });
      const curator = { by: email, now: testNow };
      const made = await planActs(catalogue, curator, { origin: "publisher", connector, asked }, [[aid]], (each) => {
        if (kind === "publish") return decidePublish({ ...each, status: "draft" }, curator);
        const fields =
          kind === "edit"
            ? { name: { last: null, current: each.imported.name, incoming: "Forgé", action: "apply" as const, after: {} } }
            : {};
        const change = {
          aidId: each.aidId,
          externalId: each.externalId,
          kind,
          baseRevision: each.revision,
          fields,
          ...(kind === "confirm" && { state: { watch: null } }),
        };
        return { change, cautions: [] };
      });
      await catalogue.plans.requestApply(made.plan?.planId ?? "", { by: email, at: testNow.toISOString(), note: null });
    };
    const mine = own.harvest.connector;
    const publisher = own.publisherId;
    await forge("a1", other.harvest.connector, { act: "edit", publisher, account }, "edit");
    await forge("a1", other.harvest.connector, { act: "confirm", publisher, account }, "confirm");
    await forge("a1", mine, { act: "confirm", publisher, account }, "publish");
    await forge("a1", mine, { act: "confirm", publisher, account }, "edit");
    await forge("a1", mine, { act: "edit", publisher, account: randomUUID() }, "edit");
    await forge("a1", mine, { act: "edit", publisher: other.publisherId, account }, "edit");
    await forge("a1", mine, { act: "edit", publisher, letter: randomUUID() }, "edit");
    await forge("a1", mine, { act: "close", publisher, account }, "edit");
    await forge("a1", mine, {}, "edit");
    const titles = async () => [
      (await own.harvest.aid("a1")).name,
      (await other.harvest.aid("a1")).name,
      (await curatedAid(catalogue, { connector: other.harvest.connector, externalId: "a1" })).revision,
    ];
    const before = await titles();
    await work();
    expect(await titles()).toEqual(before);
    const open = await openPlans(catalogue);
    expect(open).toHaveLength(9);
    expect(open.map(({ applyRequest }) => applyRequest)).toEqual(open.map(() => null));

    // A true one, to see that the worker does work; and the same after the access is revoked.
    await forge("a1", mine, { act: "edit", publisher, account }, "edit");
    await work();
    expect((await openPlans(catalogue)).length).toBe(9);
    await catalogue.publisherAccounts.revoke(account, { by: "Marie", now: testNow });
    await forge("a2", mine, { act: "edit", publisher, account }, "edit");
    await work();
    expect((await openPlans(catalogue)).length).toBe(10);
  });
});

describe("the audit trail", () => {
  it("names a publisher's person by the account, and shows the address until the person is forgotten", async () => {
    const { catalogue, lea, staff } = await twoPublishers();
    await lea.post("/espace/aides/confirmer", { toutes: "oui" });
    const [entry] = await catalogue.audit.list({ act: "space.confirm" }, { limit: 5, offset: 0 });
    expect(entry).toMatchObject({ by: "producteur", person: lea.personId });
    expect(JSON.stringify(entry)).not.toContain("martin");
    const admin = await staff.as("admin");
    expect((await admin.get("/journal")).html).toContain(`producteur (${email})`);
    const search = { patterns: [["martin"]], clean: (value: unknown) => forgotten(value) };
    await catalogue.forgetting.forget(search, { by: "Ada", now: testNow, note: "erased", erased: "[effacé]" });
    expect((await admin.get("/journal")).html).not.toContain("martin");
    expect((await lea.get("/espace")).to).toContain("/espace/connexion");
    const [plan] = await catalogue.plans.list({ origin: "publisher" });
    expect(plan?.madeBy).toBe("[effacé]");
  });
});

/** Replaces the address in a value. */
function forgotten(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(email, "[effacé]"));
}
