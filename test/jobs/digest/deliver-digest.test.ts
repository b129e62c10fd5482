import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type DigestContext, deliverDigest } from "../../../src/jobs/digest/deliver-digest.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { chatSecret, chatServer } from "./chat-server.ts";
import { mailPassword, mailServer } from "./mail-server.ts";

/** 06:30 in Paris: Tuesday, Wednesday, Friday, Saturday, Monday. */
const tuesday = "2026-11-24T05:30:00Z";
const wednesday = "2026-11-25T05:30:00Z";
const friday = "2026-11-27T05:30:00Z";
const saturday = "2026-11-28T05:30:00Z";
const monday = "2026-11-30T05:30:00Z";

const addresses = { MOISSON_DIGEST_FROM: "Moisson <moisson@example.org>", MOISSON_DIGEST_TO: "ops@example.org, bizdev@example.org" };

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`delivery of the digest, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    const logged: unknown[] = [];
    beforeEach(async () => {
      logged.length = 0;
      catalogue = await newCatalogue(database);
    });
    afterEach(() => catalogue.drop());

    /** Calls the task some minutes after an instant. */
    const call = async (environment: DigestContext["environment"], instant: string, minutes = 0) => {
      const now = new Date(Date.parse(instant) + minutes * 60_000);
      const log = (...said: unknown[]) => void logged.push(said);
      const logger = { info: log, warn: log, error: log } as unknown as DigestContext["logger"];
      const clock = { now: () => now, fixed: null, elapsed: () => 0 };
      await deliverDigest(
        { catalogue, clock, logger, environment, registry: async () => ({ connectors: [], problems: [] }) },
        new AbortController().signal,
      );
    };
    const callEachMinute = async (environment: DigestContext["environment"], instant: string, minutes: number) => {
      for (let minute = 0; minute <= minutes; minute++) await call(environment, instant, minute);
    };
    const logsAndStore = async () => JSON.stringify([logged, await catalogue.store.rows(sql`select * from digests`)]);

    it("sends it once at half past six, by mail as text and HTML and in short to the chat, with several workers", async () => {
      const [mail, chat] = [await mailServer(), await chatServer()];
      const environment = { ...addresses, MOISSON_SMTP_URL: mail.url(), MOISSON_DIGEST_WEBHOOK: chat.url };
      await call(environment, wednesday, -1);
      expect(mail.mails).toHaveLength(1); // Tuesday's digest, because yesterday no worker ran.
      await Promise.all([call(environment, wednesday), call(environment, wednesday), call(environment, wednesday)]);
      await call(environment, wednesday, 1);
      expect(mail.mails).toHaveLength(2);
      expect(chat.posts).toHaveLength(2);
      const [, sent] = mail.mails;
      expect(sent?.subject).toBe("Moisson, mercredi 25 novembre 2026\u00a0: rien à signaler");
      expect(sent?.from?.text).toBe('"Moisson" <moisson@example.org>');
      expect([sent?.to].flat().map((to) => to?.text)).toEqual(["ops@example.org, bizdev@example.org"]);
      expect(sent?.text).toContain("Rien à signaler.");
      expect(sent?.html).toContain("<h2 ");
      expect(chat.posts[1]?.text).toContain("Rien à signaler.");
    });

    it("is due on working days, and Monday's covers three nights", async () => {
      const mail = await mailServer();
      const environment = { ...addresses, MOISSON_SMTP_URL: mail.url() };
      await call(environment, friday);
      await call(environment, saturday, 1);
      expect(mail.mails).toHaveLength(1);
      expect(plain(mail.mails[0]?.text)).toContain("Du jeudi 26 novembre à 6 h 30 au vendredi 27 novembre à 6 h 30 (1 nuit).");
      await call(environment, monday);
      expect(mail.mails).toHaveLength(2);
      expect(plain(mail.mails[1]?.text)).toContain("Du vendredi 27 novembre à 6 h 30 au lundi 30 novembre à 6 h 30 (3 nuits).");
    });

    it("retries with growing delays if the mail server is down; the next day's digest reports it and covers both days", async () => {
      const environment = { ...addresses, MOISSON_SMTP_URL: `smtp://127.0.0.1:${await closedPort()}` };
      await callEachMinute(environment, tuesday, 60);
      const tries = logged.map((said) => JSON.stringify(said)).filter((said) => said.includes("no-connection"));
      expect(tries).toHaveLength(6);
      const mail = await mailServer();
      await call({ ...addresses, MOISSON_SMTP_URL: mail.url() }, wednesday);
      const text = plain(mail.mails[0]?.text);
      expect(text).toContain("Du lundi 23 novembre à 6 h 30 au mercredi 25 novembre à 6 h 30 (2 nuits).");
      expect(text).toContain("Page du mardi 24 novembre à 6 h 30");
      expect(text).toContain("Jamais remise, après 6 essais.");
      expect(text).toContain("Courrier électronique : le serveur n’a pas pu être joint.");
      await call({ ...addresses, MOISSON_SMTP_URL: mail.url() }, "2026-11-26T05:30:00Z");
      expect(plain(mail.mails[1]?.text)).toContain("Rien à signaler.");
      expect(plain(mail.mails[1]?.text)).not.toContain("Page du");
    });

    it("sends the same page on a later attempt", async () => {
      const port = await closedPort();
      await call({ ...addresses, MOISSON_SMTP_URL: `smtp://127.0.0.1:${port}` }, tuesday);
      const mail = await mailServer();
      await call({ ...addresses, MOISSON_SMTP_URL: mail.url() }, tuesday, 1);
      await callEachMinute({ ...addresses, MOISSON_SMTP_URL: mail.url() }, tuesday, 60);
      expect(mail.mails).toHaveLength(1);
      expect(plain(mail.mails[0]?.text)).toContain("au mardi 24 novembre à 6 h 30");
      expect(await catalogue.digests.unsent(new Date(monday))).toEqual([]);
    });

    it("reports a refused password without showing it", async () => {
      const mail = await mailServer();
      await callEachMinute({ ...addresses, MOISSON_SMTP_URL: mail.url("wrong-password") }, tuesday, 1);
      expect(mail.mails).toEqual([]);
      expect(await catalogue.digests.unsent(new Date(monday))).toMatchObject([
        { delivered: false, tries: 2, failures: [{ channel: "mail", code: "login-refused", status: 535 }] },
      ]);
      expect(await logsAndStore()).not.toContain("wrong-password");
      await call({ ...addresses, MOISSON_SMTP_URL: mail.url() }, wednesday);
      expect(plain(mail.mails[0]?.text)).toContain("le serveur a refusé l’identifiant ou le mot de passe (réponse 535)");
      expect(await logsAndStore()).not.toContain(mailPassword);
    });

    it("counts as delivered with the mail alone; the chat is retried, the mail is not sent twice", async () => {
      const [mail, chat] = [await mailServer(), await chatServer([500, 500])];
      const environment = { ...addresses, MOISSON_SMTP_URL: mail.url(), MOISSON_DIGEST_WEBHOOK: chat.url };
      await callEachMinute(environment, tuesday, 60);
      expect(mail.mails).toHaveLength(1);
      expect(chat.posts).toHaveLength(3);
      expect(await catalogue.digests.unsent(new Date(monday))).toEqual([]);
    });

    it("reports a failed chat in the next digest, without its address", async () => {
      const [mail, chat] = [await mailServer(), await chatServer([500, 302, 500, 500, 500, 500])];
      const environment = { ...addresses, MOISSON_SMTP_URL: mail.url(), MOISSON_DIGEST_WEBHOOK: chat.url };
      await callEachMinute(environment, tuesday, 60);
      expect(chat.posts.map(({ path }) => path)).toEqual(Array.from({ length: 6 }, () => `/hooks/${chatSecret}`)); // the redirect is not followed
      await call(environment, wednesday);
      const text = plain(mail.mails[1]?.text);
      expect(text).toContain("Remise, mais pas par tous les moyens.");
      expect(text).toContain("Messagerie d’équipe : le serveur a refusé le message (réponse 500).");
      expect(text).toContain("Du mardi 24 novembre");
      expect(await logsAndStore()).not.toContain(chatSecret);
    });

    it("reaches the accepted recipients, reports the refused ones, and mails nobody twice", async () => {
      const mail = await mailServer({ refuses: ["bizdev@example.org"] });
      await callEachMinute({ ...addresses, MOISSON_SMTP_URL: mail.url() }, tuesday, 60);
      expect(mail.mails).toHaveLength(1);
      expect(await catalogue.digests.unsent(new Date(monday))).toMatchObject([
        { delivered: true, tries: 1, failures: [{ code: "recipients-refused" }] },
      ]);
    });

    it("is sent by another worker if the first one died", async () => {
      const down = { ...addresses, MOISSON_SMTP_URL: `smtp://127.0.0.1:${await closedPort()}` };
      await call(down, tuesday);
      const kept = await catalogue.digests.newest(new Date(monday));
      expect(await catalogue.digests.beginTry(String(kept?.digestId), 1)).toBe(true);
      expect(await catalogue.digests.beginTry(String(kept?.digestId), 1)).toBe(false);
      const mail = await mailServer();
      await call({ ...addresses, MOISSON_SMTP_URL: mail.url() }, tuesday, 2);
      expect(mail.mails).toHaveLength(0); // The earlier attempt may still be running.
      await call({ ...addresses, MOISSON_SMTP_URL: mail.url() }, tuesday, 3);
      expect(mail.mails).toHaveLength(1);
    });

    it("without recipients it is not an error: it is logged once, and the next digest covers one day", async () => {
      await callEachMinute({}, tuesday, 5);
      expect(logged).toHaveLength(1);
      expect(await catalogue.digests.newest(new Date(monday))).toBeNull();
      const chat = await chatServer();
      await call({ MOISSON_DIGEST_WEBHOOK: chat.url }, wednesday);
      expect(chat.posts).toHaveLength(1);
    });

    it("follows the times set by ops", async () => {
      const chat = await chatServer();
      const environment = { MOISSON_DIGEST_WEBHOOK: chat.url, MOISSON_DIGEST_CRON: "0 8 * * *" };
      await call(environment, saturday, 89);
      const before = chat.posts.length;
      await call(environment, saturday, 90);
      expect(chat.posts.length).toBe(before + 1);
    });
  });
}

/** Returns a port without a listener. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((closed) => server.close(() => closed()));
  return port;
}

/** Replaces special spaces and joins the lines of a sentence. */
function plain(text: string | undefined): string {
  return (text ?? "").replace(/\n {6}(?=\S)/g, " ").replace(/[\u00a0\u202f]/g, " ");
}
