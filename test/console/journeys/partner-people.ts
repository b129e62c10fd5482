import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { expect } from "vitest";
import type { StartedConsole } from "../../../src/console/start-console.ts";
import { type MailServer, mailServer } from "../../jobs/digest/mail-server.ts";
import { type PublisherSite, publisherSite } from "../../jobs/publisher-site.ts";
import type { browserForTests } from "../../support/browser.ts";
import { seriousOn } from "../../support/browser.ts";
import type { TestCatalogue } from "../../support/catalogues.ts";
import { KeyboardUser } from "../../support/keyboard-user.ts";
import { signIn, startedConsole } from "../../support/signed-in-browser.ts";
import { faultyFeed } from "./partner-feed.ts";

/** Folder for screenshots (`docs/pictures`); none are taken if it is not set. */
const pictures = process.env.MOISSON_PICTURES;

/** The people of the journey, each with a keyboard and a browser, and their environment. */
export interface PartnerPeople {
  readonly console: StartedConsole;
  /** The publisher's site, with its feed at `/aides.csv`. */
  readonly site: PublisherSite;
  readonly mail: MailServer;
  /** Bizdev. */
  readonly marie: KeyboardUser;
  /** Ops. */
  readonly olga: KeyboardUser;
  /** The publisher's contact, without an account. */
  readonly camille: KeyboardUser;
  /** Errors of the browsers. */
  readonly errors: () => readonly string[];
  /** Waits for a page by title and expects no serious finding of axe. */
  at(who: KeyboardUser, title: string | RegExp): Promise<void>;
  /** Takes a screenshot, `partner-<name>.png`. */
  picture(who: KeyboardUser, name: string): Promise<void>;
  /** Runs a part of the journey and notes its duration in `seconds`. */
  part(name: string, work: () => Promise<void>): Promise<void>;
  readonly seconds: Readonly<Record<string, number>>;
}

/** Creates a console on a catalogue without any contact, and the three people. The clock starts on a Wednesday in November. */
export async function partnerPeople(catalogue: TestCatalogue, browser: ReturnType<typeof browserForTests>): Promise<PartnerPeople> {
  const [site, mail] = [await publisherSite(), await mailServer()];
  site.answer("/aides.csv", { text: faultyFeed, headers: { "content-type": "text/csv" } });
  const environment = {
    MOISSON_SMTP_URL: mail.url(),
    MOISSON_DIGEST_FROM: "Service Exemple <service@exemple.fr>",
    MOISSON_DIGEST_TO: "equipe@exemple.fr",
  };
  const begun = performance.now();
  const from = Date.parse("2026-11-25T09:00:00Z");
  const clock = { now: () => new Date(from + performance.now() - begun), fixed: null, elapsed: () => performance.now() };
  const console = await startedConsole(catalogue, { services: { environment, allowHosts: [site.host], clock } });
  const contexts = [await browser.context(), await browser.context(), await browser.context()] as const;
  const [ours, theirs, outside] = contexts;
  const marie = await signIn(ours.context, console, "bizdev", "Marie");
  await catalogue.store.rows(sql`update people set email = 'marie@exemple.fr' where id = ${marie}`);
  await signIn(theirs.context, console, "ops", "Olga");
  const before = async ({ context }: (typeof contexts)[number]) => new KeyboardUser(await context.newPage());
  const seconds: Record<string, number> = {};
  return {
    console,
    site,
    mail,
    marie: await before(ours),
    olga: await before(theirs),
    camille: await before(outside),
    errors: () => contexts.flatMap(({ errors }) => errors),
    seconds,
    async at({ page }, title) {
      await page.getByRole("heading", { level: 1, name: title }).waitFor({ timeout: 60_000 });
      expect(await seriousOn(page), String(title)).toEqual([]);
    },
    async picture({ page }, name) {
      if (pictures === undefined) return;
      await mkdir(pictures, { recursive: true });
      await page.screenshot({ path: join(pictures, `partner-${name}.png`), fullPage: true });
    },
    async part(name, work) {
      const start = performance.now();
      await work();
      seconds[name] = Math.round((performance.now() - start) / 100) / 10;
      if (pictures !== undefined) process.stderr.write(`${name}: ${seconds[name]} s\n`);
    },
  };
}
