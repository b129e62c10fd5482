import type { Child } from "hono/jsx";
import { type ConnectorState, connectorStateLabels } from "../../../french/connectors.ts";
import { Badge, type Tone } from "../../parts/badge.tsx";
import type { ConnectorRow } from "./connector-rows.ts";

const tones: Readonly<Record<ConnectorState, Tone>> = {
  active: "success",
  draft: "new",
  paused: "neutral",
  retired: "neutral",
  halted: "warning",
  refused: "error",
  gone: "error",
};

/** Badges for the state of a connector and for its queued or current run. Tells if its address is missing, unless it is fed by hand. */
export function StateBadge({ row: { state, standing, missing, definition } }: { readonly row: ConnectorRow }): Child {
  return (
    <>
      <Badge tone={tones[state]} label={connectorStateLabels[state]} />
      {standing?.open != null && (
        <>
          {" "}
          <Badge tone="info" label={standing.open === "running" ? "collecte en cours" : "collecte en attente"} />
        </>
      )}
      {missing !== null && state === "active" && definition?.rhythm === undefined && <span class="moisson-mention"> sans adresse</span>}
    </>
  );
}
