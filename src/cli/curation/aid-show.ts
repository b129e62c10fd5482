import type { Command } from "commander";
import type { AidRevision, CuratedAid } from "../../catalogue/aids/aid-repository.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { aidAccount, type FieldAccount } from "../../curation/aid-account.ts";
import { defaultPolicy } from "../../model/aid/field-policy.ts";
import { missingForPublication } from "../../model/aid/publishable.ts";
import { shownContent } from "../../model/aid/shown-value.ts";
import type { AidLink } from "../../model/publisher/link-verdict.ts";
import type { CommandContext } from "../context.ts";
import { renderAid } from "../render/aid.ts";
import { aidNamed } from "./aid-named.ts";

/** `aid show`: what is known of an aid, field by field, and what became of it. */
export function addAidShowCommand(aid: Command, open: () => CommandContext): void {
  aid
    .command("show")
    .description("show an aid: per field what is shown, what the publisher says, where each comes from and who owns it; its history")
    .argument("<aid>", "aidId, or connector/externalId")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExamples:\n  moisson aid show departement-drome/162\n  moisson aid show departement-drome/162 --json")
    .action(async (named: string, flags: { json?: true }) => {
      const { terminal, connectors, withCatalogue } = open();
      await withCatalogue(async (catalogue) => {
        const loaded = (await connectors()).connectors;
        const found = await aidNamed(catalogue, named);
        const definition = loaded.find((candidate) => candidate.definition.id === found.connector)?.definition;
        const history = await catalogue.aids.history(found.aidId);
        const fields = aidAccount(found, history, (field) => definition?.policy[field] ?? defaultPolicy(field));
        const missing = missingForPublication(shownContent(found));
        const links = await catalogue.links.ofAid(found.aidId);
        if (flags.json) terminal.out(JSON.stringify({ ...aidJson(found, fields, missing, history), links: links.map(linkJson) }, null, 2));
        else {
          const mergedInto = found.mergedInto && (await nameOf(catalogue, found.mergedInto));
          terminal.out(
            renderAid({ aid: found, fields, missing, history, links, mergedInto }, terminal.colors, process.stdout.columns ?? 120),
          );
        }
      });
    });
}

/** `connector/externalId`; the id itself where that aid is no more. */
async function nameOf(catalogue: Catalogue, aidId: string): Promise<string> {
  const { value: page } = await catalogue.aids.curated({ aidId }).next();
  const aid = page?.[0];
  return aid === undefined ? aidId : `${aid.connector}/${aid.externalId}`;
}

function linkJson({ field, url, state, since, status, reason }: AidLink): unknown {
  return { field, url, state, since, status, reason };
}

function aidJson(aid: CuratedAid, fields: readonly FieldAccount[], missing: readonly string[], history: readonly AidRevision[]): object {
  const { aidId, connector, externalId, revision, status, withdrawnAt, withdrawnBy, mergedInto, watch, siteUrl } = aid;
  return {
    aidId,
    connector,
    externalId,
    revision,
    status,
    withdrawnAt,
    withdrawnBy,
    mergedInto,
    watch,
    siteUrl,
    missingForPublication: missing,
    fields: Object.fromEntries(fields.map(({ field, ...account }) => [field, account])),
    history: history.map(({ before: _, fields: changed, ...rest }) => ({ ...rest, fields: Object.keys(changed) })),
  };
}
