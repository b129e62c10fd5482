import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { csrfToken } from "../../src/console/access/tokens.ts";
import { mailServer } from "../jobs/digest/mail-server.ts";
import { newCatalogue, postgresql, type TestCatalogue } from "../support/catalogues.ts";
import { type ConsoleClient, testConsole } from "../support/console-client.ts";
import { guardsOff, newHarvest } from "../support/harvest.ts";
import { addressOn, madeLetter, partnerOf, words, wrong } from "./letters/answered-letters.ts";
import { record, waiting } from "./review/waiting-aids.ts";

/** One person with one session sends forms to two consoles at the same moment, each with its own connections. */
describe.skipIf(postgresql.skipped)("two consoles on one PostgreSQL", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(postgresql);
  });
  afterAll(() => catalogue.drop());

  const twoOf = async (given: Parameters<typeof testConsole>[1] = {}) => {
    const [one, other] = [testConsole(catalogue, given), testConsole(await catalogue.again(), given)];
    const elsewhere = await other.as("nobody");
    type Fields = Parameters<ConsoleClient["post"]>[1];
    const both = (marie: ConsoleClient, path: string, fields: Fields = {}) => {
      const cookie = marie.cookie();
      const session = cookie.slice(cookie.indexOf("=") + 1);
      const jeton = session === "" ? "personne" : csrfToken(session);
      return Promise.all([marie.post(path, fields), elsewhere.post(path, { ...fields, jeton }, { cookie })]);
    };
    return { one, other, both };
  };
  const withLetters = async (environment: Readonly<Record<string, string>>) => {
    const harvest = await newHarvest(catalogue, { guards: guardsOff });
    await harvest.day(wrong);
    const publisherId = await partnerOf(catalogue, harvest);
    const two = await twoOf({ folders: [harvest.folder], services: { environment } });
    return { ...two, harvest, publisherId };
  };

  it("create one letter, and both show its address", async () => {
    const { one, both, harvest, publisherId } = await withLetters({});
    const marie = await one.as("bizdev", "Marie");
    const path = `/connecteurs/${harvest.connector}/courriers`;
    const adresse = /name="adresse" value="([\w-]+)"/.exec((await marie.get(path)).html)?.[1] ?? "no field";
    const shown = await both(marie, path, { adresse });
    expect(shown.map(({ html }) => addressOn(html))).toEqual([`/lettre/${adresse}`, `/lettre/${adresse}`]);
    expect(await catalogue.letters.list(harvest.connector)).toHaveLength(1);
    expect((await catalogue.exchanges.list(publisherId)).map(({ kind }) => kind)).toEqual(["letter-made"]);
  });

  it("send one mail although the mail server is slow, and record a letter sent by hand once", async () => {
    let take: () => void = () => undefined;
    const takesAfter = new Promise<void>((resolve) => {
      take = resolve;
    });
    const smtp = await mailServer({ takesAfter });
    const { one, both, harvest, publisherId } = await withLetters({
      MOISSON_SMTP_URL: smtp.url(),
      MOISSON_DIGEST_FROM: "service@exemple.fr",
      MOISSON_DIGEST_TO: "equipe@exemple.fr",
    });
    const { bizdev, path, letterId, address } = await madeLetter(catalogue, one, harvest);
    const adresse = address.split("/").at(-1) ?? "";
    const fields = { adresse, envoyee: "", objet: "Vos aides", message: `Voir http://console.test${address}`, autre: "a@region.example" };
    const sent = both(bizdev, `${path}/envoyer`, fields);
    await expect.poll(() => smtp.mails.length, { timeout: 20_000 }).toBe(1);
    expect(words((await bizdev.get(path)).html)).toContain("Envoi en cours");
    take();
    expect((await sent).map(({ to }) => to)).toEqual([path, path]);
    expect(smtp.mails).toHaveLength(1);
    expect(await catalogue.letters.find(letterId)).toMatchObject({ sentTo: "a@region.example", isUncertain: false });
    const noted = await withLetters({});
    const byHand = await madeLetter(catalogue, noted.one, noted.harvest);
    await noted.both(byHand.bizdev, `${byHand.path}/envoyee`);
    for (const id of [publisherId, noted.publisherId]) {
      const log = (await catalogue.exchanges.list(id)).map(({ kind }) => kind);
      expect(log.filter((kind) => kind === "letter-sent")).toHaveLength(1);
    }
  });

  it("request one new reading of a feed", async () => {
    const { one, both, harvest } = await withLetters({});
    const { address, nobody } = await madeLetter(catalogue, one, harvest);
    await both(nobody, `${address}/relecture`, {});
    expect(await catalogue.runQueue.waiting(harvest.connector)).toHaveLength(1);
  });

  it("add a publisher once", async () => {
    const { one, both } = await twoOf();
    const marie = await one.as("bizdev", "Marie");
    const names = Array.from({ length: 8 }, (_, number) => `Syndicat des eaux ${number}`);
    const added = await Promise.all(names.map((nom) => both(marie, "/producteurs/nouveau", { nom, nature: "collectivity" })));
    for (const pair of added) expect(new Set(pair.map(({ to }) => to)).size).toBe(1);
    const known = (await catalogue.publishers.list()).map(({ name }) => name);
    expect(known.filter((name) => names.includes(name)).sort()).toEqual(names);
  });

  it("prepare one rejection of expired aids", async () => {
    await waiting(catalogue, [record("échue", { fin: "2026-11-01" })]);
    const { one, both } = await twoOf();
    const prepared = await both(await one.as("bizdev", "Marie"), "/relecture/echues/rejeter");
    expect(new Set(prepared.map(({ to }) => to)).size).toBe(1);
    const open = await catalogue.plans.list({ origin: "curator", isOpen: true });
    expect(open.map(({ planId }) => `/plans/${planId}`)).toEqual([prepared[0]?.to]);
  });
});
