import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { forgetPeople, lookForPeople } from "../../../src/catalogue/forgetting/forget-people.ts";
import { pruneOld } from "../../../src/jobs/tasks/prune-old.ts";
import { type Person, readPerson } from "../../../src/privacy/person.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testNow } from "../../support/made-aids.ts";
import { testServices } from "../../support/test-services.ts";

const she = ["Solveig TARTEMPION", "s.tartempion@exemple.fr", "04 75 11 22 33"].map((written): Person => {
  const person = readPerson(written);
  if (person === null) throw new Error(written);
  return person;
});
const marie = { by: "Marie", now: testNow };
const contact = {
  name: "Solveig Tartempion",
  role: null,
  email: "s.tartempion@exemple.fr",
  phone: "04 75 11 22 33",
  note: null,
  getsLetters: true,
};
const facts = {
  name: "Une agence",
  siren: null,
  kind: "agency",
  territory: null,
  website: null,
  licence: "openlicence20",
  agreedOn: null,
  agreedBy: "Mme Solveig Tartempion",
  agreementDocument: null,
  personInCharge: null,
  nextAction: "Rappeler Solveig Tartempion",
  nextActionOn: null,
};

describe.each(testedDatabases)("contacts of publishers, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
    });
    afterEach(() => catalogue.drop());

    it("are erased from contacts, log, agreement, next action, name and site", async () => {
      const named = { name: "Une agence (Solveig Tartempion)", website: "https://exemple.fr/solveig-tartempion" };
      const publisherId = await catalogue.publishers.add({ ...facts, ...named }, marie);
      await catalogue.contacts.add(publisherId, contact, marie);
      await catalogue.exchanges.add(publisherId, {
        at: testNow,
        kind: "call",
        by: "Marie",
        text: "Solveig Tartempion, 04 75 11 22 33, est d’accord",
      });
      const services = { ...testServices(catalogue), catalogue, reader: { connectors: [] } as never, key: "a key of the tests" };
      const found = (await lookForPeople(she, services)).places.filter(({ rows }) => rows > 0).map(({ place }) => place);
      expect(found).toEqual(["publishers", "publisher_contacts", "exchanges"]);
      await forgetPeople(she, services, { by: "marie", now: testNow, note: "erased" });
      const left = JSON.stringify([
        await catalogue.publishers.find(publisherId),
        await catalogue.contacts.list(publisherId),
        await catalogue.exchanges.list(publisherId),
      ]);
      expect(left).not.toMatch(/tartempion|11 22 33/i);
      expect(left).toContain("[effacé]");
      expect(await catalogue.publishers.find(publisherId)).toMatchObject({ name: "Une agence ([effacé])", website: null });
    });

    it("are deleted three years after their publisher refused", async () => {
      const [refused, other] = [await catalogue.publishers.add(facts, marie), await catalogue.publishers.add(facts, marie)];
      for (const publisherId of [refused, other]) await catalogue.contacts.add(publisherId, contact, marie);
      await catalogue.publishers.moveTo(refused, "refused", marie);
      const prune = async (instant: string) => {
        const clock = { now: () => new Date(instant), fixed: null, elapsed: () => 0 };
        const logger = { info: () => undefined } as never;
        await pruneOld({ catalogue, clock, logger, environment: {} }, new AbortController().signal);
        return [await catalogue.contacts.list(refused), await catalogue.contacts.list(other)].map(({ length }) => length);
      };
      expect(await prune("2029-11-20T05:00:00Z")).toEqual([1, 1]);
      expect(await prune("2029-11-26T05:00:00Z")).toEqual([0, 1]);
    });
  });
});
