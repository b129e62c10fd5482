import type { Draft } from "../../../catalogue/connectors/draft-repository.ts";
import { french } from "../../../french/typography.ts";
import type { ConnectorVersion } from "../../../model/run/connector-version.ts";
import { canonicalJson } from "../../../model/text/canonical.ts";
import { Alert } from "../../parts/alert.tsx";
import type { Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import type { DraftLook } from "./ask-of-draft.ts";
import { answersOf } from "./draft-steps.ts";
import { stepPage } from "./step-frame.tsx";

/**
 * The version that counts of the connector, where the draft cannot replace it: what somebody has changed since is not overwritten, and once a run was applied
 * no other is held, so that nobody would have seen what another definition does.
 */
export async function foreignVersion({ catalogue }: Visit, draft: Draft, id: string): Promise<ConnectorVersion | null> {
  const [newest] = await catalogue.connectorVersions.list(id);
  const own = draft.connector === id ? (answersOf(draft).version ?? 1) : null;
  const isOwn = newest?.version === own && (await catalogue.runs.lastReports(id, 1)).length === 0;
  return newest === undefined || isOwn ? null : newest;
}

/** True where a version is what the draft says: two clicks have made it, of which the first was quicker. */
export function isSameDefinition({ definition }: ConnectorVersion, { proposal }: DraftLook): boolean {
  return canonicalJson(definition) === canonicalJson(proposal.definition);
}

/** The last step, where the connector has become another one than the draft made. */
export function changedSincePage(draft: Draft, { connector, by, why }: ConnectorVersion, status: 200 | 409): Page {
  return stepPage(
    draft,
    "essai",
    <Alert kind="warning" title="Ce brouillon ne peut plus remplacer le connecteur">
      <p>{french`Dernière version par ${by} : ${why}`}</p>
      <p>
        Il a changé depuis, ou ses aides sont entrées au catalogue. Ce qui est à changer se change dans{" "}
        <a href={`/connecteurs/${connector}/definition`}>la définition du connecteur</a>, et s’essaie avant de compter.
      </p>
    </Alert>,
    status,
  );
}
