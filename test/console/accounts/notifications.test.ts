import { describe, expect, it } from "vitest";
import { ownCatalogue } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";

const path = "/mon-compte/notifications";

/** Returns the chosen option of a list. */
function chosen(html: string, name: string): string | undefined {
  const list = new RegExp(`<select[^>]*name="${name}".*?</select>`, "s").exec(html)?.[0] ?? "";
  return /<option value="([^"]*)" selected/.exec(list)?.[1];
}

describe("the page « Mes notifications »", () => {
  it("offers each role only what it may see, off by default except held plans for those who can apply them", async () => {
    const console = testConsole(await ownCatalogue());
    const shown = async (role: "read" | "bizdev" | "ops" | "admin") => {
      const { html } = await (await console.as(role)).get(path);
      return ["held", "draft", "answered", "promised"].map((kind) => chosen(html, kind));
    };
    expect(await shown("read")).toEqual(["never", undefined, undefined, undefined]);
    expect(await shown("bizdev")).toEqual(["never", undefined, "never", "never"]);
    expect(await shown("ops")).toEqual(["at-once", "never", "never", "never"]);
    expect(await shown("admin")).toEqual(["at-once", "never", "never", "never"]);
  });

  it("keeps choices, ends them all in one act, and says that no mail server is set", async () => {
    const catalogue = await ownCatalogue();
    const console = testConsole(catalogue);
    const ops = await console.as("ops");
    const sent = { held: "daily", draft: "at-once", answered: "never", promised: "never" };
    const { html } = await ops.act(path, sent);
    expect(html).toContain("Vos choix sont enregistrés.");
    expect(html).toContain("Aucun serveur de courrier n’est réglé");
    expect([chosen(html, "held"), chosen(html, "draft")]).toEqual(["daily", "at-once"]);
    expect((await ops.act(`${path}/arreter`)).html).toContain("Vous ne recevrez plus de notification.");
    expect((await catalogue.notifications.choices(ops.personId ?? "")).map(({ pace }) => pace)).toEqual([
      "never",
      "never",
      "never",
      "never",
    ]);
  });

  it("refuses unknown paces, and ignores kinds that the role may not see", async () => {
    const catalogue = await ownCatalogue();
    const reader = await testConsole(catalogue).as("read");
    const wrong = await reader.post(path, { held: "hourly" });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain("Choisissez quand.");
    await reader.post(path, { held: "daily", draft: "at-once", answered: "at-once" });
    expect((await catalogue.notifications.choices(reader.personId ?? "")).map(({ kind }) => kind)).toEqual(["held"]);
  });
});
