import type { CuratedAid } from "../../catalogue/aids/aid-repository.ts";
import type { AidRevision } from "../../catalogue/aids/history-repository.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { furtherSources } from "../../curation/decide-source.ts";
import { type ExplainedField, explainFields } from "../../curation/explain-fields.ts";
import type { Aid, AidField } from "../../model/aid/aid.ts";
import { defaultPolicy } from "../../model/aid/field-policy.ts";
import { missingAt, missingForDescription } from "../../model/aid/publishable.ts";
import { ownContent, shownContent } from "../../model/aid/shown-value.ts";
import { contradictionsOf } from "../../model/compare/contradictions.ts";
import type { AidLink } from "../../model/publisher/link-verdict.ts";
import { lacksOf } from "../../publish/exports/outlet-lacks.ts";
import type { CommandContext } from "../context.ts";
import { NotDone } from "../exit.ts";
import { renderAid } from "../render/render-aid.ts";
import { aidNamed } from "./aid-filter.ts";

/** Prints the fields, the publication state and the history of an aid. */
export async function showAid(
  { terminal, connectors, withCatalogue }: CommandContext,
  named: string,
  flags: { json?: true },
): Promise<void> {
  await withCatalogue(async (catalogue) => {
    const loaded = (await connectors()).connectors;
    const found = await aidNamed(catalogue, named);
    const definition = loaded.find((candidate) => candidate.definition.id === found.connector)?.definition;
    const history = await catalogue.history.list(found.aidId);
    const further = await furtherSources(catalogue, found);
    const fields = explainFields(found, history, (field) => definition?.policy[field] ?? defaultPolicy(field), further);
    const missing = missingForDescription(shownContent(found));
    const links = await catalogue.links.ofAid(found.aidId);
    const lacks = lacksOf(await shownAid(catalogue, found), (await catalogue.reuseBases.inForce()).get(found.connector)?.basis ?? null);
    if (flags.json)
      return terminal.out(
        JSON.stringify(
          { ...aidJson(found, fields, missing, history), lacks, sources: sourcesOf(found, further), links: links.map(linkJson) },
          null,
          2,
        ),
      );
    const mergedInto = found.mergedInto && (await nameOf(catalogue, found.mergedInto));
    terminal.out(renderAid({ aid: found, fields, missing, lacks, history, links, mergedInto }, terminal.colors, terminal.columns));
  });
}

async function shownAid(catalogue: Catalogue, { aidId }: CuratedAid): Promise<Aid> {
  const { value: page } = await catalogue.aids.list({ aidId }).next();
  const aid = page?.[0];
  if (aid === undefined) throw new NotDone(`the aid ${aidId} was removed meanwhile`);
  return aid;
}

/** Returns `connector/externalId`, or the id if the aid no longer exists. */
async function nameOf(catalogue: Catalogue, aidId: string): Promise<string> {
  const { value: page } = await catalogue.aids.curated({ aidId }).next();
  const aid = page?.[0];
  return aid === undefined ? aidId : `${aid.connector}/${aid.externalId}`;
}

/** Returns the values of each source of an aid: its own, then those of the aids merged into it, with the fields in which they differ. */
function sourcesOf(aid: CuratedAid, further: readonly CuratedAid[]): unknown[] {
  const own = ownContent(aid);
  return [aid, ...further].map((source) => ({
    aidId: source.aidId,
    connector: source.connector,
    externalId: source.externalId,
    withdrawnAt: source.withdrawnAt,
    values: ownContent(source),
    ...(source !== aid && { contradicts: contradictionsOf(own, source.imported).map(({ field }) => field) }),
  }));
}

function linkJson({ field, url, state, since, status, reason }: AidLink): unknown {
  return { field, url, state, since, status, reason };
}

function aidJson(
  aid: CuratedAid,
  fields: readonly ExplainedField[],
  missing: readonly AidField[],
  history: readonly AidRevision[],
): object {
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
    missingForPublication: missingAt("publishable", missing),
    missingForDescription: missing,
    fields: Object.fromEntries(fields.map(({ field, ...account }) => [field, account])),
    history: history.map(({ before: _, fields: changed, ...rest }) => ({ ...rest, fields: Object.keys(changed) })),
  };
}
