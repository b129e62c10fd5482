import { randomUUID } from "node:crypto";
import { createServer } from "node:net";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JobServices } from "../../../src/jobs/job-services.ts";
import { readFigures } from "../../../src/jobs/monitoring/catalogue-figures.ts";
import { sendNotifications } from "../../../src/jobs/notifications/send-notifications.ts";
import type { Role } from "../../../src/model/publisher/role.ts";
import type { NotificationKind, NotificationPace } from "../../../src/model/run/notification.ts";
import { readConnectors } from "../../../src/registry/load-connectors.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { type Harvest, newHarvest } from "../../support/harvest.ts";
import { testServices } from "../../support/test-services.ts";
import { type MailServer, mailServer } from "../digest/mail-server.ts";

/** Instants of Wednesday, 25 November 2026, by their hour in Paris. */
const paris = (hour: number, minute = 0) => new Date(Date.UTC(2026, 10, 25, hour - 1, minute));
const night = paris(3);
const minuteMs = 60_000;

const addresses = {
  MOISSON_DIGEST_FROM: "Moisson <moisson@example.org>",
  MOISSON_DIGEST_TO: "ops@example.org",
  MOISSON_CONSOLE_URL: "https://moisson.example/",
};

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`notifications by mail, ${database.title}`, { timeout: 180_000 }, () => {
    let catalogue: TestCatalogue;
    let harvests: Harvest[];
    const logged: unknown[] = [];
    beforeEach(async () => {
      logged.length = 0;
      harvests = [];
      catalogue = await newCatalogue(database);
    });
    afterEach(() => catalogue.drop());

    const registry = () => readConnectors(harvests.map(({ folder }) => folder));
    /** Performs the task at an instant, with this mail server or address. */
    const look = async (server: MailServer | string, now: Date, signal = new AbortController().signal) => {
      const environment = { ...addresses, MOISSON_SMTP_URL: typeof server === "string" ? server : server.url() };
      const log = (...said: unknown[]) => void logged.push(said);
      const logger = { info: log, warn: log, error: log } as unknown as JobServices["services"]["logger"];
      await sendNotifications(
        { catalogue, clock: { now: () => now, fixed: null, elapsed: () => 0 }, logger, environment, registry },
        signal,
      );
    };
    const person = async (role: Role, email: string, paces: Partial<Record<NotificationKind, NotificationPace>> = {}, at = paris(1)) => {
      const personId = randomUUID();
      await catalogue.people.add({ personId, email, name: `Personne ${role}`, role, by: "test", now: at });
      await catalogue.notifications.choose(personId, new Map(Object.entries(paces) as [NotificationKind, NotificationPace][]), at);
      return personId;
    };
    /** Runs a new connector, whose plan is held: its feed is empty, or it is a draft. */
    const hold = async (name: string, at: Date, state: "active" | "draft" = "active") => {
      const harvest = await newHarvest(catalogue, { publisher: publisherNamed(name), state });
      harvests.push(harvest);
      const records = [{ id: "haies", titre: "Planter des haies", lien: "https://example.org/haies" }];
      await harvest.day(state === "draft" ? records : [], {}, { clock: clockAt(at) });
      return harvest;
    };
    const holdAgain = (harvest: Harvest, at: Date) => harvest.day([], {}, { clock: clockAt(at) });
    const planOf = async ({ connector }: Harvest) => {
      const [plan] = await catalogue.plans.list({ connector, isOpen: true, limit: 1 });
      if (plan === undefined) throw new Error("no plan is open");
      return plan.planId;
    };
    const figures = async (now: Date) => {
      const services = testServices(catalogue, { clock: clockAt(now) });
      return readFigures({ services, registry, connectors: async () => (await registry()).connectors } as unknown as JobServices);
    };

    it("tells those who can apply plans, once, in French, with a link; a night with 40 held plans is one mail", async () => {
      const mail = await mailServer();
      await person("ops", "ops@example.org");
      await person("bizdev", "bizdev@example.org");
      for (let index = 1; index <= 40; index++) await hold(`Région ${index}`, new Date(night.getTime() + index * minuteMs));
      for (let hour = 3; hour < 6; hour++) await look(mail, paris(hour, 50));
      expect(mail.mails).toHaveLength(0);
      await look(mail, paris(6));
      await look(mail, paris(6, 5));
      await look(mail, paris(12));
      expect(mail.mails.map(({ to }) => [to].flat().map((one) => one?.text))).toEqual([["ops@example.org"]]);
      const [sent] = mail.mails;
      expect(plain(sent?.subject)).toBe("Moisson : 40 plans retenus");
      const text = plain(sent?.text);
      expect(text).toContain("Bonjour Personne ops,");
      expect(text).toContain("… et 20 autres : https://moisson.example/plans?etat=held");
      expect(text).toContain("Choisir ces courriers, ou les arrêter : https://moisson.example/mon-compte/notifications");
      expect(sent?.headers.get("list")).toMatchObject({ unsubscribe: { url: "https://moisson.example/mon-compte/notifications" } });
      expect(sent?.headers.get("auto-submitted")).toBe("auto-generated");
    });

    it("names the only decision in the subject, and links to its plan", async () => {
      const mail = await mailServer();
      await person("admin", "ada@example.org");
      const harvest = await hold("Région Sud", paris(10));
      await look(mail, paris(10, 1));
      expect(mail.mails).toHaveLength(0);
      await look(mail, paris(10, 5));
      expect(plain(mail.mails[0]?.subject)).toBe("Moisson : 1 plan retenu, Région Sud");
      expect(plain(mail.mails[0]?.text)).toContain(`Lire et décider : https://moisson.example/plans/${await planOf(harvest)}`);
    });

    it("tells nobody without the right to see it: no role, a lower or ended one, a closed account", async () => {
      const mail = await mailServer();
      const chosen = { held: "at-once", draft: "at-once", answered: "at-once" } as const;
      await person("read", "lit@example.org", chosen);
      const ended = await person("ops", "partie@example.org", chosen);
      const closed = await person("ops", "close@example.org", chosen);
      const revoked = await person("ops", "sans@example.org", chosen);
      await person("admin", "ada@example.org");
      await catalogue.people.giveRole(ended, "ops", "2026-11-24");
      await catalogue.people.close(closed, paris(1));
      await catalogue.people.giveRole(revoked, null, null);
      await answer(await hold("Région Nord", night), paris(2));
      await hold("Commune de Lent", night, "draft");
      await look(mail, paris(8));
      expect(mail.mails.map((one) => [plain(one.subject), addressees(one)])).toEqual(
        expect.arrayContaining([
          ["Moisson : 1 plan retenu, Région Nord", ["lit@example.org"]],
          ["Moisson : 1 plan retenu, Région Nord", ["ada@example.org"]],
        ]),
      );
      expect(mail.mails).toHaveLength(2);
    });

    it("tells of every kind that a person chose, without the publisher's own words", async () => {
      const mail = await mailServer();
      await person("ops", "ops@example.org", { held: "never", draft: "at-once", answered: "at-once", promised: "at-once" });
      await hold("Commune de Lent", paris(9), "draft");
      const requested = await hold("Région Nord", paris(9));
      await catalogue.plans.requestApply(await planOf(requested), {
        by: "Marie Lettrée",
        at: paris(9).toISOString(),
        note: "vu avec elle",
      });
      await answer(requested, paris(9));
      await promise(await wrongDates("Région Ouest", paris(9)), paris(9), "2026-11-25");
      await look(mail, paris(9, 30));
      expect(mail.mails).toHaveLength(1);
      expect(plain(mail.mails[0]?.subject)).toBe(
        "Moisson : 2 plans attendent l’exploitation, 1 réponse de producteur, 1 correction promise est due",
      );
      const text = plain(mail.mails[0]?.text);
      expect(text).toContain("Commune de Lent");
      expect(text).toContain("Un collègue demande d’appliquer son plan.");
      expect(text).toContain("Le producteur a répondu à 1 point de la lettre.");
      expect(text).toContain("Correction promise pour le 25 novembre 2026");
      expect(text).not.toMatch(/Jeanne|Lettrée|vu avec elle/);
    });

    it("does not tell of answers from before the choice", async () => {
      const mail = await mailServer();
      const harvest = await hold("Région Nord", paris(7));
      await answer(harvest, paris(7));
      await person("bizdev", "bizdev@example.org", { answered: "at-once" }, paris(8));
      await look(mail, paris(9));
      expect(mail.mails).toHaveLength(0);
      await answer(harvest, paris(10));
      await look(mail, paris(11));
      expect(mail.mails).toHaveLength(1);
    });

    it("sends daily mail with the digest, only if there is something new", async () => {
      const mail = await mailServer();
      await person("bizdev", "bizdev@example.org", { held: "daily" });
      await hold("Région Nord", night);
      await look(mail, paris(6, 25));
      expect(mail.mails).toHaveLength(0);
      await look(mail, paris(6, 30));
      expect(mail.mails).toHaveLength(1);
      await hold("Région Sud", paris(11));
      await look(mail, paris(15));
      expect(mail.mails).toHaveLength(1);
      await look(mail, paris(24 + 6, 30));
      await look(mail, paris(48 + 6, 30));
      expect(mail.mails.map(({ subject }) => plain(subject))).toEqual([
        "Moisson : 1 plan retenu, Région Nord",
        "Moisson : 1 plan retenu, Région Sud",
      ]);
    });

    it("tells again of the same cause after the decision, but not when the next night holds the plan again", async () => {
      const mail = await mailServer();
      await person("ops", "ops@example.org");
      const harvest = await hold("Région Nord", night);
      await look(mail, paris(6));
      await holdAgain(harvest, paris(24 + 3));
      await look(mail, paris(24 + 6));
      expect(mail.mails).toHaveLength(1);
      await catalogue.plans.close(await planOf(harvest), "discarded", { now: paris(24 + 9), by: "Ada" });
      for (const minute of [0, 30, 65]) await look(mail, paris(24 + 9, minute));
      await holdAgain(harvest, paris(48 + 3));
      await look(mail, paris(48 + 6));
      expect(mail.mails).toHaveLength(2);
    });

    it("waits with a postponed decision until its day", async () => {
      const mail = await mailServer();
      await person("ops", "ops@example.org");
      const { connector } = await hold("Région Nord", night);
      await catalogue.setAsides.add({
        ...{ id: randomUUID(), connector, what: "card", issueCode: null, field: `held ${connector} nothing-received`, upTo: null },
        ...{ until: "2026-11-26", reason: "le producteur rappelle jeudi", by: "Ada", at: paris(5).toISOString() },
      });
      await look(mail, paris(8));
      expect(mail.mails).toHaveLength(0);
      await look(mail, paris(24 + 8));
      expect(mail.mails).toHaveLength(1);
    });

    it("retries less and less often while the server is down, says so, and leaves out what was decided meanwhile", async () => {
      await person("ops", "ops@example.org");
      const decided = await hold("Région Nord", paris(9));
      await hold("Région Sud", paris(9));
      const down = `smtp://127.0.0.1:${await closedPort()}`;
      for (let minute = 0; minute < 120; minute += 5) await look(down, paris(10, minute));
      const tries = logged.filter((said) => JSON.stringify(said).includes("no-connection"));
      expect(tries).toHaveLength(5); // at 0, 5, 15, 35 and 75 minutes
      expect(await catalogue.notifications.failed()).toMatchObject({ people: 1, codes: ["no-connection"] });
      expect((await figures(paris(12))).failedNotifications).toBe(1);
      await catalogue.plans.close(await planOf(decided), "discarded", { now: paris(12), by: "Ada" });
      const mail = await mailServer();
      await look(mail, paris(13));
      expect(plain(mail.mails[0]?.subject)).toBe("Moisson : 1 plan retenu, Région Sud");
      expect(await catalogue.notifications.failed()).toMatchObject({ people: 0, codes: [] });
      expect((await figures(paris(13))).failedNotifications).toBe(0);
    });

    it("does not report a failure any more once nothing waits", async () => {
      await person("ops", "ops@example.org");
      const harvest = await hold("Région Nord", paris(9));
      const down = `smtp://127.0.0.1:${await closedPort()}`;
      await look(down, paris(10));
      await catalogue.plans.close(await planOf(harvest), "discarded", { now: paris(11), by: "Ada" });
      await look(down, paris(12));
      expect(await catalogue.notifications.failed()).toMatchObject({ people: 0 });
    });

    it("sends the mail again under the same id if a worker died before it noted the mail, and not every minute", async () => {
      const mail = await mailServer();
      const personId = await person("ops", "ops@example.org");
      await hold("Région Nord", paris(9));
      await look(mail, paris(10));
      // As if the worker had died right after the server's answer.
      await catalogue.store.rows(sql`delete from notified_decisions`);
      await catalogue.store.rows(sql`update notification_deliveries set tries = 1 where person = ${personId}::uuid`);
      await look(mail, paris(10, 4));
      expect(mail.mails).toHaveLength(1);
      await look(mail, paris(10, 5));
      for (let minute = 6; minute < 60; minute++) await look(mail, paris(10, minute));
      expect(mail.mails).toHaveLength(2);
      expect(mail.mails[1]?.messageId).toBe(mail.mails[0]?.messageId);
    });

    it("is sent once by several workers, even if one has read the recipients before the other has sent the mail", async () => {
      const mail = await mailServer();
      const personId = await person("ops", "ops@example.org");
      await hold("Région Nord", paris(9));
      const [read] = await catalogue.notifications.recipients("2026-11-25");
      await Promise.all([look(mail, paris(10)), look(mail, paris(10)), look(mail, paris(10, 1))]);
      expect(mail.mails).toHaveLength(1);
      if (read === undefined) throw new Error("nobody was read");
      expect(await catalogue.notifications.beginTry(personId, read.delivery, paris(10, 5))).toBe(false);
    });

    /** Runs a new connector whose feed has an impossible date. Returns the issue. */
    async function wrongDates(name: string, at: Date) {
      const harvest = await newHarvest(catalogue, { publisher: publisherNamed(name) });
      harvests.push(harvest);
      const { issues } = await harvest.day([{ id: "a", titre: "Planter des haies", fin: "31/02/2027" }], {}, { clock: clockAt(at) });
      const [issue] = issues;
      if (issue === undefined) throw new Error("the run reports no issue");
      return { harvest, issue };
    }

    async function letter({ connector }: Harvest, at: Date): Promise<string> {
      const letterId = randomUUID();
      const [run] = await catalogue.runs.list({ connector, limit: 1 });
      await catalogue.store.rows(sql`
        insert into letters (id, connector, run_id, token_hash, content, by, at)
        values (${letterId}::uuid, ${connector}, ${run?.runId ?? ""}::uuid, ${letterId}, '{}', 'Marie', ${at.toISOString()}::timestamptz)`);
      return letterId;
    }

    /** Stores a publisher's remark on a new letter about a connector. */
    async function answer(harvest: Harvest, at: Date): Promise<void> {
      const remark = "Appelez Jeanne Reçoit au 06 01 02 03 04.";
      await catalogue.letterAnswers.add(await letter(harvest, at), { code: null, field: null, answer: null, plannedFor: null, remark }, at);
    }

    /** Stores a publisher's promise to correct an issue. */
    async function promise({ harvest, issue }: Awaited<ReturnType<typeof wrongDates>>, at: Date, plannedFor: string): Promise<void> {
      const { code, field } = issue;
      const before = new Date(at.getTime() - 9 * 86_400_000);
      await catalogue.letterAnswers.add(
        await letter(harvest, before),
        { code, field, answer: "planned", plannedFor, remark: null },
        before,
      );
    }
  });
}

function clockAt(at: Date) {
  return { now: () => at, fixed: null, elapsed: () => 0 };
}

function publisherNamed(name: string) {
  return { name, kind: "region", territory: { scale: "region", code: "11" }, licence: "openlicence20" } as const;
}

function addressees({ to }: MailServer["mails"][number]): (string | undefined)[] {
  return [to].flat().map((one) => one?.text);
}

/** Replaces special spaces. */
function plain(text: string | undefined): string {
  return (text ?? "").replace(/[\u00a0\u202f]/g, " ");
}

/** Returns a port without a listener. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  await new Promise<void>((closed) => server.close(() => closed()));
  return typeof address === "object" && address !== null ? address.port : 0;
}
