import type { PlanRecord } from "../../catalogue/plans/plan-reader.ts";
import { aidFields } from "../../model/aid/aid.ts";
import type { GuardFinding } from "../../model/plan/guard.ts";
import type { Change, FieldChange } from "../../model/plan/plan.ts";
import { guardMessage } from "../english/guards.ts";

/** Returns a change for `--json`: for each field three values and the action; `match` and `state` if the change has them. */
export function changeJson({ aidId, externalId, kind, fields, match, state }: Change): unknown {
  return {
    aidId,
    externalId,
    kind,
    fields: Object.fromEntries(
      aidFields.flatMap((field) => {
        const change = fields[field];
        return change === undefined ? [] : [[field, fieldJson(change)]];
      }),
    ),
    ...(match !== undefined && { match }),
    ...(state !== undefined && { state: stateJson(state) }),
  };
}

function fieldJson({ last, current, incoming, action }: FieldChange): unknown {
  return { last: last ?? null, current: current ?? null, incoming: incoming ?? null, action };
}

function stateJson({ status, withdrawnAt, mergedInto, externalId }: NonNullable<Change["state"]>): unknown {
  // JSON leaves out undefined properties.
  return { status, withdrawnAt, mergedInto, externalId };
}

/** Returns a plan for `--json`, without its changes. Instants are ISO. */
export function planJson(head: PlanRecord): Record<string, unknown> {
  const { planId, connector, runId, origin, state, counts, appliedBy, closedBy, note, asked, applyRequest } = head;
  return {
    planId,
    connector,
    runId,
    origin,
    state,
    counts,
    guards: head.guards.map(findingJson),
    warnings: head.warnings.map(findingJson),
    createdAt: head.createdAt.toISOString(),
    appliedAt: head.appliedAt?.toISOString() ?? null,
    appliedBy,
    closedAt: head.closedAt?.toISOString() ?? null,
    closedBy,
    note,
    asked,
    applyRequest,
  };
}

function findingJson(finding: GuardFinding): unknown {
  const { code, found, limit, examples, field, params } = finding;
  return { code, message: guardMessage(finding), found, limit, examples, ...(field && { field }), ...(params && { params }) };
}
