import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StoredPublisher } from "../../src/catalogue/publishers/publisher-repository.ts";
import { NotDone, WrongUse } from "../../src/cli/exit.ts";
import { WrongSettings } from "../../src/platform/config.ts";
import { partnerOf, wrong } from "../console/letters/answered-letters.ts";
import { mailServer } from "../jobs/digest/mail-server.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../support/catalogues.ts";
import { runCommandAt } from "../support/command-line.ts";
import { testConsole } from "../support/console-client.ts";
import { guardsOff, newHarvest } from "../support/harvest.ts";

const now = "2026-11-26T08:00:00Z";
const website = { MOISSON_PUBLIC_URL: "https://aides.example" };
const mailTo = (url: string) => ({
  ...website,
  MOISSON_CONSOLE_NAME: "Service Exemple",
  MOISSON_SMTP_URL: url,
  MOISSON_DIGEST_FROM: "Service Exemple <service@exemple.fr>",
  MOISSON_DIGEST_TO: "equipe@exemple.fr",
});

describe("moisson letter", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue.drop());

  const ready = async (environment: Readonly<Record<string, string>> = website) => {
    const harvest = await newHarvest(catalogue, { guards: guardsOff });
    await harvest.day(wrong);
    const publisherId = await partnerOf(catalogue, harvest);
    const run = (...args: string[]) => runCommandAt(now, catalogue, harvest.folder, ["letter", ...args], environment);
    return { ...harvest, publisherId, run };
  };
  const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

  it("previews a new letter with its mail and numbered points, and stores nothing", async () => {
    const { connector, run } = await ready();
    const preview = await run("preview", connector);
    expect(preview.error).toBeUndefined();
    const shown = plain(preview.stdout);
    expect(shown).toContain("[adresse de la lettre]");
    expect(shown).toContain("À l’attention de : Région Exemple");
    expect(shown).toContain("31/02/2027");
    expect(shown).toMatch(/\n1\. /);
    expect(shown).not.toMatch(/<\w/);
    const { letter, points, letterId } = JSON.parse((await run("preview", connector, "--json")).stdout);
    expect([letterId, letter.publisher, points.length > 2]).toEqual([null, "Région Exemple", true]);
    expect(await catalogue.letters.list(connector)).toEqual([]);
  });

  it("sends a letter to the contacts who get letters, records it like the console, and then a reminder", async () => {
    const smtp = await mailServer();
    const { connector, folder, publisherId, run } = await ready(mailTo(smtp.url()));
    const sent = await run("send", connector, "--reply-to", "marie@exemple.fr");
    expect(sent.error).toBeUndefined();
    expect(sent.stdout).toContain("sent to jeanne@region.example");
    const [mail] = smtp.mails;
    expect(mail?.replyTo?.value).toEqual([{ name: "marie", address: "marie@exemple.fr" }]);
    const address = /https:\/\/aides\.example(\/lettre\/[\w-]+)/.exec(mail?.text ?? "")?.[1] ?? "";
    const nobody = await testConsole(catalogue, { folders: [folder] }).as("nobody");
    expect((await nobody.get(address)).status).toBe(200);
    const log = await catalogue.exchanges.list(publisherId);
    expect(log.map(({ kind, by }) => [kind, by])).toEqual([
      ["letter-sent", "marie"],
      ["letter-made", "marie"],
    ]);
    const audit = await catalogue.audit.list({ subject: `connecteur ${connector}` }, { limit: 9, offset: 0 });
    expect(audit.map(({ act }) => act)).toEqual(["letter.send", "letter.make"]);
    expect(JSON.stringify([log, audit])).not.toContain("region.example");

    const [{ letterId = "" } = {}] = await catalogue.letters.list(connector);
    const again = await run("send", letterId.slice(0, 8), "--to", "paul@region.example", "--json");
    expect(JSON.parse(again.stdout)).toMatchObject({ reached: ["paul@region.example"], details: { isReminder: true, recipients: 1 } });
    expect(smtp.mails[1]?.subject).toMatch(/^Rappel/);
    expect((await nobody.get(address)).status).toBe(404);
    expect((await run("list", "--connector", connector)).stdout).toContain("sent 2026-11-26, 0 answered");
  });

  it("refuses a letter that says nothing new, unless it is wanted anyway", async () => {
    const smtp = await mailServer();
    const { connector, run, ...harvest } = await ready(mailTo(smtp.url()));
    await run("send", connector);
    await harvest.day(wrong);
    const same = await run("send", connector, "--by", "Paul");
    expect(`${same.error}`).toContain("nothing has changed since letter");
    expect(smtp.mails).toHaveLength(1);
    const anyway = await run("send", connector, "--by", "Paul", "--anyway");
    expect(anyway.error).toBeUndefined();
    expect(smtp.mails).toHaveLength(2);
  });

  it("sends nothing without a mail server, a recipient, the letter's address or a public address, and says why", async () => {
    const smtp = await mailServer();
    const { connector, folder, run } = await ready(mailTo(smtp.url()));
    const at = (environment: Readonly<Record<string, string>>) =>
      runCommandAt(now, catalogue, folder, ["letter", "send", connector], environment);
    expect((await at(website)).error).toBeInstanceOf(NotDone);
    expect(`${(await at(website)).error}`).toContain("no mail server is configured: set MOISSON_SMTP_URL");
    expect((await at({})).error).toBeInstanceOf(WrongSettings);
    expect(await catalogue.letters.list(connector)).toEqual([]);
    const message = join(folder, "message.txt");
    await writeFile(message, "Bonjour\n");
    const wrongMail = await run("send", connector, "--to", "Paul <paul@region.example>", "--message", message);
    expect(`${wrongMail.error}`).toContain("expected one plain mail address");
    expect(`${wrongMail.error}`).toContain("must contain [adresse de la lettre]");
    expect(`${(await run("send", connector, "--message", join(folder, "missing"))).error}`).toContain("cannot read the file");
    const unreachable = await at(mailTo("smtp://127.0.0.1:1"));
    expect(`${unreachable.error}`).toContain("no connection to the server; nothing is recorded as sent");
    expect((await catalogue.letters.list(connector)).map(({ sentAt }) => sentAt)).toEqual([null]);
    expect(smtp.mails).toEqual([]);
  });

  it("records an answer once, like the publisher's page, and explains a wrong one", async () => {
    const smtp = await mailServer();
    const { connector, publisherId, run } = await ready(mailTo(smtp.url()));
    await run("send", connector);
    const [{ letterId = "" } = {}] = await catalogue.letters.list(connector);
    const answer = (...args: string[]) => run("answer", letterId.slice(0, 8), ...args);
    const planned = await answer("1", "--answer", "planned", "--planned-for", "2027-01-31", "--json");
    expect(JSON.parse(planned.stdout)).toMatchObject({ isNew: true, answer: "planned", plannedFor: "2027-01-31" });
    expect((await answer("1", "--answer", "planned", "--planned-for", "2027-01-31")).stdout).toContain("already recorded");
    expect((await answer("--remark", "Le site change en mars")).stdout).toContain("recorded");
    expect((await catalogue.letterAnswers.list(letterId)).map(({ answer: given, remark }) => [given, remark])).toEqual([
      ["planned", null],
      [null, "Le site change en mars"],
    ]);
    const kinds = (await catalogue.exchanges.list(publisherId)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "letter-answered")).toHaveLength(2);
    expect((await run("list", "--state", "promised")).stdout).toContain("promised 2027-01-31");
    expect(`${(await answer("1", "--answer", "planned")).error}`).toContain("--planned-for <day> is required");
    expect(`${(await answer("1", "--answer", "planned", "--planned-for", "2026-01-31")).error}`).toContain("is past");
    expect(`${(await answer("99", "--answer", "corrected")).error}`).toContain("no such point");
    expect((await answer()).error).toBeInstanceOf(WrongUse);
    expect((await answer("1", "--answer", "perhaps")).error).toMatchObject({ code: "commander.invalidArgument" });
  });

  it("finds a letter by publisher, connector or id, and says what it does not find", async () => {
    const { connector, run } = await ready();
    const facts = (await catalogue.publishers.findByConnector(connector)) as StoredPublisher;
    const publisherId = await catalogue.publishers.add({ ...facts, name: "Région Nommée" }, { by: "marie", now: new Date(now) });
    expect(`${(await run("preview", "Région Nommée")).error}`).toContain("has no connector");
    await catalogue.publishers.giveConnector(connector, publisherId);
    expect(JSON.parse((await run("preview", "région nommée", "--json")).stdout).connector).toBe(connector);
    expect((await run("preview", "Région Inconnue")).error).toBeInstanceOf(WrongUse);
    expect((await run("preview", "00000000")).error).toBeInstanceOf(NotDone);
  });
});
