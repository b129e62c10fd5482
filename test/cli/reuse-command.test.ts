import { describe, expect, it } from "vitest";
import { ownCatalogue } from "../support/catalogues.ts";
import { runCommandAt } from "../support/command-line.ts";
import { importLiveAids } from "../support/live-aids.ts";

const now = "2026-11-25T04:00:00Z";
const connector = "region-grand-est";

describe("reuse and funnel", () => {
  it("confirm asks first, confirms with --yes, and revoke reverts it; funnel counts what is open", async () => {
    const catalogue = await ownCatalogue();
    await importLiveAids(catalogue, connector, [{ externalId: "1", importShareLicence: "unknown" }]);
    const run = (...args: string[]) => runCommandAt(now, catalogue, ".", args);
    const open = async () => {
      const { all } = JSON.parse((await run("funnel", "--connector", connector, "--json")).stdout);
      return [all.counts.published, all.counts.open];
    };

    const asked = await run("reuse", "confirm", connector);
    expect(asked.stdout).toContain("lets 1 live aids out");
    expect(asked.stdout).toContain("CRPA L321-3");
    expect(`${asked.error}`).toContain("nothing is confirmed");
    expect(await open()).toEqual([1, 0]);

    expect((await run("reuse", "confirm", connector, "--yes", "--by", "Marie Diallo")).stdout).toContain("confirmed by Marie Diallo");
    expect(await open()).toEqual([1, 1]);
    expect((await run("reuse")).stdout).toContain("by Marie Diallo on 2026-11-25");
    expect(`${(await run("reuse", "confirm", connector, "--yes")).error}`).toContain("confirmed already");
    expect(`${(await run("reuse", "confirm", "welcomeurope", "--yes")).error}`).toContain("proposes no legal basis");
    expect(`${(await run("reuse", "confirm", "inconnu", "--yes")).error}`).toContain('unknown connector "inconnu"');

    const shown = await run("reuse", "revoke", connector);
    expect(shown.stdout).toMatch(/^region-grand-est: .+, confirmed on 2026-11-25/);
    expect(`${shown.error}`).toContain("nothing is revoked");
    expect(await open()).toEqual([1, 1]);
    expect(`${(await run("reuse", "revoke", connector, "inconnu", "--yes")).error}`).toContain("inconnu has no confirmed basis");
    expect(await open()).toEqual([1, 1]);
    expect((await run("reuse", "revoke", connector, "--yes")).stdout).toContain("revoked");
    expect(await open()).toEqual([1, 0]);
    expect(`${(await run("reuse", "revoke", connector, "--yes")).error}`).toContain("has no confirmed basis");
    const acts = (await catalogue.audit.list({}, { limit: 9, offset: 0 })).map(({ act, by }) => [act, by]);
    expect(acts).toContainEqual(["reuse.confirm", "Marie Diallo"]);
    expect((await run("funnel")).stdout).toContain(`moisson reuse confirm ${connector}`);
  });
});
