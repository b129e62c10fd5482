import { expect, onTestFinished, test } from "vitest";
import { type Catalogue, openCatalogue } from "../../src/catalogue/open-catalogue.ts";
import { BullmqQueue } from "../../src/jobs/queue/bullmq-queue.ts";
import { newPublisher } from "../console/space/publishers-with-aids.ts";
import { postgresql } from "../support/catalogues.ts";
import { mistakesIn } from "../support/doctor.ts";
import { ownDatabase } from "../support/test-databases.ts";

const mail = { MOISSON_SMTP_URL: "smtp://127.0.0.1:1", MOISSON_DIGEST_FROM: "moisson@example.org", MOISSON_DIGEST_TO: "ops@example.org" };

test.skipIf(postgresql.skipped)(
  "moisson doctor finds invited people whom no link reaches, a console without accounts, and another queue than the workers'",
  async () => {
    const databaseUrl = await ownDatabase();
    const before = await mistakesIn({ DATABASE_URL: databaseUrl });
    expect(before.filter((line) => /^(publishers|queue)/.test(line))).toEqual([]);
    expect(before).toContain("accounts: nobody can sign in to the console -> moisson console account <e-mail> --role admin");
    const catalogue = await openCatalogue({ databaseUrl, home: "" });
    onTestFinished(() => catalogue.close());
    await invite(catalogue);
    const queue = new BullmqQueue({ kind: "postgresql", url: databaseUrl, name: "moisson-2" });
    onTestFinished(() => queue.close());
    const working = queue.work({
      atOnce: 1,
      lockSeconds: 30,
      work: async () => "done",
      onGivenUp: () => undefined,
      onTrouble: () => undefined,
    });
    onTestFinished(() => working.stop());
    const queueMistake =
      "queue: no worker takes runs from the queue moisson; workers take them from moisson-2 -> set MOISSON_QUEUE=moisson-2 here, as for the workers";
    await expect.poll(() => mistakesIn({ DATABASE_URL: databaseUrl }), { timeout: 20_000 }).toContain(queueMistake);
    const said = "publishers: 1 invited person of a publisher receives no sign-in link";
    const withoutAll = (await mistakesIn({ DATABASE_URL: databaseUrl })).filter((line) => line.startsWith("publishers"));
    expect(withoutAll).toEqual([
      `${said}: mail is not set -> set MOISSON_SMTP_URL, MOISSON_DIGEST_FROM and MOISSON_DIGEST_TO for the workers`,
      `${said}: the address is not set -> set MOISSON_PUBLIC_URL (or MOISSON_CONSOLE_URL) for the workers and the console`,
    ]);
    const withMail = await mistakesIn({ DATABASE_URL: databaseUrl, MOISSON_QUEUE: "moisson-2", ...mail });
    expect(withMail.filter((line) => /^(publishers|queue)/.test(line))).toEqual([withoutAll[1]]);
    expect(withMail).toContain(
      "address: mails have no links without MOISSON_CONSOLE_URL -> set MOISSON_CONSOLE_URL to the console's address",
    );
    const withAll = await mistakesIn({ DATABASE_URL: databaseUrl, MOISSON_CONSOLE_URL: "http://localhost:3000", ...mail });
    expect(withAll.filter((line) => line.startsWith("publishers"))).toEqual([]);
  },
);

async function invite(catalogue: Catalogue): Promise<void> {
  const publisherId = await newPublisher(catalogue);
  await catalogue.publisherAccounts.invite({ publisherId, email: "lea@region.fr", name: "Léa", by: "Marie", now: new Date() });
}
