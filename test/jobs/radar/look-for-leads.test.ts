import { sql } from "drizzle-orm";
import { describe, expect, it, onTestFinished } from "vitest";
import { lookForLeads, type RadarPace } from "../../../src/jobs/radar/look-for-leads.ts";
import { radarPlaces } from "../../../src/jobs/radar/radar-places.ts";
import { connectorOf } from "../../support/api-client.ts";
import { newCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { runCommandAt } from "../../support/command-line.ts";
import { testConsole } from "../../support/console-client.ts";
import { testServices } from "../../support/test-services.ts";
import { portals } from "./portals.ts";

const going = new AbortController().signal;
const quick: RadarPace = { pauseMs: 1 };
const now = "2026-11-25T05:00:00Z";

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`the radar, ${database.title}`, () => {
    async function opened() {
      const catalogue = await newCatalogue(database);
      onTestFinished(() => catalogue.drop());
      const servers = await portals();
      const services = testServices(catalogue, { allowHosts: servers.hosts });
      const look = (connectors: readonly ReturnType<typeof connectorOf>[] = [], setting = servers.setting) => {
        const places = radarPlaces(setting);
        if (places === null) throw new Error("no places");
        const registry = async () => ({ connectors, problems: [] }) as never;
        return lookForLeads({ ...services, catalogue, registry, environment: {} }, places, going, quick);
      };
      const open = async () => (await catalogue.feedLeads.list("open", ["aids", "calls", "pages"], 100)).map(({ title }) => title).sort();
      return { catalogue, servers, look, open };
    }

    it("finds every planted list of aids on four kinds of catalogues, and no decoy", async () => {
      const { catalogue, servers, look, open } = await opened();
      await catalogue.publishers.seed(
        [{ seed: "test", name: "Ville d’Exemple", siren: null, kind: "intermunicipality", territory: null, website: servers.site }],
        { by: "test", now: new Date(now) },
      );
      const result = await look();
      expect(result.problems).toEqual([]);
      expect(await open()).toEqual(servers.planted);
      // Decoys are known, so that they are not downloaded every night.
      const decoys = await catalogue.feedLeads.list(
        "open",
        ["grants-paid", "organisations", "statistics", "nomenclature", "projects", "unknown"],
        100,
      );
      expect(decoys.map(({ title }) => title).sort()).toEqual(servers.decoys);
    });

    it("does not suggest feeds that connectors read, nor refused leads, and reads each sample once", async () => {
      const { catalogue, servers, look, open } = await opened();
      const [taken = ""] = servers.files;
      await look([{ definition: { ...connectorOf("pris").definition, feed: { url: `${taken}?` } } } as never]);
      const before = await open();
      expect(before).not.toContain("Aides du Conseil régional – Liste");
      const [lead] = await catalogue.feedLeads.list("open", ["aids"], 1);
      await catalogue.feedLeads.decide(lead?.id ?? "", { state: "refused", why: "vieux", by: "Anne", now: new Date(now) });
      const downloads = servers.downloads();
      await look();
      expect(await open()).not.toContain(lead?.title);
      expect(servers.downloads() - downloads).toBeLessThanOrEqual(1);
    });

    it("goes on if a catalogue fails, and says which", async () => {
      const { servers, look, open } = await opened();
      const result = await look([], `opendatasoft=${servers.broken},${servers.setting}`);
      expect(result.problems).toEqual([expect.stringContaining("answers with status 503")]);
      expect(await open()).not.toEqual([]);
    });

    it("shows leads with reasons, begins a connector from one, and keeps a refusal", async () => {
      const { catalogue, look } = await opened();
      await look();
      const console = await testConsole(catalogue);
      const bizdev = await console.as("bizdev");
      const page = await bizdev.get("/radar");
      expect(page.html).toContain("Déclarée au schéma etalab/schema-dispositif-aide");
      const [lead] = await catalogue.feedLeads.list("open", ["aids"], 1);
      const begun = await bizdev.post("/brouillons", { nom: "Région", adresse: lead?.address ?? "" });
      expect(begun.status).toBe(303);
      const [draft] = await catalogue.drafts.list();
      expect(draft?.answers).toEqual({ leadAddress: lead?.address });
      await bizdev.post("/radar/refuser", { piste: lead?.id ?? "", raison: "copie ancienne" });
      expect((await bizdev.get("/radar")).html).toContain("copie ancienne");
      expect((await bizdev.post("/radar/refuser", { piste: lead?.id ?? "", raison: "" })).status).toBe(409);
    });

    it("is listed, refused and reopened by command, also for files that were not read", async () => {
      const { catalogue, look } = await opened();
      await look();
      const run = (...args: string[]) => runCommandAt(now, catalogue, "/", args);
      await catalogue.store.rows(sql`update feed_leads set kind = null, sampled_at = null where title like 'Statistiques%'`);
      expect((await run("radar")).stdout).not.toContain("Statistiques");
      const listed = (await run("radar", "--all")).stdout;
      const id = /^([0-9a-f]{8}) .*not read {2}Statistiques/m.exec(listed)?.[1] ?? "none";
      expect((await run("radar", "refuse", id, "--by", "Anne", "--note", "des chiffres")).stdout).toContain("refused: Statistiques");
      expect((await run("radar", "refuse", id, "--by", "Anne")).error).toMatchObject({ message: "the lead is already refused" });
      expect((await run("radar", "--refused", "--all")).stdout).toContain("refused: des chiffres");
      expect((await run("radar", "reopen", id, "--by", "Anne")).stdout).toContain("open: Statistiques");
      expect((await run("radar", "refuse", "zzzz", "--by", "Anne")).error).toMatchObject({
        message: expect.stringContaining("no lead has the id zzzz"),
      });
    });
  });
}

describe("MOISSON_RADAR", () => {
  it.each([["nowhere"], ["opendatasoft=ftp://x"], ["constructor=https://x.example"]])("refuses %s", (setting) => {
    expect(() => radarPlaces(setting)).toThrow(/./);
  });

  it("is off by default", () => {
    expect(radarPlaces(undefined)).toBeNull();
    expect(radarPlaces("no")).toBeNull();
  });
});
