import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { Catalogue } from "../../../src/catalogue/open-catalogue.ts";
import { answersOf } from "../../../src/console/pages/editor/draft/draft-steps.ts";
import { applyPlanPart } from "../../../src/curation/apply-plan-part.ts";
import { workOnce } from "../../../src/jobs/worker/work-once.ts";
import { type Fact, judgeAids } from "../../ingest/sites/judge-proposal.ts";
import { madeAids } from "../../ingest/sites/made-pages.ts";
import { departmentGuide, foundation } from "../../ingest/sites/made-sites.ts";
import { drupal, spip } from "../../ingest/sites/platform-sites.ts";
import { browserForTests, hasBrowser, seriousOn, whyNoBrowser } from "../../support/browser.ts";
import { newCatalogue, testDatabase } from "../../support/catalogues.ts";
import { flattened, testNow } from "../../support/made-aids.ts";
import { signIn, startedConsole } from "../../support/signed-in-browser.ts";
import { type SiteFile, siteServer } from "../../support/site-server.ts";
import { bringIn } from "./bring-in.ts";
import { PersonAtWork } from "./person-at-work.ts";

const sites: readonly {
  readonly id: string;
  readonly files: (origin: string) => Readonly<Record<string, SiteFile>>;
  readonly path: string;
  readonly told: readonly Fact[];
}[] = [
  { id: "spip", files: () => spip, path: "/spip.php?rubrique3", told: ["audience", "amount", "contact"] },
  { id: "drupal", files: () => drupal, path: "/aides", told: ["audience", "deadline"] },
  { id: "guide", files: departmentGuide, path: "/guide/index.php", told: ["audience", "deadline", "contact", "rate"] },
  { id: "foundation", files: foundation, path: "/aides", told: ["audience", "deadline"] },
];

const publisher = { name: "Département Exemple", kind: "department", territory: { scale: "department", code: "26" } } as const;

describe.skipIf(!hasBrowser)(`a site brought in from its address${whyNoBrowser}`, { timeout: 300_000 }, () => {
  const browser = browserForTests();

  it.each(sites)(
    "$id: at most 15 acts to a held first run, and at least 80 % of the proposals are right",
    async ({ id, files, path, told }) => {
      const catalogue = await newCatalogue(testDatabase);
      const server = await siteServer(files);
      const console = await startedConsole(catalogue, { services: { allowHosts: [server.host] } });
      const { context, errors } = await browser.context({ viewport: { width: 1366, height: 768 }, baseURL: console.url });
      await signIn(context, console, "bizdev", "Marie");
      const page = await context.newPage();
      await page.goto("/brouillons");
      const person = new PersonAtWork(page);
      const serious: string[] = [];
      const seen = async (step: string) => {
        if (step === "lecture" || step === "champs") serious.push(...(await seriousOn(page)));
        await picture(page, `${id}-${step}`);
      };
      const given = { from: { address: `${server.origin}${path}` }, publisher, fields: [], words: [], unsaid: null };
      const came = await bringIn(person, given, seen);
      const proposed = await proposedFields(catalogue);
      await workOnce(console.jobs, {});
      await page.reload();
      await page.locator('main a[href^="/plans/"]').first().waitFor();
      await picture(page, `${id}-collecte`);

      const [run] = await catalogue.runs.list({ connector: came.connector, limit: 1 });
      expect(run?.outcome).toBe("held");
      const planId = (await page.locator('main a[href^="/plans/"]').first().getAttribute("href"))?.split("/").at(-1) ?? "";
      await applyPlanPart(catalogue, planId, { by: "Paul", now: testNow }, {});
      const planned = await flattened(catalogue.aids.list({ connector: came.connector }));
      expect(planned).toHaveLength(40);
      const judged = judgeAids(planned, proposed, { aids: madeAids(40), told });
      process.stdout.write(
        `${id}: ${person.work.acts} acts, kept ${judged.kept.length} of ${judged.proposed.length}, ${JSON.stringify(judged.wrong)}\n`,
      );
      expect(judged.missing).toEqual([]);
      expect(judged.kept.length / judged.proposed.length).toBeGreaterThanOrEqual(0.8);
      expect(person.work.acts).toBeLessThanOrEqual(15);
      expect(serious).toEqual([]);
      expect(errors).toEqual([]);
      await context.close();
      await catalogue.drop();
    },
  );
});

async function proposedFields(catalogue: Catalogue): Promise<string[]> {
  const [draft] = await catalogue.drafts.list();
  const { proposed } = draft === undefined ? {} : answersOf(draft);
  return Object.keys((proposed?.fields ?? {}) as object);
}

/** Takes pictures on a screen and on a phone, if `MOISSON_PICTURES` names a folder. */
async function picture(page: Page, name: string): Promise<void> {
  const { MOISSON_PICTURES: folder } = process.env;
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: join(folder, `${name}-390.png`), fullPage: true });
  await page.setViewportSize({ width: 1366, height: 768 });
}
